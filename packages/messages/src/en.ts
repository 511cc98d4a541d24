import { graph } from './graph-en.ts';
import { language } from './language-en.ts';
import { page } from './page-en.ts';
import { trace } from './trace-en.ts';
/** Every text that people read, in English. Each room reads its own section. */
export const en = {
  language,
  trace,
  graph,
  page,
};
