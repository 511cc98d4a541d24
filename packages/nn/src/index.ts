// Networks as plain data
export type * from './spec/spec.ts';
export { ACTIVATIONS, GENERATED, INITIALIZERS, LOSSES, OPTIMIZERS, SCHEDULES } from './spec/spec.ts';
export { checkLoss, checkNetwork, MOST_PARAMETERS } from './spec/check.ts';
export { SpecError } from './spec/problem.ts';
export { layoutOf, parameterCount, parameterName, parameterPath, parameterPlace } from './spec/layout.ts';
export type { LayerLayout, ParameterPlace } from './spec/layout.ts';

// Random numbers that are the same on every machine
export { Generator } from './random/generator.ts';
export type { GeneratorState } from './random/generator.ts';

// Parameters
export { initialParameters } from './parameters/initial.ts';
export { ParametersError, parametersFromJson, parametersToJson } from './parameters/exchange.ts';

// Networks as recordings
export { recordExample, recordNetwork } from './record.ts';
export type { LayerNodes, NetworkNodes, ParameterSource, RecordedNetwork } from './record.ts';

// Modules
export { Module } from './modules/module.ts';
export type { Parameter } from './modules/module.ts';
export { Layer, Neuron } from './modules/layer.ts';
export type { LayerBlocks, LayerOptions } from './modules/layer.ts';
export { MLP, networkOf } from './modules/mlp.ts';
export type { MLPOptions, Placement } from './modules/mlp.ts';

// Losses
export { l1Penalty, l2Penalty, lossOf } from './losses/loss.ts';
export type { Loss } from './losses/loss.ts';
export { checkOutputs, confidences, encodeTarget, predictedClass } from './losses/targets.ts';
export { addPenaltyGradient, penaltyOf } from './losses/penalties.ts';

// Optimizers
export { Adam, Momentum, optimizerOf, SGD } from './optimizers/optimizer.ts';
export type { Optimizer, OptimizerState } from './optimizers/optimizer.ts';
export { rateAt } from './optimizers/schedule.ts';

// Data
export type { Dataset } from './data/dataset.ts';
export { generate } from './data/generate.ts';
export { inputInto } from './data/input.ts';
export { split } from './data/split.ts';
export type { Split } from './data/split.ts';

// Training
export { Trainer } from './training/trainer.ts';
export type { TrainerOptions } from './training/trainer.ts';
export type { TrainingEngine } from './training/replay.ts';
export type { EpochReport, Score, StepReport, TrainerStop } from './training/report.ts';
export { stateFromJson, stateToJson } from './training/state.ts';
export type { TrainerState } from './training/state.ts';
export { TrainingError } from './training/training-error.ts';

// Gradients explained
export { sensitivityRatio, WISH_SIZES, WISH_THRESHOLDS, wishSize } from './explain/words.ts';
export type { WishSize } from './explain/words.ts';
export { GradientSum, largestOf, orderedRows, wishTable } from './explain/wishes.ts';
export type { WishTable } from './explain/wishes.ts';
export { passWishes, waysToRaise } from './explain/ways.ts';
export type { PassedWishes, Ways } from './explain/ways.ts';
export {
  CAUSE_SHARE,
  chainCause,
  chainOf,
  chainVerdict,
  factorPerLayer,
  GRADIENT_CAUSES,
  GRADIENT_VERDICTS,
  sizesOf,
  steepest,
  VERDICT_FACTORS,
  verdictOf,
} from './explain/sizes.ts';
export type { ChainLayer, GradientCause, GradientVerdict, LayerSizes, Sizes } from './explain/sizes.ts';
export { FLAT_SLOPE, LayerActivity, NEARLY_DEAD, slopeOf, UNIT_STATES } from './explain/activity.ts';
export type { UnitActivity, UnitState } from './explain/activity.ts';
export { costTerms } from './explain/terms.ts';
export type { CostTerm, CostTerms } from './explain/terms.ts';
export { behaviourOf, BEHAVIOURS, descend, LEVEL, TOLERANCE } from './explain/descent.ts';
export type { Behaviour, DescentOptions, DescentStep, Landscape } from './explain/descent.ts';
export { GradientReplay } from './explain/replay.ts';
export { survey } from './explain/survey.ts';
export type { Survey } from './explain/survey.ts';
export { passOf } from './explain/pass.ts';
export type { ExamplePass, PassLayer } from './explain/pass.ts';
export { depthExperiment } from './explain/depth.ts';
export type { DepthResult, DepthSpec } from './explain/depth.ts';
export { bowl, counted, differenceGradient, exhaustiveSearch } from './explain/search.ts';
export type { Evaluations, Found } from './explain/search.ts';
