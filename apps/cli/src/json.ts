/** A number as JSON: all its digits; what JSON has no number for is a string. */
export function jsonNumber(x: number): string {
  return Number.isFinite(x) ? JSON.stringify(x) : `"${x}"`;
}

/**
 * A JSON object from pairs. Written as text, because as a key of a JavaScript object a name like
 * `__proto__` would vanish.
 */
export function jsonObject(entries: Iterable<readonly [key: string, json: string]>): string {
  return `{${Array.from(entries, ([key, json]) => `${JSON.stringify(key)}:${json}`).join(',')}}`;
}
