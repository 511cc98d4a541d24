/** A statement of a program, with its derivative by each name in it as a student writes it. */
export interface Statement {
  readonly name: string;
  readonly formula: string;
  readonly slopes: ReadonlyMap<string, string>;
}

/** An exercise whose every derivative is known as a formula: leaves with their numbers, then statements. */
export interface WorkedProgram {
  readonly leaves: ReadonlyMap<string, string>;
  readonly statements: readonly Statement[];
}

type Form = (
  name: string,
  a: string,
  b: string,
  c: string,
) => readonly [formula: string, ...slopes: readonly (readonly [string, string])[]];

/** `a` and `b` are two names that are defined above, `c` is a number. */
const FORMS: readonly Form[] = [
  (_, a, b) => [`${a} + ${b}`, [a, '1'], [b, '1']],
  (_, a, b) => [`${a} - ${b}`, [a, '1'], [b, '-1']],
  (_, a, b) => [`${a}*${b}`, [a, b], [b, a]],
  (_, a, b, c) => [`${c}*${a} + ${b}`, [a, c], [b, '1']],
  (_, a, b) => [`${a}*${b} + ${a}`, [a, `${b} + 1`], [b, a]],
  (_, a, b) => [`${a}/(1 + ${b}^2)`, [a, `1/(1 + ${b}^2)`], [b, `-2*${a}*${b}/(1 + ${b}^2)^2`]],
  (_, a) => [`${a}^2`, [a, `2*${a}`]],
  (_, a) => [`${a}^3`, [a, `3*${a}^2`]],
  (n, a) => [`sigmoid(${a})`, [a, `${n}*(1 - ${n})`]],
  (n, a) => [`tanh(${a})`, [a, `1 - ${n}^2`]],
  (_, a) => [`sin(${a})`, [a, `cos(${a})`]],
  (_, a) => [`cos(${a})`, [a, `-sin(${a})`]],
  (n, a) => [`exp(-${a}^2)`, [a, `-2*${a}*${n}`]],
  (_, a) => [`ln(1 + ${a}^2)`, [a, `2*${a}/(1 + ${a}^2)`]],
  (_, a, b) => [`1/2*(${a} - ${b})^2`, [a, `${a} - ${b}`], [b, `${b} - ${a}`]],
  (_, a, b) => [`(${a} - ${b})^2`, [a, `2*(${a} - ${b})`], [b, `-2*(${a} - ${b})`]],
  (_, a, b) => [`sqrt(1 + ${a}^2) + ${b}`, [a, `${a}/sqrt(1 + ${a}^2)`], [b, '1']],
  (_, a) => [`relu(${a})`, [a, `step(${a})`]],
];

class Writing {
  readonly leaves = new Map<string, string>();
  readonly statements: Statement[] = [];
  private readonly random: () => number;
  private readonly digits: number;

  constructor(random: () => number, digits: number) {
    this.random = random;
    this.digits = digits;
  }

  number(size = 2): string {
    return String(Number((size * (2 * this.random() - 1)).toFixed(this.digits)) || 0.5);
  }

  leaf(name: string, number = this.number()): string {
    this.leaves.set(name, number);
    return name;
  }

  define(name: string, formula: string, ...slopes: readonly (readonly [string, string])[]): string {
    const byName = new Map<string, string>();
    for (const [input, slope] of slopes) {
      const before = byName.get(input);
      byName.set(
        input,
        before === undefined ? slope : `${before} + ${slope.startsWith('-') ? `(${slope})` : slope}`,
      );
    }
    this.statements.push({ name, formula, slopes: byName });
    return name;
  }

  /** w1*x1 + w2*x2 + b. */
  weighted(name: string, weights: readonly string[], inputs: readonly string[], bias: string | null): string {
    const terms = weights.map((weight, k) => `${weight}*${inputs[k]}`);
    return this.define(
      name,
      [...terms, ...(bias === null ? [] : [bias])].join(' + '),
      ...weights.flatMap((weight, k) => [[weight, inputs[k]] as const, [inputs[k], weight] as const]),
      ...(bias === null ? [] : [[bias, '1'] as const]),
    );
  }

  activated(name: string, z: string, by: string): string {
    if (by === 'tanh') return this.define(name, `tanh(${z})`, [z, `1 - ${name}^2`]);
    if (by === 'relu') return this.define(name, `relu(${z})`, [z, `step(${z})`]);
    return this.define(name, `sigmoid(${z})`, [z, `${name}*(1 - ${name})`]);
  }
}

/** Two to five leaves and two to nine statements; the last one adds up what is unused. */
function anyProgram(random: () => number, digits: number): WorkedProgram {
  const writing = new Writing(random, digits);
  const names: string[] = [];
  const unused = new Set<string>();
  const operand = (): string => {
    const from = unused.size > 0 && random() < 0.6 ? [...unused] : names;
    const name = from[Math.floor(random() * from.length)];
    unused.delete(name);
    return name;
  };
  const known = (name: string): void => {
    names.push(name);
    unused.add(name);
  };
  for (let leaf = 1, count = 2 + Math.floor(random() * 4); leaf <= count; leaf++)
    known(writing.leaf(`x${leaf}`));
  for (let at = 1, count = 2 + Math.floor(random() * 8); at <= count; at++) {
    const name = `n${at}`;
    const form = FORMS[Math.floor(random() * FORMS.length)];
    const [formula, ...slopes] = form(name, operand(), operand(), writing.number(3).replace('-', ''));
    writing.define(name, formula, ...slopes);
    known(name);
  }
  const rest = [...unused];
  if (rest.length > 1) writing.define('L', rest.join(' + '), ...rest.map((name) => [name, '1'] as const));
  return writing;
}

