import { Tape, where } from '@backflow/engine';
import type { Block, OperationName, Value } from '@backflow/engine';

/** A constant, or an earlier result: leaves come first, then the lines. */
export type Entry = number | { readonly of: number };

export interface Call {
  /** Of the table, or defined. */
  readonly name: string;
  readonly entries: readonly Entry[];
}

interface Choice {
  readonly condition: Entry;
  readonly yes: Call;
  readonly no: Call | Choice;
}

/** One line of a program; each has one result. */
export type Line =
  | ({ readonly kind: 'call' } & Call)
  /** Leaves `from` up to `from + length` in one operation, with as many leaves from `right` on, or with numbers. */
  | {
      readonly kind: 'block';
      readonly name: 'sum' | 'dot' | 'affine';
      readonly from: number;
      readonly length: number;
      readonly right: number | readonly number[];
      readonly bias: Entry;
    }
  /** Neurons side by side on the same inputs, each with `inputs` leaves as weights, and what their outputs amount to. */
  | {
      readonly kind: 'layer';
      readonly from: number;
      readonly inputs: number;
      readonly neurons: number;
      /** Leaves from this one on, or numbers. */
      readonly right: number | readonly number[];
      readonly activation: string;
      readonly end: 'sum' | 'max' | 'hypot';
    }
  /** A few operations, one after the other, again and again: x = x · c, x = x + d, x = tanh x. */
  | {
      readonly kind: 'chain';
      readonly entry: Entry;
      readonly links: readonly (readonly [string, ...Entry[]])[];
      readonly times: number;
    }
  /** `where` with functions as branches. */
  | ({ readonly kind: 'choose' } & Choice)
  /** A branch of the program itself, by a result that is read as a condition. */
  | {
      readonly kind: 'decide';
      readonly on: number;
      readonly yes: OperationName;
      readonly no: OperationName;
      readonly entry: Entry;
    };

/** A program as data, which can be recorded at any point, written down, and made smaller. */
export interface Program {
  readonly leaves: readonly number[];
  readonly lines: readonly Line[];
}

/** A program while it is recorded. */
export class Run {
  readonly tape = new Tape();
  readonly block: Block;
  readonly results: Value[];
  private readonly lines: readonly Line[];

  /** Begins with the program's leaves, or with others. */
  constructor(program: Program | readonly number[], leaves?: ArrayLike<number>) {
    const own = 'lines' in program ? program.leaves : program;
    this.lines = 'lines' in program ? program.lines : [];
    this.block = this.tape.parameters(leaves ?? own, { label: (i) => `x${i}` });
    this.results = this.block.values();
  }

  get output(): Value {
    return this.results[this.results.length - 1];
  }

  /** The leaves as Values. */
  get leaves(): Value[] {
    return this.block.values();
  }

  /** Records all lines. */
  all(): this {
    for (const line of this.lines) this.results.push(this.make(line)!);
    return this;
  }

  /** Records a line; null if it decides by NaN. */
  make(line: Line): Value | null {
    const { tape, block } = this;
    switch (line.kind) {
      case 'call':
        return this.call(line);
      case 'block': {
        const left = block.slice(line.from, line.from + line.length);
        const right =
          typeof line.right === 'number'
            ? block.slice(line.right, line.right + line.length)
            : tape.constants(line.right);
        if (line.name === 'sum') return tape.sum(left);
        if (line.name === 'dot') return tape.dot(left, right);
        return tape.affine(left, right, this.operand(line.bias));
      }
      case 'layer': {
        const { from, inputs, neurons } = line;
        const x =
          typeof line.right === 'number'
            ? block.slice(line.right, line.right + inputs)
            : tape.constants(line.right);
        const sums = Array.from({ length: neurons }, (_, k) => {
          const start = from + k * inputs;
          return tape.affine(block.slice(start, start + inputs), x, k / 4 - 1);
        });
        return tape.applyAll(
          line.end,
          sums.map((sum) => tape.apply(line.activation, sum)),
        );
      }
      case 'chain': {
        let x = this.operand(line.entry);
        for (let time = 0; time < line.times; time++) {
          for (const [name, ...others] of line.links) {
            x = tape.apply(name, x, ...others.map((other) => this.operand(other)));
          }
        }
        return typeof x === 'number' ? tape.apply('add', x, 0) : x;
      }
      case 'choose':
        return this.choose(line);
      case 'decide': {
        const on = this.results[line.on];
        if (Number.isNaN(on.data)) return null;
        return tape.apply(on.holds() ? line.yes : line.no, this.operand(line.entry));
      }
    }
  }

  private operand(entry: Entry): Value | number {
    return typeof entry === 'number' ? entry : this.results[entry.of];
  }

  private call({ name, entries }: Call): Value {
    return this.tape.applyAll(
      name,
      entries.map((entry) => this.operand(entry)),
    );
  }

  private choose({ condition, yes, no }: Choice): Value {
    const given = this.operand(condition);
    // A condition must be a Value for the functions to be on its tape.
    const value = typeof given === 'number' ? this.tape.apply('add', given, 0) : given;
    return where(
      value,
      () => this.call(yes),
      () => ('name' in no ? this.call(no) : this.choose(no)),
    );
  }
}

const written = (entry: Entry, leaves: number): string =>
  typeof entry === 'number' ? String(entry) : entry.of < leaves ? `x${entry.of}` : `n${entry.of - leaves}`;

