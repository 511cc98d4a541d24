/** What is wrong with the use of the engine, as opposed to a number that is not finite. */
export class EngineError extends Error {
  constructor(message: string) {
    super(message);
    this.name = new.target.name;
  }
}

/** Something that is neither a number nor a Value stands where one is expected. */
export class OperandError extends EngineError {
  /** What stands there. */
  readonly found: unknown;
  constructor(where: string, found: unknown, expected: string) {
    super(`${where}: found ${describe(found)}, expected ${expected}.`);
    this.found = found;
  }
}

/** A Value of another tape is used as an operand: nodes can only refer to nodes of their own tape. */
export class ForeignValueError extends EngineError {
  constructor(where: string, advice = 'Record both on the same tape, or pass its number with .data.') {
    super(`${where}: found a Value of another tape, expected Values of one tape. ${advice}`);
  }
}

/** A Value outlived its node: the tape was reset to a mark before it. */
export class StaleValueError extends EngineError {
  /** The node that the Value was made for. */
  readonly index: number;
  /** How many nodes the tape has. */
  readonly count: number;
  constructor(where: string, index: number, count: number, kind: 'node' | 'constant' = 'node') {
    super(
      `${where}: found the ${kind === 'node' ? 'Value of node' : 'constant'} ${index}, which is no longer on its tape, ` +
        `expected ${index >= count ? `an index below ${count}` : `that of the ${kind} which has taken its place`}. ` +
        `The tape was reset after this ${kind === 'node' ? 'Value' : 'block'} was made.`,
    );
    this.index = index;
    this.count = count;
  }
}

/** A Value was to leave the scope in which it was made, and at whose end its node is forgotten. */
export class EscapedValueError extends EngineError {
  /** The node of the Value. */
  readonly index: number;
  constructor(index: number) {
    super(
      `scope: found the Value of node ${index} as result, which is forgotten at the end of the scope, expected ` +
        'something that outlives it. Return its number with .data.',
    );
    this.index = index;
  }
}

/** An operation got a number of inputs that it does not take. */
export class ArityError extends EngineError {
  /** The name of the operation. */
  readonly operation: string;
  /** How many inputs it got. */
  readonly found: number;
  /** How many it takes, in words. */
  readonly expected: string;
  constructor(operation: string, found: number, expected: string) {
    super(`${operation}: found ${found} ${found === 1 ? 'input' : 'inputs'}, expected ${expected}.`);
    this.operation = operation;
    this.found = found;
    this.expected = expected;
  }
}

/** A name that is no operation's. */
export class UnknownOperationError extends EngineError {
  /** The name. */
  readonly found: string;
  constructor(found: string) {
    super(`apply: found ${describe(found)}, expected the name of an operation (add, mul, tanh, …).`);
    this.found = found;
  }
}

/** A definition of an operation that cannot be taken, or whose parts contradict each other. */
export class DefinitionError extends EngineError {
  /** The name of the operation. */
  readonly operation: string;
  constructor(operation: string, message: string) {
    super(`defineOperation(${JSON.stringify(operation)}): ${message}`);
    this.operation = operation;
  }
}

/** The number of a computed node was to be overwritten. */
export class IntermediateDataError extends EngineError {
  /** The name of the operation. */
  readonly operation: string;
  constructor(operation: string, index: number) {
    super(
      `Node ${index} is the result of ${operation}; expected a leaf. Only leaves hold a number of their own: ` +
        'set the data of the leaves it depends on, and record again or use evaluate().',
    );
    this.operation = operation;
  }
}

/** A node that a recording does not have, or that is of the wrong kind. */
export class NodeError extends EngineError {
  /** The index that was found. */
  readonly node: number;
  constructor(where: string, node: number, expected: string) {
    super(`${where}: found node ${String(node)}, expected ${expected}.`);
    this.node = node;
  }
}

/** A replay comes to a condition that turned out otherwise while recording, so that other operations would have followed. */
export class BranchError extends EngineError {
  /** The node that was read as a condition. */
  readonly node: number;
  /** What it was while recording: true for a number that is not 0. */
  readonly recorded: boolean;
  constructor(node: number, found: number, recorded: boolean) {
    super(
      `run: node ${node}, read by holds() while recording, is ${found}, expected ${recorded ? 'a number that is not 0' : '0'} ` +
        'as then. What follows from it was recorded for that case: record anew for these numbers, or choose with where().',
    );
    this.node = node;
    this.recorded = recorded;
  }
}

/** Data that claims to be a recording and is not. */
export class RecordingError extends EngineError {
  /** Where the fault is: `inputs[3]`. */
  readonly path: string;
  constructor(path: string, found: unknown, expected: string) {
    super(`Recording, at ${path}: found ${describe(found)}, expected ${expected}.`);
    this.path = path;
  }
}

function describe(found: unknown): string {
  if (typeof found === 'string') {
    return found.length > 40
      ? `the text ${JSON.stringify(`${found.slice(0, 40)}…`)}`
      : `the text ${JSON.stringify(found)}`;
  }
  if (found === null || found === undefined || typeof found === 'number' || typeof found === 'boolean') {
    return String(found);
  }
  if (typeof found === 'bigint') return `the bigint ${found}n`;
  if (Array.isArray(found)) return `an array of ${found.length}`;
  if (typeof found !== 'object') return `a ${typeof found}`;
  const tag = Object.prototype.toString.call(found);
  try {
    const text = (found as { toString(): string }).toString();
    if (text !== tag) return text.slice(0, 80);
  } catch {
    // Without a toString, or a forgotten Value in debug mode.
  }
  return `an object (${tag})`;
}
