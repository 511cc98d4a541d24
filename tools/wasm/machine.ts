// The WebAssembly machine: two interpreters, of the forward and of the backward program, over the loops of kernels.ts.
// Programs, values and adjoints stand in an imported memory. Nothing here depends on the recorded graph.
import {
  BACKWARD,
  BACKWARD_LENGTHS,
  FORWARD,
  FORWARD_LENGTHS,
  WHERE,
} from '../../packages/engine/src/plan/wasm/opcodes.ts';
import { kernels, rectifiedSlope } from './kernels.ts';
import {
  adjoint,
  advance,
  atLeast,
  contribute,
  difference,
  f64,
  func,
  get,
  has,
  minus,
  negative,
  number,
  plus,
  product,
  quotient,
  repeat,
  set,
  store,
  sum,
  times,
  value,
  when,
  whilst,
  word,
  words,
} from './wat.ts';

/** What one instruction does, and how many words it has. `null`: it moves `p` itself. */
interface Case {
  readonly opcode: number;
  readonly words: number | null;
  readonly body: string;
}

/** A loop that jumps to the case of the instruction at `p` until a case returns. */
function interpreter(cases: readonly Case[], lengths: readonly number[]): string {
  const sorted = [...cases].sort((one, other) => one.opcode - other.opcode);
  sorted.forEach(({ opcode, words }, i) => {
    if (opcode !== i) throw new Error(`The cases have a gap or a double at ${i}`);
    if (words !== null && words !== lengths[i]) throw new Error(`Opcode ${i} has ${words} words`);
  });
  const targets = sorted.map(({ opcode }) => `$case${opcode}`).join(' ');
  const opened = sorted
    .map(({ opcode }) => `(block $case${opcode} `)
    .toReversed()
    .join('');
  const closed = sorted
    .map(
      ({ words, body }) => `)\n    ${body}${words === null ? '' : ` ${advance('p', 4 * words)}`} (br $next)`,
    )
    .join('');
  // The innermost block is the first case; its end is the first case's beginning.
  return `(loop $next\n   (block $unknown ${opened}(br_table ${targets} $unknown ${word(0)})${closed})\n   (unreachable))`;
}

/**
 * After a body of `length` words: counts down, moves every word of the body by its stride and jumps back; at the end
 * everything is as it was before.
 */
const again: Case = {
  opcode: FORWARD.again,
  words: null,
  body:
    set('n', minus(word(1), number(1))) +
    set('length', word(3)) +
    set('body', minus(get('p'), `(i32.shl ${get('length')} ${number(2)})`)) +
    set('stride', plus(get('p'), number(16))) +
    // Back to where the run began, or one on.
    set('turns', `(select ${number(1)} ${minus(number(1), word(2))} ${get('n')})`) +
    `(i32.store offset=4 ${get('p')} (select ${get('n')} ${word(2)} ${get('n')}))` +
    set('a', get('body')) +
    set('b', get('length')) +
    repeat(
      'b',
      `(i32.store ${get('a')} ${plus(`(i32.load ${get('a')})`, times(get('turns'), `(i32.load ${get('stride')})`))})` +
        advance('a', 4) +
        advance('stride', 4),
    ) +
    set('p', `(select ${get('body')} ${get('stride')} ${get('n')})`),
};

const binaryForward = (opcode: number, expression: string): Case => ({
  opcode,
  words: 4,
  body: words('d', 'a', 'b') + store('d', expression),
});
const unaryForward = (opcode: number, expression: string): Case => ({
  opcode,
  words: 3,
  body: words('d', 'a') + store('d', expression),
});
const kernelForward = (opcode: number, name: string, length: number): Case => ({
  opcode,
  words: length,
  body: `(call $${name} ${get('p')})`,
});

const [va, vb, vc, vd] = ['a', 'b', 'c', 'd'].map((slot) => value(slot));

