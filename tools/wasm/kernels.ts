// The loops of the WebAssembly machine. `simd` chooses between two numbers at a time and one; the latter keeps the order
// of additions that the recorded program has.
import { CHAIN, DOT, ROWS } from '../../packages/engine/src/plan/wasm/opcodes.ts';
import {
  absolute,
  across,
  adjoint,
  adjointAt,
  advance,
  atLeast,
  both,
  contribute,
  difference,
  f64,
  func,
  get,
  has,
  minus,
  negative,
  number,
  pair,
  plus,
  product,
  product2,
  quotient,
  repeat,
  retreat,
  set,
  store,
  storePair,
  sum,
  sum2,
  times,
  value,
  when,
  whilst,
  words,
} from './wat.ts';

const zeroPair = both(f64(0));

/** Turns of eight numbers, then of two, while `n` lasts; `body` writes what happens to the pair at an offset. */
function byPairs(locals: readonly string[], body: (offset: number, k: number) => string, widest = 8): string {
  const turn = (numbers: number): string =>
    Array.from({ length: numbers / 2 }, (_, k) => body(16 * k, k)).join('') +
    locals.map((local) => advance(local, 8 * numbers)).join('') +
    retreat('n', numbers);
  return whilst(atLeast('n', widest), turn(widest)) + whilst(atLeast('n', 2), turn(2));
}

/** s + Σ a[k] · b[k] over `n` neighbours. */
const dot = (simd: boolean): string =>
  func(
    'dot',
    { parameters: 'a b n s:f64', result: 'f64', v128: simd ? 'v0 v1 v2 v3' : '' },
    (simd
      ? byPairs(['a', 'b'], (offset, k) => {
          const total = `v${k}`;
          return set(total, sum2(get(total), product2(pair(get('a'), offset), pair(get('b'), offset))));
        }) +
        set('v0', sum2(sum2(get('v0'), get('v1')), sum2(get('v2'), get('v3')))) +
        set('s', sum(get('s'), across('v0')))
      : '') +
      repeat(
        'n',
        set('s', sum(get('s'), product(value('a'), value('b')))) + advance('a', 8) + advance('b', 8),
      ) +
      get('s'),
  );

/** The same over any strides. */
const stridedDot = func(
  'stridedDot',
  { parameters: 'a b n sa sb s:f64', result: 'f64' },
  repeat(
    'n',
    set('s', sum(get('s'), product(value('a'), value('b')))) + advance('a', 'sa') + advance('b', 'sb'),
  ) + get('s'),
);

/** to[k] += g · from[k]; `to` is an adjoint's address, `from` a value's. */
const addScaled = (simd: boolean): string =>
  func(
    'addScaled',
    { parameters: 'to from n g:f64', v128: simd ? 'v' : '' },
    (simd
      ? set('v', both(get('g'))) +
        byPairs(['to', 'from'], (offset) =>
          storePair(
            get('to'),
            sum2(pair(get('to'), offset), product2(get('v'), pair(get('from'), offset))),
            offset,
          ),
        )
      : '') +
      repeat(
        'n',
        store('to', sum(value('to'), product(get('g'), value('from')))) +
          advance('to', 8) +
          advance('from', 8),
      ),
  );

/** to[k] = 0 + g · from[k]: what adding to zeros gives, −0 included. */
const storeScaled = (simd: boolean): string =>
  func(
    'storeScaled',
    { parameters: 'to from n g:f64', v128: simd ? 'v' : '' },
    (simd
      ? set('v', both(get('g'))) +
        byPairs(['to', 'from'], (offset) =>
          storePair(get('to'), sum2(zeroPair, product2(get('v'), pair(get('from'), offset))), offset),
        )
      : '') +
      repeat(
        'n',
        store('to', sum(f64(0), product(get('g'), value('from')))) + advance('to', 8) + advance('from', 8),
      ),
  );

/**
 * The adjoints of both sides of a dot product: a's += g · b and b's += g · a, from the last pair to the first if
 * `scalar`. Two at a time only where the ranges are one or do not meet.
 */
