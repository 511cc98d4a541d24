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
} from './tape/functions.ts';
export { Tape } from './tape/tape.ts';
export type { Decision } from './tape/tape.ts';
export { Constant, Value } from './tape/value.ts';
export type { BackwardOptions, GradientHook, Operand } from './tape/value.ts';
export { Block, ConstantBlock } from './tape/block.ts';
export type { Operands } from './tape/runs.ts';
export { BareTape } from './tape/bare-tape.ts';
export type { TapeMark } from './tape/rewindable-tape.ts';

// Recordings
export type { Group, Recording } from './recording/recording.ts';
export { ancestorsOf, record } from './recording/record.ts';
export { arityOf, numberAt, operationOf } from './recording/columns.ts';
export type { Columns } from './recording/columns.ts';
export {
  RECORDING_LIMITS,
  recordingFromData,
  recordingFromJson,
  recordingToData,
  recordingToJson,
  validateRecording,
} from './recording/exchange.ts';
export type { ReadOptions, RecordingLimits } from './recording/exchange.ts';
export { tapeFromRecording } from './tape/restore.ts';
export { keysOf, nodesByKey } from './recording/keys.ts';
export { expand, isExpandable } from './recording/expand.ts';
export type { Expansion } from './recording/expand.ts';

// Derivatives
export { backwardFrom, grad } from './tape/grad.ts';
export type { Inputs, OutputGradients } from './tape/grad.ts';
export { backward, isLive, partialsOf, reachable, takenSlot } from './gradient/backward.ts';
export type { SweepObserver } from './gradient/sweep.ts';
export { absoluteBackward, forward } from './gradient/forward.ts';
export { countPaths } from './recording/paths.ts';
export { evaluate } from './recording/evaluate.ts';
export { gradcheck, GradientReport } from './check/gradcheck.ts';
export type { LeafCheck, Verdict } from './check/gradcheck.ts';
export type { Blame } from './check/blame.ts';
export { Anomaly, AnomalyError, anomalyObserver, detectAnomaly } from './check/anomaly.ts';
export type { AnomalousNode } from './check/anomaly.ts';
export { firstNonFinite, kinks, kinksOf } from './check/findings.ts';
export type { Contribution, KinkFound, NonFinite } from './check/findings.ts';

// Replay
export { compile, Plan } from './plan/compile.ts';
export type { CompileOptions, PlanEngine } from './plan/compile.ts';

// The table of operations
export { codeOf, LEAF, OPERATION_NAMES } from './operations/names.ts';
export type { AnyOperationName, OperationName } from './operations/names.ts';
export { defineOperation } from './operations/define.ts';
export type { DefinedOperation, OperationDefinition } from './operations/define.ts';
export { defineFromJson, definitionsToJson } from './operations/portable.ts';
export type { ForeignOperation } from './operations/portable.ts';
export { DEFINED_OPERATIONS, operationName, OPERATIONS } from './operations/table.ts';
export type { Kink, Notation, Operation } from './operations/operation.ts';
export { input, term } from './operations/formula.ts';
export type { Formula } from './operations/formula.ts';
export { evaluateFormula } from './operations/formula-value.ts';
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
