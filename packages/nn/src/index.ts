export type * from './spec/spec.ts';
export type { Dataset } from './data/dataset.ts';

// Training
export type { EpochReport, Score, StepReport, TrainerStop } from './training/report.ts';
export { TrainingError } from './training/training-error.ts';
