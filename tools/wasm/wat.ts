/** Small words to write WebAssembly text with. Every function returns an expression in its folded form. */

let labels = 0;

export const get = (local: string): string => `(local.get $${local})`;
export const set = (local: string, expression: string): string => `(local.set $${local} ${expression})`;
export const number = (i: number): string => `(i32.const ${i})`;
export const plus = (a: string, b: string): string => `(i32.add ${a} ${b})`;
export const minus = (a: string, b: string): string => `(i32.sub ${a} ${b})`;
export const times = (a: string, b: string): string => `(i32.mul ${a} ${b})`;

/** local += step (bytes, or another local). */
export const advance = (local: string, step: number | string): string =>
  set(local, plus(get(local), typeof step === 'number' ? number(step) : get(step)));
/** local −= step. */
export const retreat = (local: string, step: number | string): string =>
  set(local, minus(get(local), typeof step === 'number' ? number(step) : get(step)));

/** Operand `k` of the instruction at `p`; word 0 is its number. */
export const word = (k: number): string => `(i32.load offset=${4 * k} ${get('p')})`;
/** Takes the operands of the instruction at `p` into locals. */
export const words = (...locals: readonly string[]): string =>
  locals.map((local, i) => set(local, word(i + 1))).join(' ');

/** The value in the slot whose address is in a local. */
export const value = (slot: string, offset = 0): string =>
  `(f64.load${offset === 0 ? '' : ` offset=${offset}`} ${get(slot)})`;
export const store = (slot: string, expression: string): string => `(f64.store ${get(slot)} ${expression})`;
/** The address of a slot's adjoint: `D` bytes behind its value. */
export const adjointAt = (slot: string): string => plus(get(slot), get('D'));
export const adjoint = (slot: string): string => `(f64.load ${adjointAt(slot)})`;
/** adjoint += expression. */
export const contribute = (slot: string, expression: string): string =>
  `(f64.store ${adjointAt(slot)} ${sum(adjoint(slot), expression)})`;

export const f64 = (x: number): string => `(f64.const ${x})`;
export const sum = (a: string, b: string): string => `(f64.add ${a} ${b})`;
export const difference = (a: string, b: string): string => `(f64.sub ${a} ${b})`;
export const product = (a: string, b: string): string => `(f64.mul ${a} ${b})`;
export const quotient = (a: string, b: string): string => `(f64.div ${a} ${b})`;
export const negative = (a: string): string => `(f64.neg ${a})`;
export const absolute = (a: string): string => `(f64.abs ${a})`;

/** Two numbers at once, from an address. */
export const pair = (address: string, offset = 0): string => `(v128.load offset=${offset} ${address})`;
export const storePair = (address: string, expression: string, offset = 0): string =>
  `(v128.store offset=${offset} ${address} ${expression})`;
export const both = (expression: string): string => `(f64x2.splat ${expression})`;
export const sum2 = (a: string, b: string): string => `(f64x2.add ${a} ${b})`;
export const product2 = (a: string, b: string): string => `(f64x2.mul ${a} ${b})`;
/** Two zeros. */
export const zeroPair = both('(f64.const 0)');
/** The sum of both numbers. */
export const across = (pair: string): string =>
  sum(`(f64x2.extract_lane 0 ${get(pair)})`, `(f64x2.extract_lane 1 ${get(pair)})`);

export const when = (condition: string, then: string, otherwise = ''): string =>
  `(if ${condition} (then ${then})${otherwise === '' ? '' : ` (else ${otherwise})`})`;
export const has = (flags: string, bit: number): string => `(i32.and ${get(flags)} ${number(bit)})`;
export const atLeast = (local: string, i: number): string => `(i32.ge_s ${get(local)} ${number(i)})`;

/** While the condition holds. The test stands at the end, so a turn has one jump. */
export function whilst(condition: string, body: string): string {
  const label = `$loop${++labels}`;
  return when(condition, `(loop ${label} ${body} (br_if ${label} ${condition}))`);
}

/** `count` turns, counted down in a local, which ends as 0. */
export const repeat = (count: string, body: string): string =>
  whilst(atLeast(count, 1), `${body} ${retreat(count, 1)}`);

/** A function; locals and parameters by type. */
export function func(
  name: string,
  {
    parameters = '',
    result = '',
    i32 = '',
    f64 = '',
    v128 = '',
    exported = false,
  }: {
    parameters?: string;
    result?: string;
    i32?: string;
    f64?: string;
    v128?: string;
    exported?: boolean;
  },
  body: string,
): string {
  const list = (kind: string, names: string, type: string): string =>
    names
      .split(' ')
      .filter((name) => name !== '')
      .map((name) => `(${kind} $${name} ${type}) `)
      .join('');
  return (
    `(func $${name} ${exported ? `(export "${name}") ` : ''}` +
    parameters
      .split(' ')
      .filter((name) => name !== '')
      .map((name) => {
        const [local, type = 'i32'] = name.split(':');
        return `(param $${local} ${type}) `;
      })
      .join('') +
    (result === '' ? '' : `(result ${result}) `) +
    `${list('local', i32, 'i32')}${list('local', f64, 'f64')}${list('local', v128, 'v128')}\n  ${body})\n`
  );
}
