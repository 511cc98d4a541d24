import type { LineRole } from '@backflow/messages';
import type { Span } from '../span.ts';
import type { NetworkLine } from './line.ts';

/** Where everything in network lines stands: the `spans` of a `NetworkDocument`. */
export function spansOf(
  lines: ReadonlyMap<LineRole, NetworkLine>,
  example: Span | null,
): ReadonlyMap<string, Span> {
  const spans = new Map<string, Span>();
  for (const [role, { from, to, word, arguments: values, options, end }] of lines) {
    spans.set(role, { from, to });
    const files = word === 'csv' || word === 'images';
    for (const [i, value] of values.entries()) {
      const name = role === 'net' ? `sizes.${i}` : files ? `files.${i}` : 'count';
      spans.set(`${role}.${name}`, { from: value.from, to: value.to });
    }
    for (const [option, value] of options) {
      spans.set(`${role}.${option}`, { from: value.from, to: value.to });
    }
    spans.set(`${role}.end`, { from: end, to: end });
  }
  if (example !== null) spans.set('example', example);
  return spans;
}
