export type * from './spec/spec.ts';
export type { Dataset } from './data/dataset.ts';
