import { takes } from './arity.ts';
import { DefinitionError } from '../errors.ts';
import { term, input } from './formula.ts';
import type { Formula } from './formula.ts';
import { checkDefinition } from './define-check.ts';
import { getTape } from '../tape/functions.ts';
import { codeOf, codesByName } from './names.ts';
import type { OperationName } from './names.ts';
import { call } from './operation.ts';
import type { BinaryOperation, ManyOperation, Notation, Operation, UnaryOperation } from './operation.ts';
import { DEFINED_OPERATIONS, OPERATIONS, OPERATIONS_BY_CODE } from './table.ts';
import { Value } from '../tape/value.ts';
import type { Operand } from '../tape/value.ts';

/** What a definition may say besides what the table says of its operations. */
interface Definition {
  /** How it is written; by default as a call, `name(x)`. */
  readonly notation?: Notation;
  /** What stands on its card; by default its name. */
  readonly symbol?: string;
  /**
   * The partial derivatives as formulas: what explanations show, and what is recorded for higher derivatives. Left out,
   * they say that the slope is computed by the operation itself, and there are no higher derivatives through it.
   */
  readonly rule?: (slot: number, arity: number) => Formula;
  /**
   * The value as a formula of operations that are in the table, for an operation of a fixed number of inputs. A page
   * without the definition can then compute it; without a formula it shows the recorded numbers only.
   */
  readonly formula?: Formula;
  /** Inputs at which the definition is checked, in place of a choice of numbers from −3 to 3. */
  readonly points?: readonly (readonly number[])[];
  /** Check the definition now. In debug mode, `new Tape({ debug: true })`, it is checked in any case. */
  readonly check?: boolean;
}

type Own<T> = Omit<T, 'name' | 'notation' | 'symbol' | 'rule' | 'opaque'> & Definition;

/** An operation of one's own: value, partial derivatives, kinks and how it is written, as in the table. */
export type OperationDefinition = Own<UnaryOperation> | Own<BinaryOperation> | Own<ManyOperation>;

/** Records the operation on the tape of its operands; lists are taken for their elements. */
export interface DefinedOperation {
  (...operands: readonly (Operand | readonly Operand[])[]): Value;
  readonly operation: Operation;
}

const definitions = new Map<string, { definition: OperationDefinition; defined: DefinedOperation }>();

/** The definition of an operation that was defined; null for a name that is none's. */
export function definitionOf(name: string): OperationDefinition | null {
  return definitions.get(name)?.definition ?? null;
}

/** Codes are bytes, and the table is to have room to grow. */
const LEAST_CODE = 255 - 190;
let nextCode = 255;
/** Inputs of an operation without a rule by which the slope gets a code, so that it can be recorded. */
const MOST_SLOPES = 8;
const IDENTIFIER = /^[A-Za-z][A-Za-z0-9_]{0,39}$/;
const CONSTANTS: readonly string[] = ['e', 'pi'];

/**
 * Adds an operation, which then works like those of the table: `tape.apply('gelu', x)`, programs, printing, the stepper,
 * forward mode, checks. Returns a function that records it.
 *
 *     const gelu = defineOperation('gelu', {
 *       arity: 1,
 *       value: (x) => x * cdf(x),
 *       partials: [(x) => cdf(x) + x * density(x)],
 *     });
 *     gelu(value(0.5)).backward();
 *
 * The same definition under the same name gives the same function again. Throws DefinitionError for a name that is
 * taken or that programs cannot call, for parts that do not fit the number of inputs, after 190 definitions, and if a
 * check finds that value, partial derivatives and formulas contradict each other: with the input and the point.
 */
export function defineOperation(name: string, definition: OperationDefinition): DefinedOperation {
  if (typeof definition !== 'object' || definition === null) {
    throw new DefinitionError(name, 'found no definition, expected { arity, value, partials }.');
  }
  const known = definitions.get(name);
  if (known?.definition === definition) return known.defined;
  const { aliases = [] } = definition;
  if (!Array.isArray(aliases)) throw new DefinitionError(name, 'found aliases that are no list.');
  for (const spelling of [name, ...aliases]) checkName(name, spelling);
  if (new Set([name, ...aliases]).size !== aliases.length + 1) {
    throw new DefinitionError(name, 'found a name that is given twice, expected different aliases.');
  }
  if (nextCode <= LEAST_CODE) {
    throw new DefinitionError(
      name,
      `found ${255 - LEAST_CODE} operations that are defined already, expected fewer.`,
    );
  }
  checkParts(name, definition);
  const operation = operationFrom(name as OperationName, definition);
  checkRules(name, operation, definition);
  if (definition.check === true || getTape().debug) checkDefinition(operation, definition);
  register(operation);
  (DEFINED_OPERATIONS as Operation[]).push(operation);
  const defined = Object.assign(
    (...operands: readonly (Operand | readonly Operand[])[]): Value => {
      const all = operands.flat() as readonly Operand[];
      const tape = all.find((operand) => operand instanceof Value)?.tape ?? getTape();
      return tape.applyAll(operation.name, all);
    },
    { operation },
  );
  definitions.set(name, { definition, defined });
  return defined;
}

