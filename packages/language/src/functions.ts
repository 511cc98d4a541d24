import { DEFINED_OPERATIONS, OPERATION_NAMES, OPERATIONS } from '@backflow/engine';
import type { Operation, OperationName } from '@backflow/engine';
import type { BareTape } from '@backflow/engine';
import { isLetter } from './characters.ts';
import type { CallPlan } from './shapes.ts';
import type { Shape } from './diagnostics.ts';

/** A function that programs can call. */
export interface LanguageFunction {
  /** Its first name; aliases lead to the same function. */
  readonly name: string;
  readonly operation: OperationName;
  /**
   * What it makes of vectors. `each`: works on every element. `all`: takes one vector or matrix, or a list
   * of numbers, and gives one number. `dot`: takes two vectors, `affine` a number with them. `softmax`: takes a vector and gives one.
   * `where`: evaluates one of its two branches.
   */
  readonly takes: 'each' | 'all' | 'dot' | 'affine' | 'softmax' | 'where';
  /** How many arguments it takes; Infinity for any number. */
  readonly least: number;
  readonly most: number;
  /** Of a function that is more than one operation. */
  readonly own?: {
    /** Null where a problem with the function itself has been reported. */
    plan(shapes: readonly Shape[]): CallPlan | null;
    /** Records a call on entries of the tape, of which none is a constant. */
    record(tape: BareTape, inputs: readonly number[]): readonly number[];
  };
}

const TAKES: ReadonlyMap<OperationName, LanguageFunction['takes']> = new Map([
  ['dot', 'dot'],
  ['affine', 'affine'],
  ['softmax', 'softmax'],
  ['where', 'where'],
]);

/** How many arguments there are where that is not the number of the operation's inputs. */
const ARGUMENTS: ReadonlyMap<LanguageFunction['takes'], number> = new Map([
  ['dot', 2],
  ['affine', 3],
]);

const functions = new Map<string, LanguageFunction>();
let learned = 0;

/**
 * Every function by every name it has. Operations that are written with a sign (+, <) are not called. Operations that were
 * defined meanwhile are here after `learnFunctions`.
 */
export const FUNCTIONS: ReadonlyMap<string, LanguageFunction> = functionsByName();

/** Adds the operations that were defined since the last call; every text is read after one. */
export function learnFunctions(): void {
  for (; learned < DEFINED_OPERATIONS.length; learned++) addFunction(DEFINED_OPERATIONS[learned]);
}

function functionsByName(): ReadonlyMap<string, LanguageFunction> {
  for (const name of OPERATION_NAMES) if (name !== 'leaf') addFunction(OPERATIONS[name]);
  return functions;
}

function addFunction({ name: operation, arity, aliases = [], defaults = [], notation }: Operation): void {
  if (notation.form === 'infix' || notation.form === 'prefix') return;
  if (notation.form === 'fraction' || notation.form === 'signedSum') return;
  const takes = TAKES.get(operation) ?? (arity === 'many' ? 'all' : 'each');
  const callee: LanguageFunction = {
    name: operation,
    operation,
    takes,
    least: ARGUMENTS.get(takes) ?? (arity === 'many' ? 1 : arity - defaults.length),
    most: ARGUMENTS.get(takes) ?? (arity === 'many' ? Infinity : arity),
  };
  for (const name of [operation, ...aliases]) if (isLetter(name[0])) functions.set(name, callee);
}

/** The function with this key; `log₂` and `log_{10}` are log2 and log10. */
export function functionNamed(key: string): LanguageFunction | undefined {
  return FUNCTIONS.get(key) ?? FUNCTIONS.get(key.replace(/^log_(?=2$|10$)/, 'log'));
}

/** Numbers with a name. A definition of the same name hides them. */
export const CONSTANTS: ReadonlyMap<string, { readonly name: string; readonly value: number }> = new Map([
  ['e', { name: 'e', value: Math.E }],
  ['pi', { name: 'π', value: Math.PI }],
  ['π', { name: 'π', value: Math.PI }],
]);
