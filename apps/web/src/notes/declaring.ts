import type { Change } from '../state/history.ts';

/** Neurons per layer, inputs first. */
export type Sizes = readonly number[];

/** What the notes do not give numbers for: the inputs, and each layer's weights. */
export function missingNumbers(text: string, sizes: Sizes): readonly string[] {
  const names = ['x', ...sizes.slice(1).map((_, layer) => `W${layer + 1}`)];
  return names.filter((name) => !new RegExp(`(^|[\\s,;])${name}\\s*=`).test(text));
}

/** The change that writes declarations behind those of the network, or in a line of their own above everything. */
export function declaring(text: string, sizes: Sizes, parts: readonly string[]): Change {
  const head = sizes.join('-');
  const at = text.indexOf(head);
  if (at < 0) return { from: 0, to: 0, insert: `${[head, ...parts].join(', ')}\n` };
  const newline = text.indexOf('\n', at);
  const end = newline < 0 ? text.length : newline;
  return { from: end, to: end, insert: parts.map((part) => `, ${part}`).join('') };
}
