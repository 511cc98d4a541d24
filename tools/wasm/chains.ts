// The loops of chains: runs in which each result is an operand of the next.
import { CHAIN } from '../../packages/engine/src/plan/wasm/opcodes.ts';
import {
  adjoint,
  adjointAt,
  advance,
  atLeast,
  difference,
  func,
  get,
  has,
  minus,
  negative,
  number,
  product,
  repeat,
  retreat,
  set,
  store,
  sum,
  value,
  when,
  whilst,
  words,
} from './wat.ts';

const either = (a: string, b: string): string => `(i32.or ${a} ${b})`;

/** A chain's link: what it makes of x (the link before), b and c, and what it passes on. */
interface Link {
  readonly name: string;
  readonly result: string;
  /** The operands beside x whose adjoints grow, and by how much. */
  readonly terms: Readonly<Record<string, string>>;
  /** What the link before gets; the second of two is added after the first. */
  readonly next: readonly string[];
}

const [x, b, c, g, init] = ['x', 'vb', 'vc', 'g', 'vi'].map(get);
const LINKS: readonly Link[] = [
  {
    name: 'MultiplyAdd',
    result: sum(c, product(x, b)),
    terms: { c: g, b: product(x, g) },
    next: [product(b, g)],
  },
  { name: 'Add', result: sum(x, b), terms: { b: g }, next: [g] },
  { name: 'Sub', result: difference(x, b), terms: { b: negative(g) }, next: [g] },
  { name: 'SubFrom', result: difference(b, x), terms: { b: g }, next: [negative(g)] },
  { name: 'Mul', result: product(x, b), terms: { b: product(x, g) }, next: [product(b, g)] },
  {
    name: 'Pair',
    result: sum(product(x, b), product(x, c)),
    terms: { c: product(x, g), b: product(x, g) },
    next: [product(c, g), product(b, g)],
  },
  {
    name: 'Two',
    result: sum(sum(init, product(x, b)), product(x, c)),
    terms: { i: g, c: product(x, g), b: product(x, g) },
    next: [product(c, g), product(b, g)],
  },
];
const BIT: Readonly<Record<string, number>> = { b: CHAIN.b, c: CHAIN.c, i: CHAIN.init };

/**
 * x ← f(x, b, c) again and again, where each result stands behind the one before. x and its adjoint stay in locals: the
 * time of a link is that of its arithmetic, not of the way through memory.
 */
function chain({ name, result, terms, next }: Link): string {
  const operands = Object.keys(terms).sort();
  const fields = operands.flatMap((operand) => [operand, `s${operand}`]);
  const locals = `d n ${fields.join(' ')}`;
  return (
    func(
      `chain${name}Forward`,
      { parameters: 'p', i32: locals, f64: `x ${operands.map((operand) => `v${operand}`).join(' ')}` },
      words('d', 'n', ...fields) +
        set('x', `(f64.load ${minus(get('d'), number(8))})`) +
        repeat(
          'n',
          operands
            .map((operand) => set(`v${operand}`, value(operand)) + advance(operand, `s${operand}`))
            .join('') +
            set('x', result) +
            store('d', get('x')) +
            advance('d', 8),
        ),
    ) +
    // `d` and the operands are those of the last link.
    func(
      `chain${name}Backward`,
      {
        parameters: 'p D',
        i32: `${locals} flags`,
        f64: `x g ${operands.map((operand) => `v${operand} t${operand}`).join(' ')}`,
      },
      words('d', 'n', ...fields, 'flags') +
        set('g', adjoint('d')) +
        operands.map((operand) => set(`t${operand}`, adjoint(operand))).join('') +
        // All but the first link, if operands rest and nobody else uses the results.
        when(
          `(i32.eqz ${operands.map((operand) => get(`s${operand}`)).reduce(either, has('flags', CHAIN.shared))})`,
          operands.map((operand) => set(`v${operand}`, value(operand))).join('') +
            whilst(
              atLeast('n', 2),
              set('x', `(f64.load ${minus(get('d'), number(8))})`) +
                Object.entries(terms)
                  .map(([operand, term]) => set(`t${operand}`, sum(get(`t${operand}`), term)))
                  .join('') +
                set(
                  'g',
                  next.reduce((total, term) => sum(total, term)),
                ) +
                retreat('d', 8) +
                retreat('n', 1),
            ),
        ) +
        whilst(
          atLeast('n', 1),
          set('x', `(f64.load ${minus(get('d'), number(8))})`) +
            operands.map((operand) => set(`v${operand}`, value(operand))).join('') +
            Object.entries(terms)
              .map(([operand, term]) => set(`t${operand}`, sum(get(`t${operand}`), term)))
              .join('') +
            // An operand that moves: its adjoint goes back to memory, the next one's comes.
            operands
              .map((operand) =>
                when(
                  get(`s${operand}`),
                  when(
                    has('flags', BIT[operand]),
                    `(f64.store ${adjointAt(operand)} ${get(`t${operand}`)})`,
                  ) +
                    retreat(operand, `s${operand}`) +
                    when(`(i32.gt_s ${get('n')} ${number(1)})`, set(`t${operand}`, adjoint(operand))),
                ),
              )
              .join('') +
            retreat('d', 8) +
            when(
              `(i32.or ${has('flags', CHAIN.shared)} (i32.eq ${get('n')} ${number(1)}))`,
              set(
                'g',
                next.reduce((total, term) => sum(total, term), adjoint('d')),
              ) + `(f64.store ${adjointAt('d')} ${get('g')})`,
              set(
                'g',
                next.reduce((total, term) => sum(total, term)),
              ),
            ) +
            retreat('n', 1),
        ) +
        operands
          .map((operand) =>
            when(
              `(i32.and (i32.eqz ${get(`s${operand}`)}) (i32.ne ${has('flags', BIT[operand])} ${number(0)}))`,
              `(f64.store ${adjointAt(operand)} ${get(`t${operand}`)})`,
            ),
          )
          .join(''),
    )
  );
}

export const chains = (): string => LINKS.map(chain).join('');
