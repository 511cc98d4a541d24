// The loops of runs of dot products: rows of weights with the same inputs.
import { ROWS } from '../../packages/engine/src/plan/wasm/opcodes.ts';
import {
  absolute,
  across,
  adjoint,
  adjointAt,
  advance,
  atLeast,
  both,
  contribute,
  f64,
  func,
  get,
  has,
  minus,
  number,
  pair,
  plus,
  product,
  product2,
  repeat,
  retreat,
  set,
  store,
  storePair,
  sum,
  sum2,
  value,
  when,
  whilst,
  words,
  zeroPair,
} from './wat.ts';

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
export const idle = (condition: string): string =>
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

export function rows(simd: boolean): string {
  return rowsForward(simd) + (simd ? rowsBothBackward : '') + rowsBackward(simd);
}