function checkName(name: string, spelling: unknown): void {
  const what = spelling === name ? 'the name' : `the alias ${JSON.stringify(spelling)}`;
  if (typeof spelling !== 'string' || !IDENTIFIER.test(spelling)) {
    throw new DefinitionError(
      name,
      `${what} is not one that programs can call; expected a letter, then letters, digits and _, 40 at most.`,
    );
  }
  // Names that every object has are no keys of the table, but taken all the same.
  let taken = spelling in OPERATIONS || spelling === 'leaf' || CONSTANTS.includes(spelling);
  for (const operation of OPERATIONS_BY_CODE) if (operation?.aliases?.includes(spelling)) taken = true;
  if (taken) {
    const again = definitions.has(spelling) ? ' by another definition' : '';
    throw new DefinitionError(name, `${what} is taken${again}; expected one that is free.`);
  }
}

function checkParts(name: string, definition: OperationDefinition): void {
  const {
    arity,
    value,
    partials,
    defaults = [],
  } = definition as {
    readonly [part in keyof OperationDefinition]: unknown;
  } & { readonly value: unknown; readonly partials: unknown };
  const fixed = typeof arity === 'number' && Number.isInteger(arity) && arity >= 1 && arity <= 6;
  if (!fixed && arity !== 'many') {
    throw new DefinitionError(name, `found the arity ${String(arity)}, expected 1 to 6 or 'many'.`);
  }
  if (typeof value !== 'function') throw new DefinitionError(name, 'found no function as value.');
  const few = arity === 1 || arity === 2;
  const parameters = few ? arity : 1;
  if (value.length > parameters) {
    throw new DefinitionError(
      name,
      `found a value of ${value.length} parameters, expected ${few ? parameters : 'one, the list of inputs'}, as its arity is ${String(arity)}.`,
    );
  }
  const right = few
    ? Array.isArray(partials) && partials.length === arity && partials.every((p) => typeof p === 'function')
    : typeof partials === 'function';
  if (!right) {
    const expected = few
      ? `an array of ${arity === 1 ? 'one function' : 'two functions'}`
      : 'one function that fills a list';
    throw new DefinitionError(
      name,
      `found partials that do not fit the arity ${String(arity)}, expected ${expected}.`,
    );
  }
  if (!Array.isArray(defaults) || defaults.some((each) => typeof each !== 'number')) {
    throw new DefinitionError(name, 'found defaults that are no numbers.');
  }
  if (defaults.length >= (fixed ? arity : 1)) {
    throw new DefinitionError(
      name,
      'found as many defaults as inputs, expected fewer, and none for any number.',
    );
  }
}

function operationFrom(name: OperationName, definition: OperationDefinition): Operation {
  const { notation = call(name, `\\operatorname{${name.replaceAll('_', '\\_')}}`), symbol = name } =
    definition;
  const { formula: _formula, points: _points, check: _check, rule, ...given } = definition;
  const parts = { ...given, partials: ownPartials(given) } as typeof given;
  if (rule !== undefined) return { ...parts, name, notation, symbol, rule };
  const operation = { ...parts, name, notation, symbol, opaque: true } as Operation;
  return Object.assign(operation, { rule: slopeRule(operation) });
}

/** The partial derivatives, which nobody changes later; a slot that they leave out is 0. */
function ownPartials(of: Pick<Operation, 'arity' | 'partials'>): Operation['partials'] {
  const { partials } = of;
  if (typeof partials !== 'function') return [...partials] as typeof partials;
  return (x, y, out) => {
    out.fill(0, 0, x.length);
    partials(x, y, out);
  };
}

/** A rule that names the slope: `gelu′(x)`, `∂₂blend(a, b)`, which the operation's own partial derivatives compute. */
function slopeRule(operation: Operation): (slot: number, arity: number) => Formula {
  return (slot, arity) => {
    const inputs = Array.from({ length: arity }, (_, each) => input(each));
    return term(slopeName(operation, slot), ...inputs);
  };
}