const addBoth = (simd: boolean): string =>
  func(
    'addBoth',
    { parameters: 'a b n D g:f64', i32: simd ? 'to too' : '', v128: simd ? 'v w' : '' },
    (simd
      ? set('v', both(get('g'))) +
        set('to', adjointAt('a')) +
        set('too', adjointAt('b')) +
        byPairs(
          ['a', 'b', 'to', 'too'],
          (offset) =>
            set('w', pair(get('a'), offset)) +
            storePair(
              get('to'),
              sum2(pair(get('to'), offset), product2(get('v'), pair(get('b'), offset))),
              offset,
            ) +
            storePair(get('too'), sum2(pair(get('too'), offset), product2(get('v'), get('w'))), offset),
        )
      : '') +
      repeat(
        'n',
        contribute('a', product(value('b'), get('g'))) +
          contribute('b', product(value('a'), get('g'))) +
          advance('a', 8) +
          advance('b', 8),
      ),
  );

/** All values are finite: found out once after they were computed, when somebody asks. Then 0 times any of them adds nothing. */
const finite = (simd: boolean): string =>
  func(
    'finite',
    { result: 'i32', i32: 'at end', f64: 's', v128: simd ? 'v w' : '' },
    when(
      '(i32.lt_s (global.get $finite) (i32.const 0))',
      set('at', '(global.get $values)') +
        set('end', '(global.get $valuesEnd)') +
        whilst(
          `(i32.lt_u ${get('at')} ${get('end')})`,
          simd
            ? set('v', sum2(get('v'), product2(zeroPair, pair(get('at'))))) +
                set('w', sum2(get('w'), product2(zeroPair, pair(get('at'), 16)))) +
                advance('at', 32)
            : set('s', sum(get('s'), product(f64(0), value('at')))) + advance('at', 8),
        ) +
        (simd ? set('v', sum2(get('v'), get('w'))) + set('s', across('v')) : '') +
        `(global.set $finite (f64.eq ${get('s')} ${get('s')}))`,
    ) + '(global.get $finite)',
  );

/** Four rows at a time share what is loaded of `x`. */
const FOUR = [0, 1, 2, 3];
const rowsForward = (simd: boolean): string =>
  func(
    'rowsForward',
    {
      parameters: 'p',
      i32: 'd w x n count rw init ri w0 w1 w2 w3 y m',
      f64: 's0 s1 s2 s3 g',
      v128: simd ? 'v0 v1 v2 v3 v' : '',
    },
    words('d', 'w', 'x', 'n', 'count', 'rw', 'init', 'ri') +
      whilst(
        atLeast('count', 4),
        set('w0', get('w')) +
          FOUR.slice(1)
            .map((r) => set(`w${r}`, plus(get(`w${r - 1}`), get('rw'))))
            .join('') +
          set('w', plus(get('w3'), get('rw'))) +
          set('y', get('x')) +
          set('m', get('n')) +
          FOUR.map((r) => set(`s${r}`, value('init')) + advance('init', 'ri')).join('') +
          (simd
            ? FOUR.map((r) => set(`v${r}`, zeroPair)).join('') +
              whilst(
                atLeast('m', 4),
                [0, 16]
                  .map(
                    (offset) =>
                      set('v', pair(get('y'), offset)) +
                      FOUR.map((r) =>
                        set(`v${r}`, sum2(get(`v${r}`), product2(get('v'), pair(get(`w${r}`), offset)))),
                      ).join(''),
                  )
                  .join('') +
                  FOUR.map((r) => advance(`w${r}`, 32)).join('') +
                  advance('y', 32) +
                  retreat('m', 4),
              ) +
              FOUR.map((r) => set(`s${r}`, sum(get(`s${r}`), across(`v${r}`)))).join('')
            : '') +
          repeat(
            'm',
            set('g', value('y')) +
              FOUR.map((r) => set(`s${r}`, sum(get(`s${r}`), product(value(`w${r}`), get('g'))))).join('') +
              FOUR.map((r) => advance(`w${r}`, 8)).join('') +
              advance('y', 8),
          ) +
          FOUR.map((r) => `(f64.store offset=${8 * r} ${get('d')} ${get(`s${r}`)})`).join('') +
          advance('d', 32) +
          retreat('count', 4),
      ) +
      repeat(
        'count',
        store('d', `(call $dot ${get('w')} ${get('x')} ${get('n')} ${value('init')})`) +
          advance('d', 8) +
          advance('w', 'rw') +
          advance('init', 'ri'),
      ),
  );

