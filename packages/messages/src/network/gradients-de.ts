import type { gradientsEn } from './gradients-en.ts';

export const gradientsDe: typeof gradientsEn = {};
