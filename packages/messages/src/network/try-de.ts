import type { tryEn } from './try-en.ts';

export const tryDe: typeof tryEn = {};