/** Adjoints of zero add nothing where every value is finite: 0 · x is 0 then. */
const idle = (condition: string): string =>
  `(if (result i32) ${condition} (then (call $finite)) (else (i32.const 0)))`;

/** The list of active rows: 16 bytes each, addresses of the row and of its start, and its gradient. */
const SCRATCH = '(global.get $scratch)';
const listed = (slot: 'row' | 'g'): string =>
  slot === 'row' ? `(i32.load ${get('at')})` : `(v128.load64_splat offset=8 ${get('at')})`;

/** `pairs` pairs of columns: the inputs and their adjoints stay in locals while all active rows pass. */
function columns(pairs: number): string {
  const each = (body: (k: number, offset: number) => string): string =>
    Array.from({ length: pairs }, (_, k) => body(k, 16 * k)).join('');
  return (
    set('to', adjointAt('x')) +
    each((k, offset) => set(`x${k}`, pair(get('x'), offset)) + set(`t${k}`, pair(get('to'), offset))) +
    set('at', SCRATCH) +
    whilst(
      `(i32.lt_u ${get('at')} ${get('end')})`,
      set('v', listed('g')) +
        set('row', plus(listed('row'), get('column'))) +
        set('rowTo', adjointAt('row')) +
        each(
          (k, offset) =>
            set(`t${k}`, sum2(get(`t${k}`), product2(get('v'), pair(get('row'), offset)))) +
            storePair(
              get('rowTo'),
              sum2(pair(get('rowTo'), offset), product2(get('v'), get(`x${k}`))),
              offset,
            ),
        ) +
        advance('at', 16),
    ) +
    each((k, offset) => storePair(get('to'), get(`t${k}`), offset)) +
    advance('x', 16 * pairs) +
    advance('column', 16 * pairs) +
    retreat('n', 2 * pairs)
  );
}

/** Writes the list of the rows that are not idle, or of all; the last one comes first. */
const listRows = (all: boolean): string =>
  set('at', SCRATCH) +
  set('row', get('w')) +
  set('start', get('init')) +
  set('to', adjointAt('d')) +
  set('left', get('count')) +
  repeat(
    'left',
    set('g', value('to')) +
      `(i32.store ${get('at')} ${get('row')}) (i32.store offset=4 ${get('at')} ${get('start')})` +
      `(f64.store offset=8 ${get('at')} ${get('g')})` +
      retreat('row', 'rw') +
      retreat('start', 'ri') +
      retreat('to', 8) +
      (all
        ? advance('at', 16)
        : set('at', plus(get('at'), `(i32.shl (f64.ne ${get('g')} ${f64(0)}) ${number(4)})`))),
  ) +
  set('end', get('at'));

