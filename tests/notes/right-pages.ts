import { backward } from '@backflow/engine';
import { compile } from '@backflow/language';
import { printed } from './exam/paper.ts';
import { workedProgram } from './worked-programs.ts';
import type { WorkedProgram } from './worked-programs.ts';

/** How a page is written. */
interface Hand {
  /** Significant digits, or decimals. */
  readonly digits: number;
  readonly places: 'significant' | 'decimals';
  readonly cut: boolean;
  /** Works on with the numbers on the page, or with all digits. */
  readonly carries: boolean;
  /** Writes local derivatives down before they are used. */
  readonly locals: boolean;
  /** The learning rate of updates at the end; null for none. */
  readonly rate: string | null;
  /** Writes the answers on top. */
  readonly backwards: boolean;
  readonly times: string;
}

/** A random exercise, all of whose lines are right, written as a student writes them; null where it has no numbers. */
export function rightPage(random: () => number): string | null {
  const hand: Hand = {
    digits: 2 + Math.floor(random() * 5),
    places: random() < 0.6 ? 'significant' : 'decimals',
    cut: random() < 0.35,
    carries: random() < 0.6,
    locals: random() < 0.3,
    rate: random() < 0.3 ? ['0.5', '0.1', '0.01', '1'][Math.floor(random() * 4)] : null,
    backwards: random() < 0.1,
    times: random() < 0.5 ? '·' : ' * ',
  };
  return new Answer(workedProgram(random), hand, random).text();
}

class Answer {
  private readonly program: WorkedProgram;
  private readonly hand: Hand;
  private readonly random: () => number;
  /** What the page says so far: values by name, derivatives as `∂L/∂x`. */
  private readonly said: Map<string, string>;
  private readonly lines: string[] = [];

  constructor(program: WorkedProgram, hand: Hand, random: () => number) {
    this.program = program;
    this.hand = hand;
    this.random = random;
    this.said = new Map(program.leaves);
  }

  text(): string | null {
    const { leaves, statements } = this.program;
    const program = [
      ...[...leaves].map(([name, number]) => `${name} = ${number}`),
      ...statements.map(({ name, formula }) => `${name} = ${formula}`),
    ].join('\n');
    const { recording } = compile(program);
    if (recording === null) throw new Error(program);
    const gradient = backward(recording);
    const all = [...recording.value, ...gradient];
    if (all.some((x) => !Number.isFinite(x) || Math.abs(x) > 1e4)) return null;
    const nodes = new Map([...recording.names].map(([node, name]) => [name, node]));

    for (const { name, formula } of statements) this.write(name, formula, recording.value[nodes.get(name)!]);
    if (this.hand.locals)
      this.writeLocals(new Map([...nodes].map(([name, node]) => [name, `(${recording.value[node]})`])));
    const output = statements[statements.length - 1].name;
    const reached = new Set([output]);
    for (const name of [...leaves.keys(), ...statements.map((statement) => statement.name)].toReversed()) {
      const users = statements.filter(({ name: user, slopes }) => slopes.has(name) && reached.has(user));
      if (users.length === 0) continue;
      reached.add(name);
      const terms = users.map(({ name: user, slopes }) => this.term(output, user, name, slopes.get(name)!));
      this.write(`∂${output}/∂${name}`, terms.join(' + '), gradient[nodes.get(name)!]);
    }
    const { rate } = this.hand;
    if (rate !== null) this.lines.push(`η = ${rate}`);
    for (const name of rate === null ? [] : leaves.keys()) {
      if (!/^[wb]/.test(name) || !reached.has(name)) continue;
      const node = nodes.get(name)!;
      const truth = recording.value[node] - Number(rate) * gradient[node];
      this.write(`${name}+`, `${name} - ${rate}*∂${output}/∂${name}`, truth);
    }
    const lines = this.hand.backwards ? this.lines.toReversed() : this.lines;
    return `\`\`\`backflow\n${program}\n\`\`\`\n\n${lines.join('\n')}\n`;
  }

  /** What one use of a node contributes to its derivative. */
  private term(output: string, user: string, name: string, slope: string): string {
    const local = this.said.has(`∂${user}/∂${name}`) ? `∂${user}/∂${name}` : slope;
    const factor = /^[\w.]+$|∂/.test(local) ? local : `(${local})`;
    if (user === output) return factor;
    return slope === '1' ? `∂${output}/∂${user}` : `∂${output}/∂${user}*${factor}`;
  }

  /** Derivatives of statements by what they use, where that is no derivative of the output itself. */
  private writeLocals(exact: ReadonlyMap<string, string>): void {
    const { statements } = this.program;
    for (const { name, slopes } of statements.slice(0, -1)) {
      for (const [input, slope] of slopes) {
        if (/^-?[\d.]+$/.test(slope)) continue;
        const truth = valueOf(withNumbers(slope, exact));
        this.write(`∂${name}/∂${input}`, slope, truth);
      }
    }
  }

  private write(subject: string, formula: string, truth: number): void {
    const { hand, random, said } = this;
    const numbers = withNumbers(formula, said);
    const computed = valueOf(numbers);
    const sensible = Number.isFinite(computed);
    const text = print(hand.carries && sensible ? computed : truth, truth, hand, random);
    const mixed = withNumbers(formula, said, () => random() < 0.5);
    const ways: readonly (readonly string[])[] = [
      [formula],
      [text],
      [text],
      [formula, text],
      [mixed, text],
      [numbers, text],
      [formula, numbers, text],
      [formula, numbers, text],
    ];
    // Who works on with the numbers on the page shows them.
    const from = hand.carries ? 3 : 0;
    const way = sensible ? ways[from + Math.floor(random() * (ways.length - from))] : [formula, text];
    const members = numbers === text || formula === text ? [text] : way;
    this.lines.push([subject, ...members.map((member) => member.replaceAll('*', hand.times))].join(' = '));
    said.set(subject, text);
  }
}

/** A formula with the numbers of the page for its names, or for some of them. */
function withNumbers(
  formula: string,
  said: ReadonlyMap<string, string>,
  wanted: () => boolean = () => true,
): string {
  return formula.replace(/∂\w+\/∂\w+|[A-Za-z]\w*/g, (name) => {
    const number = said.get(name);
    if (number === undefined || !wanted()) return name;
    return number.startsWith('-') ? `(${number})` : number;
  });
}

/** What a formula of numbers comes to. */
function valueOf(numbers: string): number {
  const { recording } = compile(`r = ${numbers}`);
  return recording === null ? NaN : recording.value[recording.output];
}

/** A number as it is written down: whole only where the truth is. */
function print(x: number, truth: number, { digits, places, cut }: Hand, random: () => number): string {
  const shown = Number(x.toPrecision(13));
  const whole = Number.isInteger(Number(truth.toPrecision(13)));
  if (Number.isInteger(shown) && whole) return String(shown || 0);
  let text: string;
  if (places === 'significant') {
    // A number that only looks whole has a point.
    text = Number.isInteger(shown)
      ? shown.toFixed(Math.max(1, digits - String(Math.abs(shown)).length))
      : printed(shown, digits, cut ? 'cut' : 'rounded').text;
  } else {
    text = shown.toFixed(digits + (cut ? 6 : 0));
    if (cut) text = text.slice(0, -6);
  }
  // Zeros at the end are left off where nothing was cut.
  if (Number(text) === shown && random() < 0.5) text = text.replace(/(\.\d+?)0+$/, '$1');
  return /^-0\.?0*$/.test(text) ? text.slice(1) : text;
}
