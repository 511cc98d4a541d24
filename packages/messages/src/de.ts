import { graph } from './graph-de.ts';
import { language } from './language-de.ts';
import { page } from './page-de.ts';
import { trace } from './trace-de.ts';
import type { Messages } from './index.ts';

/** Every text that people read, in German. */
export const de: Messages = {
  language,
  trace,
  graph,
  page,
};
