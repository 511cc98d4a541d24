import type { Network } from '@backflow/trace';

/** Reads digits of handwriting, 28 by 28 points each. */
export const DIGITS: Network = { widths: [784, 16, 16, 10], square: 'pow' };
