import type { EpochReport } from '@backflow/nn';

/** One quantity over the epochs, on examples that are trained on or kept. */
export interface CurveLine {
  readonly id: 'train' | 'validation';
  readonly of: (report: EpochReport) => number | null;
}

export const LOSS_LINES: readonly CurveLine[] = [
  { id: 'train', of: ({ loss }) => loss },
  { id: 'validation', of: ({ validationLoss }) => validationLoss },
];
export const ACCURACY_LINES: readonly CurveLine[] = [
  { id: 'train', of: ({ accuracy }) => accuracy },
  { id: 'validation', of: ({ validationAccuracy }) => validationAccuracy },
];

/** Those of the lines that have a number anywhere. */
export function present(lines: readonly CurveLine[], reports: readonly EpochReport[]): readonly CurveLine[] {
  return lines.filter(({ of }) => reports.some((report) => of(report) !== null));
}

/** How numbers stand on the axis: as they are, or by their powers of ten; what has none then stands nowhere. */
export function heightOf(value: number | null, log: boolean): number {
  if (value === null || !Number.isFinite(value)) return NaN;
  return log ? (value > 0 ? Math.log10(value) : NaN) : value;
}

/** At most so many reports, the first and the last among them, evenly spaced, and how far apart. */
export function thinned<T>(
  list: readonly T[],
  most: number,
): { readonly every: number; readonly kept: readonly T[] } {
  const every = Math.max(1, Math.ceil((list.length - 1) / Math.max(1, most - 1)));
  return { every, kept: list.filter((_, index) => index % every === 0 || index === list.length - 1) };
}
