import type { Extension } from '../extension.ts';
import { NetworkReading } from './reading.ts';
import type { NetworkOptions } from './reading.ts';

// Network lines in programs
export type { Extension } from '../extension.ts';
export type { NetworkDocument } from './document.ts';
export type { NetworkOptions } from './reading.ts';
export { exampleOf } from './example.ts';
export type { DocumentExample } from './example.ts';
export { LINE_WORDS, standardCount } from './words.ts';
export type { LineWord, OptionRange } from './words.ts';

/**
 * What reads network lines (docs/networks.md): give it to `compile` as its `extension`. One can serve many texts. Data with a
 * name are made from their seed; those from files are the `example`'s to give.
 */
export function networks(options: NetworkOptions = {}): Extension {
  return { read: (text, reporter, limits) => new NetworkReading(text, reporter, limits, options) };
}
