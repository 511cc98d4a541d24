// Recording with Values
export {
  abs,
  acos,
  add,
  affine,
  asin,
  atan,
  atan2,
  ceil,
  clamp,
  cos,
  cosh,
  div,
  dot,
  equal,
  exp,
  expm1,
  floor,
  getTape,
  greater,
  greaterEqual,
  group,
  hypot,
  leakyRelu,
  less,
  lessEqual,
  log,
  log10,
  log1p,
  log2,
  logsumexp,
  max,
  mean,
  min,
  mul,
  neg,
  noGrad,
  notEqual,
  pow,
  prod,
  relu,
  round,
  scope,
  sigmoid,
  sign,
  sin,
  sinh,
  softmax,
  softplus,
  sqrt,
  step,
  sub,
  sum,
  tan,
  tanh,
  value,
  where,
  withTape,
  xlogx,
} from './functions.ts';
export { Tape } from './tape.ts';
export type { Decision } from './tape.ts';
export { Constant, Value } from './value.ts';
export type { BackwardOptions, GradientHook, Operand } from './value.ts';
export { Block, ConstantBlock } from './block.ts';
export type { Operands } from './runs.ts';
export { BareTape } from './bare-tape.ts';
export type { TapeMark } from './rewindable-tape.ts';

// Recordings
export type { Group, Recording } from './recording.ts';
export { ancestorsOf, record } from './record.ts';
export { arityOf, numberAt, operationOf } from './columns.ts';
export type { Columns } from './columns.ts';
export {
  RECORDING_LIMITS,
  recordingFromData,
  recordingFromJson,
  recordingToData,
  recordingToJson,
  validateRecording,
} from './exchange.ts';
export type { ReadOptions, RecordingLimits } from './exchange.ts';
export { tapeFromRecording } from './restore.ts';
export { keysOf, nodesByKey } from './keys.ts';
export { expand, isExpandable } from './expand.ts';
export type { Expansion } from './expand.ts';

// Derivatives
export { backwardFrom, grad } from './grad.ts';
export type { OutputGradients } from './grad.ts';
export { backward, isLive, partialsOf, reachable, takenSlot } from './gradient.ts';
export type { SweepObserver } from './sweep.ts';
export { absoluteBackward, forward } from './forward.ts';
export { countPaths } from './paths.ts';
export { evaluate } from './evaluate.ts';
export { gradcheck, GradientReport } from './check.ts';
export type { LeafCheck, Verdict } from './check.ts';
export type { Blame } from './blame.ts';
export { Anomaly, AnomalyError, anomalyObserver, detectAnomaly } from './anomaly.ts';
export type { AnomalousNode } from './anomaly.ts';
export { firstNonFinite, kinks, kinksOf } from './findings.ts';
export type { KinkFound, NonFinite } from './findings.ts';

// Replay
export { compile, Plan } from './plan/compile.ts';
export type { CompileOptions, PlanEngine } from './plan/compile.ts';

// The table of operations
export { codeOf, LEAF, OPERATION_NAMES } from './operation-names.ts';
export type { AnyOperationName, OperationName } from './operation-names.ts';
export { defineOperation } from './define.ts';
export type { DefinedOperation, OperationDefinition } from './define.ts';
export { defineFromJson, definitionsToJson } from './portable.ts';
export type { ForeignOperation } from './portable.ts';
export { DEFINED_OPERATIONS, operationName, OPERATIONS } from './operations.ts';
export type { Kink, Notation, Operation } from './operation.ts';
export type { Formula } from './formula.ts';
export { evaluateFormula } from './formula-value.ts';
export { takenBranch } from './operations/choices.ts';

// Errors
export {
  ArityError,
  BranchError,
  DefinitionError,
  EngineError,
  EscapedValueError,
  ForeignValueError,
  IntermediateDataError,
  NodeError,
  OperandError,
  RecordingError,
  StaleValueError,
  UnknownOperationError,
} from './errors.ts';