/** Rows whose weights and inputs both want gradients: first a list of those that are not idle, then column by column. */
const rowsBothBackward = func(
  'rowsBothBackward',
  {
    parameters: 'p D',
    i32: 'd w x n count rw init ri flags left to at end row rowTo start column',
    f64: 'g tx vx',
    v128: 'v x0 x1 x2 x3 t0 t1 t2 t3',
  },
  words('d', 'w', 'x', 'n', 'count', 'rw', 'init', 'ri', 'flags') +
    listRows(false) +
    when(
      `(i32.lt_u ${get('end')} ${plus(SCRATCH, `(i32.shl ${get('count')} ${number(4)})`)})`,
      when('(i32.eqz (call $finite))', listRows(true)),
    ) +
    when(`(i32.eq ${get('end')} ${SCRATCH})`, '(return)') +
    when(
      has('flags', ROWS.init),
      set('at', SCRATCH) +
        whilst(
          `(i32.lt_u ${get('at')} ${get('end')})`,
          set('start', `(i32.load offset=4 ${get('at')})`) +
            contribute('start', `(f64.load offset=8 ${get('at')})`) +
            advance('at', 16),
        ),
    ) +
    whilst(atLeast('n', 8), columns(4)) +
    whilst(atLeast('n', 2), columns(1)) +
    when(
      get('n'),
      set('vx', value('x')) +
        set('tx', adjoint('x')) +
        set('at', SCRATCH) +
        whilst(
          `(i32.lt_u ${get('at')} ${get('end')})`,
          set('g', `(f64.load offset=8 ${get('at')})`) +
            set('row', plus(listed('row'), get('column'))) +
            set('tx', sum(get('tx'), product(value('row'), get('g')))) +
            contribute('row', product(get('vx'), get('g'))) +
            advance('at', 16),
        ) +
        `(f64.store ${adjointAt('x')} ${get('tx')})`,
    ),
);

/** Rows with fewer weights are done on the spot; a test for a gradient of 0 would cost more than it saves. */
const NARROW = 8;

/** From the last row to the first, which `d`, `w` and `init` name. */
const rowsBackward = (simd: boolean): string =>
  func(
    'rowsBackward',
    {
      parameters: 'p D',
      i32: 'd w x n count rw init ri flags left to width',
      f64: 'g',
      v128: simd ? 'v' : '',
    },
    words('d', 'w', 'x', 'n', 'count', 'rw', 'init', 'ri', 'flags') +
      set('width', `(i32.shl ${get('n')} ${number(3)})`) +
      // Often every row is idle: a unit that is off, an example that is right already.
      set('to', adjointAt('d')) +
      set('left', get('count')) +
      (simd
        ? whilst(
            atLeast('left', 2),
            set('v', `(v128.or ${get('v')} (f64x2.ne ${pair(minus(get('to'), number(8)))} ${zeroPair}))`) +
              retreat('to', 16) +
              retreat('left', 2),
          ) + set('g', `(f64.convert_i32_u (v128.any_true ${get('v')}))`)
        : '') +
      repeat('left', set('g', sum(get('g'), absolute(value('to')))) + retreat('to', 8)) +
      when(
        idle(`(i32.and (f64.eq ${get('g')} ${f64(0)}) (i32.eqz ${has('flags', ROWS.store)}))`),
        '(return)',
      ) +
      (simd
        ? when(
            `(i32.gt_u ${has('flags', ROWS.columns)} (i32.lt_s ${get('n')} ${number(NARROW)}))`,
            `(call $rowsBothBackward ${get('p')} ${get('D')}) (return)`,
          )
        : '') +
      repeat(
        'count',
        set('g', adjoint('d')) +
          when(has('flags', ROWS.init), contribute('init', get('g'))) +
          when(
            `(i32.lt_s ${get('n')} ${number(NARROW)})`,
            set('left', get('n')) +
              (simd
                ? // Two at a time, if only the weights want gradients.
                  when(
                    `(i32.eqz ${has('flags', ROWS.inputs)})`,
                    set('v', both(get('g'))) +
                      set('to', adjointAt('w')) +
                      whilst(
                        atLeast('left', 2),
                        storePair(get('to'), sum2(pair(get('to')), product2(get('v'), pair(get('x'))))) +
                          advance('to', 16) +
                          advance('w', 16) +
                          advance('x', 16) +
                          retreat('left', 2),
                      ),
                  )
                : '') +
              repeat(
                'left',
                when(has('flags', ROWS.weights), contribute('w', product(value('x'), get('g')))) +
                  when(has('flags', ROWS.inputs), contribute('x', product(value('w'), get('g')))) +
                  advance('w', 8) +
                  advance('x', 8),
              ) +
              set('w', minus(get('w'), get('width'))) +
              set('x', minus(get('x'), get('width'))),
            when(
              idle(`(f64.eq ${get('g')} ${f64(0)})`),
              when(
                has('flags', ROWS.store),
                `(memory.fill ${adjointAt('w')} ${number(0)} (i32.shl ${get('n')} ${number(3)}))`,
              ),
              when(
                `(i32.eq ${has('flags', ROWS.weights | ROWS.inputs | ROWS.store)} ${number(ROWS.weights | ROWS.inputs)})`,
                `(call $addBoth ${get('w')} ${get('x')} ${get('n')} ${get('D')} ${get('g')})`,
                when(
                  has('flags', ROWS.store),
                  `(call $storeScaled ${adjointAt('w')} ${get('x')} ${get('n')} ${get('g')})`,
                  when(
                    has('flags', ROWS.weights),
                    `(call $addScaled ${adjointAt('w')} ${get('x')} ${get('n')} ${get('g')})`,
                  ),
                ) +
                  when(
                    has('flags', ROWS.inputs),
                    `(call $addScaled ${adjointAt('x')} ${get('w')} ${get('n')} ${get('g')})`,
                  ),
              ),
            ),
          ) +
          retreat('d', 8) +
          retreat('w', 'rw') +
          retreat('init', 'ri'),
      ),
  );