const forwardCases: readonly Case[] = [
  { opcode: FORWARD.end, words: null, body: '(return)' },
  again,
  binaryForward(FORWARD.add, sum(va, vb)),
  binaryForward(FORWARD.sub, difference(va, vb)),
  binaryForward(FORWARD.mul, product(va, vb)),
  binaryForward(FORWARD.div, quotient(va, vb)),
  unaryForward(FORWARD.neg, negative(va)),
  unaryForward(FORWARD.exp, `(call $exp ${va})`),
  unaryForward(FORWARD.relu, `(f64.max ${va} ${f64(0)})`),
  unaryForward(FORWARD.tanh, `(call $tanh ${va})`),
  unaryForward(FORWARD.sigmoid, `(call $sigmoid ${va})`),
  {
    opcode: FORWARD.multiplyAdd,
    words: 5,
    body: words('d', 'a', 'b', 'c') + store('d', sum(vc, product(va, vb))),
  },
  {
    opcode: FORWARD.dot,
    words: 8,
    body:
      words('d', 'a', 'b', 'n', 'sa', 'sb', 'c') +
      when(
        `(i32.and (i32.eq ${get('sa')} ${number(8)}) (i32.eq ${get('sb')} ${number(8)}))`,
        store('d', `(call $dot ${get('a')} ${get('b')} ${get('n')} ${vc})`),
        store('d', `(call $stridedDot ${get('a')} ${get('b')} ${get('n')} ${get('sa')} ${get('sb')} ${vc})`),
      ),
  },
  {
    opcode: FORWARD.gather,
    words: 5,
    body: words('d', 'a', 'n', 'c') + store('d', `(call $gatherForward ${get('a')} ${get('n')} ${vc})`),
  },
  {
    opcode: FORWARD.where,
    words: 5,
    body:
      words('d', 'a', 'b', 'c') +
      set('x', va) +
      store(
        'd',
        `(select (select ${vb} ${vc} (f64.ne ${get('x')} ${f64(0)})) (f64.const nan) (f64.eq ${get('x')} ${get('x')}))`,
      ),
  },
  {
    opcode: FORWARD.unary,
    words: 4,
    body: words('d', 'a') + store('d', `(call $unary ${word(3)} ${va})`),
  },
  {
    opcode: FORWARD.binary,
    words: 5,
    body: words('d', 'a', 'b') + store('d', `(call $binary ${word(4)} ${va} ${vb})`),
  },
  { opcode: FORWARD.many, words: 5, body: `(call $many ${word(1)} ${word(2)} ${word(3)} ${word(4)})` },
  kernelForward(FORWARD.rows, 'rowsForward', 9),
  {
    opcode: FORWARD.rectify,
    words: 4,
    body: `(call $rectifyForward ${word(1)} ${word(2)} ${word(3)})`,
  },
  kernelForward(FORWARD.chainMultiplyAdd, 'chainMultiplyAddForward', 7),
  kernelForward(FORWARD.chainAdd, 'chainAddForward', 5),
  kernelForward(FORWARD.chainSub, 'chainSubForward', 5),
  kernelForward(FORWARD.chainSubFrom, 'chainSubFromForward', 5),
  kernelForward(FORWARD.chainMul, 'chainMulForward', 5),
  kernelForward(FORWARD.chainTwo, 'chainTwoForward', 9),
  kernelForward(FORWARD.chainPair, 'chainPairForward', 7),
];

/** One case per set of operands that want a gradient. */
function masked(opcode: number, operands: string, terms: Readonly<Record<string, string>>, tail = 0): Case[] {
  const slots = operands.split(' ');
  return Array.from({ length: 2 ** slots.length - 1 }, (_, i) => ({
    opcode: opcode + i,
    words: 2 + slots.length + tail,
    body:
      words('d', ...slots) +
      set('g', adjoint('d')) +
      // In the order in which the terms are written, which is that of the eager sweep.
      Object.entries(terms)
        .filter(([slot]) => ((i + 1) >> slots.indexOf(slot)) & 1)
        .map(([slot, term]) => contribute(slot, term))
        .join(''),
  }));
}
const unaryBackward = (opcode: number, slope: string, setting = '', length = 3): Case => ({
  opcode,
  words: length,
  body: words('d', 'a') + setting + contribute('a', product(slope, adjoint('d'))),
});
const kernelBackward = (opcode: number, name: string, length: number): Case => ({
  opcode,
  words: length,
  body: `(call $${name} ${get('p')} ${get('D')})`,
});

/** The byte that says whether the sweep reached a slot. */
const reached = (slot: string): string =>
  plus('(global.get $reached)', `(i32.shr_u ${get(slot)} ${number(3)})`);
const mark = (slot: string): string => `(i32.store8 ${reached(slot)} ${number(1)})`;

const g = get('g');
const whereBranch = (slot: string, wants: number, marks: number): string =>
  when(has('n', wants), contribute(slot, g)) + when(has('n', marks), mark(slot));

