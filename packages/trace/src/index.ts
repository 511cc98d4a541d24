// A run and what it consists of
export { EVENT_KINDS, PASS_KINDS } from './events.ts';
export type { Emit, EventKind, Pass, PassKind, TraceEvent } from './events.ts';
export { traceReverse } from './reverse.ts';
export type { ReverseOptions } from './reverse.ts';
export { PositionError, Trace, traceOf } from './trace.ts';
export type { TraceOptions } from './trace.ts';
export type { NodeIndex } from './node-index.ts';
export { TraceError, traceFromJson, traceToJson } from './exchange.ts';
export type { TraceReadOptions } from './exchange.ts';

// A moment of it
export { activeAt, nodeState, updatedValue } from './state.ts';
export type { Active, Edge, GradientState, NodeState, ValueState } from './state.ts';
export { GRADIENT_STATES, Playhead } from './playhead.ts';

// Algorithms
export { ALGORITHM_NAMES, COUNTERS } from './algorithms/algorithm.ts';
export type { Algorithm, AlgorithmName, CounterName, Counters } from './algorithms/algorithm.ts';
export { liveGraphOf } from './algorithms/live-graph.ts';
export type { LiveGraph } from './algorithms/live-graph.ts';
export { ALGORITHMS } from './algorithms/registry.ts';
export { STEP_LIMIT, traceAlgorithm } from './algorithms/run.ts';
export { compareAlgorithms } from './algorithms/compare.ts';
export type { Comparison, Outcome } from './algorithms/compare.ts';
export { tallyAt } from './algorithms/tally.ts';
export type { Tally } from './algorithms/tally.ts';
export { differenceJudge, exactJudge } from './algorithms/judge.ts';
export type { Judge } from './algorithms/judge.ts';
export { firstDifference } from './algorithms/difference.ts';
export type { Difference, DifferenceKind } from './algorithms/difference.ts';

// Moving through it
export {
  boundaries,
  GRANULARITIES,
  nextPosition,
  previousPosition,
  stepNumber,
  stepTo,
} from './positions.ts';
export type { Granularity, Step } from './positions.ts';
export { addressOf, positionOf } from './addresses.ts';
export type { Address } from './addresses.ts';

// Explaining it
export { explain } from './explanation.ts';
export type { Explanation, ExplainOptions, LedgerLine, Waiting } from './explanation.ts';
export type { Remark } from './remarks.ts';
export { chainRule } from './chain-rule.ts';
export type { ChainRule, ChainTerm } from './chain-rule.ts';
export { caption, lines, passSummary, remarkSentences, sentence } from './sentences.ts';
export { derivationMarkdown } from './derivation.ts';
export type { DerivationOptions } from './derivation.ts';

// Predicting it
export { PREDICTIONS } from './lessons/question.ts';
export type {
  Answer,
  Judgement,
  NodeQuestion,
  NumberQuestion,
  OrderReason,
  Prediction,
  Question,
  Reason,
  Slip,
} from './lessons/question.ts';
export { judge, questionAt } from './lessons/prediction.ts';

// Tree and graph
export { mergeAt, multiplicationsLeft, planFolds, standingCopies } from './lessons/tree-folds.ts';
export type { FoldedNode, FoldPlan, Merge } from './lessons/tree-folds.ts';
export { foldState, mergedCopies, standIn, TREE_NODES, unfoldTree } from './lessons/tree-unfolded.ts';
export type { FoldState, UnfoldedTree } from './lessons/tree-unfolded.ts';

// Written out
export { isPassedOver, namedGraphOf, weightLeaves } from './lessons/written-graph.ts';
export type { NamedGraph, NamedOptions } from './lessons/written-graph.ts';
export {
  FACTORS,
  FORMULAS,
  PRODUCTS,
  writeOut,
  writtenMultiplications,
  writtenStage,
} from './lessons/written-formulas.ts';
export type { Factor, Product, Written, WrittenFormula, WrittenStage } from './lessons/written-formulas.ts';

// The memo table, and its price
export {
  keepingOf,
  keepsVisitedSet,
  memoNodes,
  memoRow,
  memoStroke,
  readCount,
} from './lessons/memo-table.ts';
export type { Keeping, MemoRead, MemoRow, MemoStroke } from './lessons/memo-table.ts';
export {
  bestCheckpoints,
  CELL_BYTES,
  checkpointCost,
  mostCheckpoints,
  scheduleOf,
  tapeBytes,
} from './lessons/checkpoints.ts';
export type { CheckpointCost, Schedule, TapeBytes } from './lessons/checkpoints.ts';
export { checkpointedSweep } from './lessons/checkpoint-sweep.ts';
export type { CheckpointSweep } from './lessons/checkpoint-sweep.ts';

// What a run costs as its program grows
export { costOf, formulaOf, shapeOf } from './lessons/growth.ts';
export type { Shape, ShapeFormulas } from './lessons/growth.ts';
export {
  DOUBLING,
  FIBONACCI,
  fibonacciNumber,
  networkShape,
  networksOfWidth,
  recordNetwork,
} from './lessons/growth-families.ts';
export type { Family, Network } from './lessons/growth-families.ts';
export { seriesOf } from './lessons/series.ts';