const dotBackward = func(
  'dotBackward',
  { parameters: 'p D', i32: 'd a b n sa sb init flags', f64: 'g' },
  words('d', 'a', 'b', 'n', 'sa', 'sb', 'init', 'flags') +
    set('g', adjoint('d')) +
    when(has('flags', DOT.init), contribute('init', get('g'))) +
    when(idle(`(i32.and (f64.eq ${get('g')} ${f64(0)}) ${atLeast('n', 4)})`), '(return)') +
    when(
      has('flags', DOT.vector),
      when(
        `(i32.eq ${has('flags', DOT.a | DOT.b)} ${number(DOT.a | DOT.b)})`,
        `(call $addBoth ${get('a')} ${get('b')} ${get('n')} ${get('D')} ${get('g')})`,
        when(
          has('flags', DOT.a),
          `(call $addScaled ${adjointAt('a')} ${get('b')} ${get('n')} ${get('g')})`,
          `(call $addScaled ${adjointAt('b')} ${get('a')} ${get('n')} ${get('g')})`,
        ),
      ),
      set('a', plus(get('a'), times(get('sa'), minus(get('n'), number(1))))) +
        set('b', plus(get('b'), times(get('sb'), minus(get('n'), number(1))))) +
        repeat(
          'n',
          when(has('flags', DOT.a), contribute('a', product(value('b'), get('g')))) +
            when(has('flags', DOT.b), contribute('b', product(value('a'), get('g')))) +
            retreat('a', 'sa') +
            retreat('b', 'sb'),
        ),
    ),
);

/** Pairs of addresses stand at `at`. */
const gatherForward = func(
  'gatherForward',
  { parameters: 'at n s:f64', result: 'f64' },
  repeat(
    'n',
    set(
      's',
      sum(
        get('s'),
        product(`(f64.load (i32.load ${get('at')}))`, `(f64.load (i32.load offset=4 ${get('at')}))`),
      ),
    ) + advance('at', 8),
  ) + get('s'),
);

const gatherBackward = func(
  'gatherBackward',
  { parameters: 'p D', i32: 'd at n init flags a b', f64: 'g' },
  words('d', 'at', 'n', 'init', 'flags') +
    set('g', adjoint('d')) +
    when(has('flags', DOT.init), contribute('init', get('g'))) +
    set('at', plus(get('at'), times(number(8), minus(get('n'), number(1))))) +
    repeat(
      'n',
      set('a', `(i32.load ${get('at')})`) +
        set('b', `(i32.load offset=4 ${get('at')})`) +
        when(has('flags', DOT.a), contribute('a', product(value('b'), get('g')))) +
        when(has('flags', DOT.b), contribute('b', product(value('a'), get('g')))) +
        retreat('at', 8),
    ),
);

