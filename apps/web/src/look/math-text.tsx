import type { JSX } from 'preact';

/** An index stands behind something: the marks around `__proto__` are its own. */
const INDEX = /(?<=[\p{L}\p{N}\p{M})′}])([_^])(\{[^{}]+\}|[\p{L}\p{N}]+(?:_[\p{L}\p{N}]+)*)/gu;

/**
 * A line of text with its indices lowered and raised: `E_total` reads E with a small "total" below. The marks
 * stay in the text for screen readers and for copying.
 */
export function MathText({ text }: { text: string }): JSX.Element {
  const parts: (string | JSX.Element)[] = [];
  let at = 0;
  for (const found of text.matchAll(INDEX)) {
    const [whole, mark, index] = found as unknown as [string, string, string];
    parts.push(text.slice(at, found.index), <span class="hidden-mark">{mark}</span>);
    const shown = index.startsWith('{') ? index.slice(1, -1) : index;
    parts.push(mark === '_' ? <sub>{shown}</sub> : <sup>{shown}</sup>);
    at = found.index + whole.length;
  }
  parts.push(text.slice(at));
  return <>{parts}</>;
}