/**
 * Adds to the table, once, the slope of an operation as an operation of its own: it can be printed, evaluated and recorded
 * as the derivative. Its own slope is not known.
 */
function slopeName({ name: of, notation, arity, ...parts }: Operation, slot: number): OperationName {
  const place = Array.from(String(slot + 1), (digit) => '₀₁₂₃₄₅₆₇₈₉'[Number(digit)]).join('');
  const name = (arity === 1 ? `${of}′` : `∂${place}${of}`) as OperationName;
  if (name in OPERATIONS) return name;
  const { text, latex } = notation.form === 'call' ? notation : { text: of, latex: `\\operatorname{${of}}` };
  const slope: ManyOperation = {
    name,
    arity: arity === 1 || arity === 2 ? 'many' : arity,
    notation:
      arity === 1
        ? call(`${text}′`, `${latex}'`)
        : call(`∂${place}${text}`, `\\partial_{${slot + 1}}${latex}`),
    symbol: name,
    value: (x) => slopeOf({ arity, ...parts } as Operation, x, slot),
    partials: unknown,
    rule: () => NaN,
    derivative: unknown,
    opaque: true,
  };
  // Slopes of very many inputs are printed only: codes are few.
  if (slot < MOST_SLOPES && nextCode > LEAST_CODE) register(slope);
  else (OPERATIONS as Record<string, Operation>)[name] = slope;
  return name;

  function unknown(): never {
    throw new DefinitionError(
      of,
      `found no rule, from which the derivative of ${name} would follow; expected a rule, or a derivative, for second derivatives.`,
    );
  }
}

function slopeOf(operation: Operation, x: ArrayLike<number>, slot: number): number {
  if (operation.arity === 1) return operation.partials[0](x[0], operation.value(x[0]));
  if (operation.arity === 2) return operation.partials[slot](x[0], x[1], operation.value(x[0], x[1]));
  const out = new Float64Array(x.length);
  operation.partials(x, operation.value(x), out);
  return out[slot];
}

/** Every rule must be about inputs that there are and operations that are known. */
function checkRules(
  name: string,
  operation: Operation,
  { rule, derivative, formula }: OperationDefinition,
): void {
  const { arity } = operation;
  const counts =
    typeof arity === 'number' ? [arity] : [1, 2, 3, 4].filter((count) => takes(operation, count));
  const check = (what: string, root: unknown, count: number): void => {
    const open = [root];
    while (open.length > 0) {
      const part = open.pop();
      if (typeof part === 'number' || part === 'result') continue;
      const {
        input: slot,
        operation: used,
        of,
      } = (part ?? {}) as { input?: unknown; operation?: unknown; of?: unknown };
      if (Number.isInteger(slot) && Number(slot) >= 0 && Number(slot) < count) continue;
      const entry = typeof used === 'string' && Array.isArray(of) ? OPERATIONS_BY_CODE[codeOf(used)] : null;
      if (entry === null || entry === undefined || !takes(entry, (of as unknown[]).length)) {
        throw new DefinitionError(
          name,
          `found in ${what} ${JSON.stringify(part)}, expected a number, an input below ${count}, 'result', or an operation on formulas.`,
        );
      }
      open.push(...(of as unknown[]));
    }
  };
  for (const [what, part] of Object.entries({ rule, derivative })) {
    if (part !== undefined && typeof part !== 'function') {
      throw new DefinitionError(name, `found a ${what} that is no function of slot and arity.`);
    }
  }
  for (const count of counts) {
    for (let slot = 0; slot < count; slot++) {
      if (rule !== undefined) check(`the rule of input ${slot}`, rule(slot, count), count);
      if (derivative !== undefined) check(`the derivative of input ${slot}`, derivative(slot, count), count);
    }
  }
  if (formula === undefined) return;
  if (typeof arity !== 'number') {
    throw new DefinitionError(
      name,
      'found a formula, expected none for an operation of any number of inputs.',
    );
  }
  check('the formula', formula, arity);
}

/** The table is open at its end: an operation that is added is found in it by name and by code like any other. */
function register(operation: Operation): void {
  (OPERATIONS as Record<string, Operation>)[operation.name] = operation;
  (OPERATIONS_BY_CODE as (Operation | null)[])[nextCode] = operation;
  codesByName.set(operation.name, nextCode);
  nextCode--;
}
