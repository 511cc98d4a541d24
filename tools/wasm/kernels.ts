// The loops of the WebAssembly machine. `simd` chooses between two numbers at a time and one; the latter keeps the order
// of additions that the recorded program has.
import { DOT } from '../../packages/engine/src/plan/wasm/opcodes.ts';
import { chains } from './chains.ts';
import { idle, rows } from './rows.ts';
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
  zeroPair,
} from './wat.ts';

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
    rows(simd),
    dotBackward,
    gatherForward,
    gatherBackward,
    rectifyForward(simd),
    rectifyBackward(simd),
    chains(),
    activations,
    update(simd),
  ].join('');
}
