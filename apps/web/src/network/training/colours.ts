export type Rgb = readonly [number, number, number];

/** What canvases are painted with; the signs are those of the graph. */
export interface Palette {
  readonly paper: Rgb;
  readonly ink: string;
  readonly muted: string;
  readonly rule: string;
  readonly positive: Rgb;
  readonly negative: Rgb;
  readonly stripe: string;
  readonly classes: readonly Rgb[];
}

/** Classes where there are more than two: none of them is the blue or the orange of a sign. */
const LIGHT_CLASSES: readonly Rgb[] = [
  [109, 63, 190],
  [20, 128, 110],
  [176, 130, 0],
  [178, 40, 110],
  [84, 96, 112],
  [64, 130, 20],
  [140, 90, 60],
  [40, 60, 150],
  [200, 90, 150],
  [30, 140, 170],
];
const DARK_CLASSES: readonly Rgb[] = [
  [183, 155, 255],
  [92, 207, 184],
  [232, 196, 90],
  [250, 140, 190],
  [170, 182, 198],
  [160, 214, 110],
  [214, 170, 136],
  [140, 160, 250],
  [255, 190, 220],
  [120, 210, 232],
];

const LIGHT: Palette = {
  paper: [255, 255, 255],
  ink: '#18202c',
  muted: '#566070',
  rule: '#d5dae2',
  positive: [26, 92, 191],
  negative: [176, 70, 0],
  stripe: 'rgba(120,48,0,0.34)',
  classes: LIGHT_CLASSES,
};
const DARK: Palette = {
  paper: [27, 32, 40],
  ink: '#eaeef4',
  muted: '#a6b0bf',
  rule: '#343c49',
  positive: [126, 178, 255],
  negative: [255, 172, 104],
  stripe: 'rgba(20,10,0,0.42)',
  classes: DARK_CLASSES,
};

export const paletteOf = (dark: boolean): Palette => (dark ? DARK : LIGHT);

/** The colours of the classes: two are the two signs of one output, more have their own. */
export function classColour(palette: Palette, of: number, classes: number): Rgb {
  if (classes === 2) return of === 1 ? palette.positive : palette.negative;
  return palette.classes[of % palette.classes.length];
}

export function mixed(from: Rgb, to: Rgb, share: number): Rgb {
  const part = (at: 0 | 1 | 2): number => Math.round(from[at] + (to[at] - from[at]) * share);
  return [part(0), part(1), part(2)];
}

export const css = ([red, green, blue]: Rgb): string => `rgb(${red} ${green} ${blue})`;

/** The colour of a number by its sign and its share of the largest. */
export function signColour(palette: Palette, share: number): Rgb {
  if (!Number.isFinite(share)) return palette.paper;
  return mixed(
    palette.paper,
    share < 0 ? palette.negative : palette.positive,
    Math.min(1, Math.sqrt(Math.abs(share))) * 0.92,
  );
}

/** Diagonal stripes over a field, the second mark of a minus: true where one goes. */
export const striped = (x: number, y: number, every = 7): boolean => (x + y) % every < 2;

/** Levels of a tint. */
export const LEVELS = 64;

export const levelOf = (share: number): number =>
  Math.round(Math.max(0, Math.min(1, share || 0)) * (LEVELS - 1));

/** A colour as the pixels of a picture have it, red first in memory. */
export const packed = ([red, green, blue]: Rgb): number =>
  ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;

/** Tints from the faintest to the strongest, plain and, behind them, as they are on a stripe. */
export function tints(palette: Palette, of: (level: number) => Rgb): Uint32Array {
  return Uint32Array.from({ length: 2 * LEVELS }, (_, at) => {
    const colour = of((at % LEVELS) / (LEVELS - 1));
    return packed(at < LEVELS ? colour : mixed(colour, palette.paper, 0.45));
  });
}
