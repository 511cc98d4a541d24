/*
 * What is written elsewhere, and what a program has in its place. Asked only where a name is not defined and a
 * function not known.
 */

/** Words of programming languages and signs for whole operations. */
export const FOREIGN_WORDS: ReadonlyMap<string, string> = new Map([
  ...to('where(condition, a, b)', 'if', 'then', 'else', 'elif'),
  ['and', '(a < b)*(c < d)'],
  ['or', 'max(a < b, c < d)'],
  ['mod', 'x - n*floor(x/n)'],
  ['Σ', 'sum(a, b, …)'],
  ['Π', 'prod(a, b, …)'],
]);

/** Functions that can be written as a formula. */
export const FOREIGN_FUNCTIONS: ReadonlyMap<string, string> = new Map([
  ...to('where(condition, a, b)', 'if', 'ifelse', 'cond', 'select', 'piecewise'),
  ...to('sum(a, b, …)', 'Σ'),
  ...to('prod(a, b, …)', 'Π'),
  ...to('max(a, b)', 'maximum', 'fmax'),
  ...to('min(a, b)', 'minimum', 'fmin'),
  ...to('hypot(a, b, …)', 'norm'),
  ...to('A*B', 'matmul', 'mm'),
  ...to('x = 2', 'Value', 'Tensor', 'tensor', 'Variable', 'Scalar'),
  ...to('x - n*floor(x/n)', 'mod', 'fmod', 'remainder'),
  ...to('x^2', 'square', 'sqr', 'sq'),
  ...to('x^(1/3)', 'cbrt'),
  ...to('2^x', 'exp2'),
  ...to('tan(x)', 'tg'),
  ...to('1/tan(x)', 'cot', 'cotan', 'ctg'),
  ...to('1/cos(x)', 'sec'),
  ...to('1/sin(x)', 'csc', 'cosec'),
  ...to('ln(x + sqrt(x^2 + 1))', 'asinh', 'arcsinh', 'arsinh'),
  ...to('ln(x + sqrt(x^2 - 1))', 'acosh', 'arccosh', 'arcosh'),
  ...to('ln((1 + x)/(1 - x))/2', 'atanh', 'arctanh', 'artanh'),
  ...to('x*sigmoid(x)', 'silu', 'SiLU', 'swish'),
  ...to('x*tanh(softplus(x))', 'mish', 'Mish'),
  ...to('where(x > 0, x, exp(x) - 1)', 'elu', 'ELU'),
  ...to('0.5x*(1 + tanh(0.79788*(x + 0.044715x^3)))', 'gelu', 'GELU'),
]);

/** What to write for `x.f()`; null where it asks for a derivative, which a program does not contain. */
export function methodInstead(method: string, isFunction: (name: string) => boolean): string | null {
  if (method === 'T') return 'dot(a, b)';
  if (/^(?:grad|backward|derivative|diff)$/.test(method)) return null;
  return isFunction(method) ? `${method}(…)` : (FOREIGN_FUNCTIONS.get(method) ?? 'f(x)');
}

function to(instead: string, ...words: readonly string[]): [string, string][] {
  return words.map((word) => [word, instead]);
}
