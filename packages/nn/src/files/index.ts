export type { Dataset } from '../data/dataset.ts';