/** A program as text, one line per result, to be pinned as a test of its own when it fails. */
export function textOf({ leaves, lines }: Program): string {
  const of = (entry: Entry): string => written(entry, leaves.length);
  const call = ({ name, entries }: Call): string => `${name}(${entries.map(of).join(', ')})`;
  const choice = ({ condition, yes, no }: Choice): string =>
    `where(${of(condition)}, () => ${call(yes)}, () => ${'name' in no ? call(no) : choice(no)})`;
  const texts = lines.map((line, i) => {
    switch (line.kind) {
      case 'call':
        return `n${i} = ${call(line)}`;
      case 'block': {
        const right = typeof line.right === 'number' ? `x${line.right}…` : `[${line.right.join(', ')}]`;
        return `n${i} = ${line.name}(block x${line.from}… of ${line.length}, ${right}, ${of(line.bias)})`;
      }
      case 'layer': {
        const right = typeof line.right === 'number' ? `x${line.right}…` : `[${line.right.join(', ')}]`;
        const { from, inputs, neurons, activation, end } = line;
        return `n${i} = ${end}(${neurons} × ${activation}(affine(x${from}… of ${inputs} each, ${right})))`;
      }
      case 'chain': {
        const links = line.links.map(([name, ...others]) => `${name}(·, ${others.map(of).join(', ')})`);
        return `n${i} = ${line.times} × (${links.join(', ')}) on ${of(line.entry)}`;
      }
      case 'choose':
        return `n${i} = ${choice(line)}`;
      case 'decide': {
        const on = of({ of: line.on });
        return `n${i} = (${on} holds ? ${line.yes} : ${line.no})(${of(line.entry)})`;
      }
    }
  });
  return [...leaves.map((leaf, i) => `x${i} = ${leaf}`), ...texts, JSON.stringify({ leaves, lines })].join(
    '\n',
  );
}

/** The same program with every entry replaced. */
function mapped(line: Line, to: (entry: Entry) => Entry): Line {
  const call = ({ name, entries }: Call): Call => ({ name, entries: entries.map(to) });
  const factors = (right: number | readonly number[]): number | readonly number[] =>
    typeof right === 'number' ? right : right.map((number) => to(number) as number);
  const choice = ({ condition, yes, no }: Choice): Choice => ({
    condition: to(condition),
    yes: call(yes),
    no: 'name' in no ? call(no) : choice(no),
  });
  switch (line.kind) {
    case 'call':
      return { kind: 'call', ...call(line) };
    case 'block':
      return { ...line, right: factors(line.right), bias: to(line.bias) };
    case 'layer':
      return { ...line, right: factors(line.right) };
    case 'chain':
      return {
        ...line,
        entry: to(line.entry),
        links: line.links.map(([name, ...others]) => [name, ...others.map(to)] as const),
      };
    case 'choose':
      return { kind: 'choose', ...choice(line) };
    case 'decide': {
      const on = to({ of: line.on });
      return typeof on === 'number'
        ? { kind: 'call', name: on === 0 ? line.no : line.yes, entries: [to(line.entry)] }
        : { ...line, on: on.of, entry: to(line.entry) };
    }
  }
}

/** The program with other constants. */
export function withConstants({ leaves, lines }: Program, to: (constant: number) => number): Program {
  const changed = (entry: Entry): Entry => (typeof entry === 'number' ? to(entry) : entry);
  return { leaves, lines: lines.map((line) => mapped(line, changed)) };
}

/** The program without one line; its result is given as a number to those that use it. */
function without({ leaves, lines }: Program, removed: number, value: number): Program {
  const gone = leaves.length + removed;
  const to = (entry: Entry): Entry =>
    typeof entry === 'number' || entry.of < gone ? entry : entry.of === gone ? value : { of: entry.of - 1 };
  return { leaves, lines: lines.flatMap((line, i) => (i === removed ? [] : [mapped(line, to)])) };
}

/** The smallest program found that still fails: fewer lines, simpler numbers. */
export function shrunk(program: Program, fails: (program: Program) => boolean): Program {
  const stillFails = (candidate: Program): boolean => {
    try {
      return candidate.lines.length > 0 && fails(candidate);
    } catch {
      return false;
    }
  };
  let best = program;
  for (let smaller = true; smaller;) {
    smaller = false;
    const { results } = new Run(best).all();
    const { leaves, lines } = best;
    const candidates = [
      ...lines.map((_, i) => ({ leaves, lines: lines.slice(0, i) })),
      ...lines.map((_, i) => without(best, i, results[leaves.length + i].data)),
      ...lines.map((_, i) => without(best, i, 1)),
      ...lines.flatMap((line, i) =>
        line.kind === 'choose'
          ? [line.yes, line.no].flatMap((call) =>
              'name' in call ? [{ leaves, lines: lines.with(i, { kind: 'call', ...call } as const) }] : [],
            )
          : [],
      ),
      ...lines.flatMap((line, i) =>
        line.kind === 'chain' && line.times > 1
          ? [1, line.times - 1].map((times) => ({ leaves, lines: lines.with(i, { ...line, times }) }))
          : [],
      ),
      ...lines.flatMap((line, i) =>
        line.kind === 'layer' && line.neurons > 1
          ? [1, line.neurons - 1].map((neurons) => ({ leaves, lines: lines.with(i, { ...line, neurons }) }))
          : [],
      ),
      ...leaves.flatMap((leaf, i) =>
        [0, 1, Math.round(leaf), Math.round(10 * leaf) / 10].flatMap((simple) =>
          String(simple).length < String(leaf).length ? [{ leaves: leaves.with(i, simple), lines }] : [],
        ),
      ),
    ];
    const next = candidates.find(stillFails);
    if (next !== undefined) {
      best = next;
      smaller = true;
    }
  }
  return best;
}
