import type { pictureEn } from './picture-en.ts';

export const pictureDe: typeof pictureEn = {};