/** max(x, 0) has relu's values: NaN stays, −0 becomes 0. */
const rectifyForward = (simd: boolean): string =>
  func(
    'rectifyForward',
    { parameters: 'd a n' },
    (simd
      ? whilst(
          atLeast('n', 2),
          storePair(get('d'), `(f64x2.max ${pair(get('a'))} ${zeroPair})`) +
            advance('d', 16) +
            advance('a', 16) +
            retreat('n', 2),
        )
      : '') +
      repeat('n', store('d', `(f64.max ${value('a')} ${f64(0)})`) + advance('d', 8) + advance('a', 8)),
  );

/** relu's slope from its result y: 1 where y > 0, else y, which is 0 or NaN. */
const rectifyBackward = (simd: boolean): string =>
  func(
    'rectifyBackward',
    { parameters: 'd a n D', f64: 'y', v128: simd ? 'v' : '' },
    (simd
      ? whilst(
          atLeast('n', 2),
          set('v', pair(get('d'))) +
            storePair(
              adjointAt('a'),
              sum2(
                pair(adjointAt('a')),
                product2(
                  `(v128.bitselect ${both(f64(1))} ${get('v')} (f64x2.gt ${get('v')} ${zeroPair}))`,
                  pair(adjointAt('d')),
                ),
              ),
            ) +
            advance('d', 16) +
            advance('a', 16) +
            retreat('n', 2),
        )
      : '') +
      repeat(
        'n',
        set('y', value('d')) +
          contribute('a', product(rectifiedSlope('y'), adjoint('d'))) +
          advance('d', 8) +
          advance('a', 8),
      ),
  );

export const rectifiedSlope = (y: string): string =>
  `(select ${f64(1)} ${get(y)} (f64.gt ${get(y)} ${f64(0)}))`;

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

/** The value of the logistic function and the slopes of it and of tanh, in the forms that keep their digits. */
const activations =
  func(
    'sigmoid',
    { parameters: 'x:f64', result: 'f64', f64: 'e', exported: true },
    set('e', `(call $exp ${negative(absolute(get('x')))})`) +
      quotient(`(select ${f64(1)} ${get('e')} (f64.ge ${get('x')} ${f64(0)}))`, sum(f64(1), get('e'))),
  ) +
  func(
    'sigmoidSlope',
    { parameters: 'x:f64', result: 'f64', f64: 'e', exported: true },
    set('e', `(call $exp ${negative(absolute(get('x')))})`) +
      quotient(get('e'), product(sum(f64(1), get('e')), sum(f64(1), get('e')))),
  ) +
  func(
    'tanhSlope',
    { parameters: 'x:f64', result: 'f64', f64: 'e', exported: true },
    set('e', `(call $exp ${product(f64(-2), absolute(get('x')))})`) +
      quotient(product(f64(4), get('e')), product(sum(f64(1), get('e')), sum(f64(1), get('e')))),
  );

/** inputs −= rate · gradient. */
const update = (simd: boolean): string =>
  func(
    'update',
    { parameters: 'a n rate:f64', exported: true, i32: simd ? 'D gradient' : 'D', v128: simd ? 'v' : '' },
    set('D', '(global.get $distance)') +
      (simd
        ? set('v', both(get('rate'))) +
          set('gradient', adjointAt('a')) +
          byPairs(['a', 'gradient'], (offset) =>
            storePair(
              get('a'),
              `(f64x2.sub ${pair(get('a'), offset)} ${product2(get('v'), pair(get('gradient'), offset))})`,
              offset,
            ),
          )
        : '') +
      repeat('n', store('a', difference(value('a'), product(get('rate'), adjoint('a')))) + advance('a', 8)),
  );

export function kernels(simd: boolean): string {
  return [
    dot(simd),
    stridedDot,
    addScaled(simd),
    storeScaled(simd),
    addBoth(simd),
    finite(simd),
    rowsForward(simd),
    simd ? rowsBothBackward : '',
    rowsBackward(simd),
    dotBackward,
    gatherForward,
    gatherBackward,
    rectifyForward(simd),
    rectifyBackward(simd),
    ...LINKS.map(chain),
    activations,
    update(simd),
  ].join('');
}
