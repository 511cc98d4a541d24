/**
 * Every operation, by code: the entry of `Recording.operation` is an index into this list. Code 0 is a
 * leaf, which has a value and no inputs. Codes are stored in recordings: append, never reorder.
 */
export const OPERATION_NAMES = [
  'leaf',
  'add',
  'sub',
  'mul',
  'div',
  'neg',
  'pow',
  'exp',
  'log',
  'sqrt',
  'abs',
  'sin',
  'cos',
  'tan',
  'asin',
  'acos',
  'atan',
  'atan2',
  'sinh',
  'cosh',
  'tanh',
  'sigmoid',
  'relu',
  'leakyRelu',
  'softplus',
  'max',
  'min',
  'sum',
  'signedSum',
  'mean',
  'prod',
  'dot',
  'hypot',
  'logsumexp',
  'softmax',
  'xlogx',
  'step',
  'sign',
  'floor',
  'ceil',
  'round',
  'where',
  'clamp',
  'greater',
  'less',
  'greaterEqual',
  'lessEqual',
  'equal',
  'notEqual',
  'log2',
  'log10',
  'log1p',
  'expm1',
  'affine',
] as const;

/** The name of an operation; leaves are not operations. */
export type OperationName = Exclude<(typeof OPERATION_NAMES)[number], 'leaf'>;

/** Where a defined operation may be named as well; see `defineOperation`. */
export type AnyOperationName = OperationName | (string & {});

/** The code of a leaf in `Recording.operation`. */
export const LEAF = 0;

/** The code of an operation, by name. */
export const CODES = Object.freeze(
  Object.fromEntries(OPERATION_NAMES.map((name, code) => [name, code])),
) as Readonly<Record<(typeof OPERATION_NAMES)[number], number>>;

/** Codes by name; those of defined operations are added. */
export const codesByName: Map<string, number> = new Map(OPERATION_NAMES.map((name, code) => [name, code]));

/** The code of an operation; -1 for a name that is none (so that untrusted names can be asked about). */
export function codeOf(name: string): number {
  return codesByName.get(name) ?? -1;
}