const backwardCases: readonly Case[] = [
  { opcode: BACKWARD.end, words: null, body: '(return)' },
  { ...again, opcode: BACKWARD.again },
  {
    opcode: BACKWARD.clear,
    words: 3,
    // A few zeros are faster written than asked for.
    body: when(
      `(i32.gt_u ${word(2)} ${number(128)})`,
      `(memory.fill ${word(1)} ${number(0)} ${word(2)})`,
      words('a', 'n') +
        whilst(atLeast('n', 1), store('a', f64(0)) + advance('a', 8) + set('n', minus(get('n'), number(8)))),
    ),
  },
  {
    opcode: BACKWARD.seed,
    words: 3,
    body: words('a', 'b') + contribute('a', vb),
  },
  {
    opcode: BACKWARD.guard,
    words: 3,
    // Not reached: past the instruction it guards, whose length in bytes is the second operand.
    body: words('a') + when(`(i32.eqz (i32.load8_u ${reached('a')}))`, set('p', plus(get('p'), word(2)))),
  },
  { opcode: BACKWARD.mark, words: 2, body: words('a') + mark('a') },
  ...masked(BACKWARD.add, 'a b', { a: g, b: g }),
  ...masked(BACKWARD.sub, 'a b', { a: g, b: negative(g) }),
  // The first contribution may change what the second reads only as an adjoint, never as a value.
  ...masked(BACKWARD.mul, 'a b', { a: product(vb, g), b: product(va, g) }),
  ...masked(BACKWARD.div, 'a b', {
    a: product(quotient(f64(1), vb), g),
    b: product(negative(quotient(vd, vb)), g),
  }),
  { opcode: BACKWARD.neg, words: 3, body: words('d', 'a') + contribute('a', negative(adjoint('d'))) },
  unaryBackward(BACKWARD.exp, vd),
  unaryBackward(BACKWARD.relu, rectifiedSlope('x'), set('x', vd)),
  unaryBackward(BACKWARD.tanh, `(call $tanhSlope ${va})`),
  unaryBackward(BACKWARD.sigmoid, `(call $sigmoidSlope ${va})`),
  ...masked(BACKWARD.multiplyAdd, 'a b c', { c: g, a: product(vb, g), b: product(va, g) }),
  kernelBackward(BACKWARD.dot, 'dotBackward', 9),
  kernelBackward(BACKWARD.gather, 'gatherBackward', 6),
  {
    opcode: BACKWARD.where,
    words: 6,
    body:
      words('d', 'a', 'b', 'c', 'n') +
      set('g', adjoint('d')) +
      set('x', va) +
      when(
        `(f64.eq ${get('x')} ${get('x')})`,
        when(
          `(f64.ne ${get('x')} ${f64(0)})`,
          whereBranch('b', WHERE.taken, WHERE.markTaken),
          whereBranch('c', WHERE.other, WHERE.markOther),
        ),
      ),
  },
  unaryBackward(BACKWARD.unary, `(call $unarySlope ${word(3)} ${va} ${vd})`, '', 4),
  ...masked(
    BACKWARD.binary,
    'a b',
    {
      a: product(`(call $binarySlope ${word(4)} ${number(0)} ${va} ${vb} ${vd})`, g),
      b: product(`(call $binarySlope ${word(4)} ${number(1)} ${va} ${vb} ${vd})`, g),
    },
    1,
  ),
  {
    opcode: BACKWARD.many,
    words: 5,
    body: `(call $manyBackward ${word(1)} ${word(2)} ${word(3)} ${word(4)})`,
  },
  kernelBackward(BACKWARD.rows, 'rowsBackward', 10),
  {
    opcode: BACKWARD.rectify,
    words: 4,
    body: `(call $rectifyBackward ${word(1)} ${word(2)} ${word(3)} ${get('D')})`,
  },
  kernelBackward(BACKWARD.chainMultiplyAdd, 'chainMultiplyAddBackward', 8),
  kernelBackward(BACKWARD.chainAdd, 'chainAddBackward', 6),
  kernelBackward(BACKWARD.chainSub, 'chainSubBackward', 6),
  kernelBackward(BACKWARD.chainSubFrom, 'chainSubFromBackward', 6),
  kernelBackward(BACKWARD.chainMul, 'chainMulBackward', 6),
  kernelBackward(BACKWARD.chainTwo, 'chainTwoBackward', 10),
  kernelBackward(BACKWARD.chainPair, 'chainPairBackward', 8),
];

const IMPORTS: Readonly<Record<string, string>> = {
  exp: '(param f64) (result f64)',
  tanh: '(param f64) (result f64)',
  unary: '(param i32 f64) (result f64)',
  unarySlope: '(param i32 f64 f64) (result f64)',
  binary: '(param i32 f64 f64) (result f64)',
  binarySlope: '(param i32 i32 f64 f64 f64) (result f64)',
  many: '(param i32 i32 i32 i32)',
  manyBackward: '(param i32 i32 i32 i32)',
};

/** The text of the module. */
export function machine(simd: boolean): string {
  const imports = Object.entries(IMPORTS)
    .map(([name, type]) => `(import "m" "${name}" (func $${name} ${type}))\n`)
    .join('');
  const scratch = 'n length body stride turns sa sb';
  return `(module
${imports}(import "m" "memory" (memory 1))
(global $values (mut i32) (i32.const 0))
(global $valuesEnd (mut i32) (i32.const 0))
(global $distance (mut i32) (i32.const 0))
(global $reached (mut i32) (i32.const 0))
(global $scratch (mut i32) (i32.const 0))
(global $finite (mut i32) (i32.const 0))
${func(
  'place',
  { parameters: 'values valuesEnd distance reached scratch', exported: true },
  ['values', 'valuesEnd', 'distance', 'reached', 'scratch']
    .map((name) => `(global.set $${name} ${get(name)})`)
    .join(' '),
)}${kernels(simd)}${func(
    'forward',
    { parameters: 'p', exported: true, i32: `d a b c ${scratch}`, f64: 'x' },
    `(global.set $finite (i32.const -1))` + interpreter(forwardCases, FORWARD_LENGTHS),
  )}${func(
    'backward',
    { parameters: 'p', exported: true, i32: `D d a b c ${scratch}`, f64: 'x g' },
    `${set('D', '(global.get $distance)')}\n  ${interpreter(backwardCases, BACKWARD_LENGTHS)}`,
  )})`;
}
