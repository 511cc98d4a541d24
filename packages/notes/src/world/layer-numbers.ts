import type { NameReading } from './readings.ts';

/** How many layers lie below the last where layers are called L, L-1, …; null where they are not. */
export function symbolicDepth(names: ReadonlyMap<string, number>): number | null {
  let depth: number | null = null;
  for (const name of names.keys()) {
    const match = /\^[{(]*L(?:[-−](\d{1,3}))?[)}]*/u.exec(name);
    if (match !== null) depth = Math.max(depth ?? 0, Number(match[1] ?? 0));
  }
  return depth;
}

/** The same readings with numbers for L, L-1, … besides: the lowest layer is 0. */
export function withNumberedLayers(
  readings: readonly NameReading[],
  depth: number | null,
): readonly NameReading[] {
  if (depth === null) return readings;
  return readings.flatMap((reading) => {
    const match = /^L([+-]\d+)?$/.exec(reading.layer);
    const layer = match === null ? -1 : depth + Number(match[1] ?? 0);
    return layer < 0 ? [reading] : [reading, { ...reading, layer: String(layer), rank: reading.rank + 1 }];
  });
}