/** A network of some layers with squared errors, their sum, mean or half. */
function network(random: () => number, digits: number): WorkedProgram {
  const writing = new Writing(random, digits);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)];
  const sizes = pick([
    [1, 1],
    [1, 1, 1],
    [2, 2, 1],
    [2, 2, 2],
    [2, 3, 1],
    [3, 2],
    [4, 3, 2, 1],
  ]);
  const activation = pick(['sigmoid', 'sigmoid', 'tanh', 'relu']);
  const shared = random() < 0.3;
  const biased = random() < 0.7;
  let layer = Array.from({ length: sizes[0] }, (_, k) => writing.leaf(`x${k + 1}`));
  let weight = 0;
  for (const [at, size] of sizes.slice(1).entries()) {
    const outputs: string[] = [];
    const common = biased && shared ? writing.leaf(`b${at + 1}`) : null;
    for (let k = 1; k <= size; k++) {
      const weights = layer.map(() => writing.leaf(`w${++weight}`));
      const bias = biased ? (common ?? writing.leaf(`b${at + 1}${k}`)) : null;
      const suffix = `${'hgo'[at] ?? 'q'}${k}`;
      writing.weighted(`z_${suffix}`, weights, layer, bias);
      outputs.push(writing.activated(`a_${suffix}`, `z_${suffix}`, activation));
    }
    layer = outputs;
  }
  const half = random() < 0.5;
  const errors = layer.map((output, k) => {
    const target = writing.leaf(`t${k + 1}`, pick(['0', '1', '0.01', '0.99', writing.number(1)]));
    return random() < 0.5
      ? writing.define(
          `E${k + 1}`,
          `${half ? '1/2*' : ''}(${output} - ${target})^2`,
          [output, `${half ? '' : '2*'}(${output} - ${target})`],
          [target, `-${half ? '' : '2*'}(${output} - ${target})`],
        )
      : writing.define(
          `E${k + 1}`,
          `${half ? '1/2*' : ''}(${target} - ${output})^2`,
          [output, `-${half ? '' : '2*'}(${target} - ${output})`],
          [target, `${half ? '' : '2*'}(${target} - ${output})`],
        );
  });
  if (errors.length > 1) {
    const sum = errors.join(' + ');
    if (random() < 0.3)
      writing.define(
        'E',
        `(${sum})/${errors.length}`,
        ...errors.map((name) => [name, `1/${errors.length}`] as const),
      );
    else writing.define('E', sum, ...errors.map((name) => [name, '1'] as const));
  }
  return writing;
}

/** Logits, their softmax and cross-entropy. */
function softmax(random: () => number, digits: number): WorkedProgram {
  const writing = new Writing(random, digits);
  const x = writing.leaf('x');
  const names = ['1', '2', '3'].slice(0, 2 + Math.floor(random() * 2));
  const logits = names.map((k) =>
    writing.weighted(`z${k}`, [writing.leaf(`w${k}`)], [x], writing.leaf(`b${k}`)),
  );
  const powers = logits.map((z, k) => writing.define(`e${k + 1}`, `exp(${z})`, [z, `e${k + 1}`]));
  const sum = writing.define('S', powers.join(' + '), ...powers.map((e) => [e, '1'] as const));
  const shares = powers.map((e, k) =>
    writing.define(`p${k + 1}`, `${e}/${sum}`, [e, `1/${sum}`], [sum, `-${e}/${sum}^2`]),
  );
  writing.define('L', `-ln(${shares[0]})`, [shares[0], `-1/${shares[0]}`]);
  return writing;
}

/** A line through a few points: mean of squares, with or without L2. */
function batch(random: () => number, digits: number): WorkedProgram {
  const writing = new Writing(random, digits);
  const [w, b] = [writing.leaf('w'), writing.leaf('b')];
  const count = 2 + Math.floor(random() * 3);
  const losses = Array.from({ length: count }, (_, k) => {
    const i = k + 1;
    const p = writing.weighted(`p${i}`, [w], [writing.leaf(`x${i}`)], b);
    const y = writing.leaf(`y${i}`);
    return writing.define(`l${i}`, `(${p} - ${y})^2`, [p, `2*(${p} - ${y})`], [y, `-2*(${p} - ${y})`]);
  });
  const mean = random() < 0.6;
  const [sum, slope] = mean ? [`(${losses.join(' + ')})/${count}`, `1/${count}`] : [losses.join(' + '), '1'];
  const slopes = losses.map((l) => [l, slope] as const);
  if (random() < 0.5) writing.define('L', `${sum} + 0.1*${w}^2`, ...slopes, [w, `0.2*${w}`]);
  else writing.define('L', sum, ...slopes);
  return writing;
}

/** A random exercise of one of these kinds, its leaves with so many decimals at most. */
export function workedProgram(random: () => number): WorkedProgram {
  const kind = KINDS[Math.floor(random() * KINDS.length)];
  return kind(random, 1 + Math.floor(random() * 3));
}

const KINDS = [anyProgram, anyProgram, network, network, softmax, batch];
