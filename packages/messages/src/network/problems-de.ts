import type { problemsEn } from './problems-en.ts';

export const problemsDe: typeof problemsEn = {};
