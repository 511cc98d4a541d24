import { page } from './page-de.ts';
import type { Messages } from './index.ts';

/** Every text that people read, in German. */
export const de: Messages = {
  language: {},
  trace: {},
  page,
  cli: {},
};
