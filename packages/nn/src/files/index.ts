export type { Dataset } from '../data/dataset.ts';
export { CSV_LIMITS, datasetFromCsv } from './csv.ts';
export type { CsvOptions } from './csv.ts';
export { datasetFromIdx, isGzip } from './idx.ts';
export type { IdxNames } from './idx.ts';
export { DataError } from './problem.ts';
export type { DataProblem } from './problem.ts';
