/** What may stand where something else stood. */
const STRANGERS: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  1,
  2,
  3,
  0.5,
  -2,
  255,
  1e9,
  2 ** 31,
  -(2 ** 31),
  1e300,
  'NaN',
  '-0',
  'Infinity',
  '',
  '__proto__',
  'mul',
  [],
  [0],
  [0, 'x'],
  {},
];

/** A copy of plain data with one thing changed: replaced, left out, repeated, or exchanged with its neighbour. */
export function corrupted(data: object, random: () => number): unknown {
  const copy = JSON.parse(JSON.stringify(data)) as object;
  const pick = (length: number): number => Math.floor(random() * length);
  let at: object = copy;
  for (;;) {
    const keys = Object.keys(at);
    const key = keys[pick(keys.length)];
    const found: unknown = Reflect.get(at, key);
    if (typeof found === 'object' && found !== null && Object.keys(found).length > 0 && random() < 0.85) {
      at = found;
      continue;
    }
    const kind = pick(6);
    if (kind === 0 && Array.isArray(at)) at.splice(Number(key), 1);
    else if (kind === 0) Reflect.deleteProperty(at, key);
    else if (kind === 1 && Array.isArray(at)) at.splice(Number(key), 0, found);
    else if (kind === 2 && Array.isArray(at)) at.reverse();
    else if (kind === 3 && typeof found === 'number') Reflect.set(at, key, found + (random() < 0.5 ? 1 : -1));
    else Reflect.set(at, key, STRANGERS[pick(STRANGERS.length)]);
    return copy;
  }
}

/** The text with one to three characters changed. */
export function corruptedText(text: string, random: () => number): string {
  let changed = text;
  for (let left = 1 + Math.floor(random() * 3); left > 0; left--) {
    const at = Math.floor(random() * changed.length);
    const other = random() < 0.3 ? '' : '0123456789-,[]"e.{}:x'[Math.floor(random() * 21)];
    changed = changed.slice(0, at) + other + changed.slice(at + (random() < 0.3 ? 0 : 1));
  }
  return changed;
}
