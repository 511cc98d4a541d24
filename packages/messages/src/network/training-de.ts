import type { trainingEn } from './training-en.ts';

export const trainingDe: typeof trainingEn = {};
