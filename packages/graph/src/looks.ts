/** A colour as [red, green, blue], 0 to 255. */
export type Rgb = readonly [number, number, number];

/** The colours of one theme. Blue is positive, orange is negative; activity is violet, neither of the two. */
export interface Look {
  readonly background: string;
  readonly card: Rgb;
  readonly border: string;
  readonly ink: string;
  readonly muted: string;
  /** Symbol chips and the frame of what is not reached yet. */
  readonly chip: string;
  readonly edge: string;
  readonly deadEdge: string;
  /** Text, lines and frames of a sign. */
  readonly positive: Rgb;
  readonly negative: Rgb;
  /** The fill of a gradient's band, at no and at full magnitude. */
  readonly positiveBand: readonly [Rgb, Rgb];
  readonly negativeBand: readonly [Rgb, Rgb];
  readonly negativeHatch: string;
  readonly zeroBand: string;
  readonly active: string;
  /** What the active edge and card are underlaid with. */
  readonly activeGlow: string;
  readonly selected: string;
  readonly chipOver: string;
  readonly chipOverInk: string;
}

export type ThemeName = 'light' | 'dark' | 'print';

const LIGHT: Look = {
  background: '#fbfbfc',
  card: [255, 255, 255],
  border: '#b3bccb',
  ink: '#18202c',
  muted: '#566070',
  chip: '#e6e9ef',
  edge: '#8791a3',
  deadEdge: '#b9c0cc',
  positive: [26, 92, 191],
  negative: [176, 70, 0],
  positiveBand: [
    [238, 244, 253],
    [158, 196, 245],
  ],
  negativeBand: [
    [254, 245, 236],
    [250, 203, 158],
  ],
  negativeHatch: 'rgba(214,98,16,0.36)',
  zeroBand: '#eceff3',
  active: '#5b2bd0',
  activeGlow: 'rgba(120,80,235,0.20)',
  selected: '#18202c',
  chipOver: '#18202c',
  chipOverInk: '#ffffff',
};

const DARK: Look = {
  background: '#14171d',
  card: [31, 36, 45],
  border: '#4a5566',
  ink: '#eaeef4',
  muted: '#a6b0bf',
  chip: '#38414f',
  edge: '#7f8a9c',
  deadEdge: '#4b5463',
  positive: [126, 178, 255],
  negative: [255, 172, 104],
  positiveBand: [
    [33, 44, 62],
    [32, 82, 150],
  ],
  negativeBand: [
    [54, 42, 33],
    [124, 70, 22],
  ],
  negativeHatch: 'rgba(255,172,104,0.26)',
  zeroBand: '#2a313c',
  active: '#bda3ff',
  activeGlow: 'rgba(170,140,255,0.24)',
  selected: '#ffffff',
  chipOver: '#f1f4f9',
  chipOverInk: '#14171d',
};

/** For paper: white, black lines, and stripes that survive a photocopier. */
const PRINT: Look = {
  ...LIGHT,
  background: '#ffffff',
  border: '#6b7280',
  ink: '#000000',
  muted: '#3d4450',
  edge: '#5b6472',
  negativeHatch: 'rgba(150,60,0,0.5)',
};

export const LOOKS: Readonly<Record<ThemeName, Look>> = { light: LIGHT, dark: DARK, print: PRINT };

export function css(color: Rgb): string {
  return `rgb(${Math.round(color[0])},${Math.round(color[1])},${Math.round(color[2])})`;
}

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  return [
    from[0] + (to[0] - from[0]) * share,
    from[1] + (to[1] - from[1]) * share,
    from[2] + (to[2] - from[2]) * share,
  ];
}

/** How strong a number is shown, 0 to 1: the square root of its share of the scale, so that small ones stay visible. */
export function intensity(value: number, scale: number): number {
  if (Number.isNaN(value) || value === 0) return 0;
  if (!Number.isFinite(value)) return 1;
  return scale > 0 ? Math.sqrt(Math.min(1, Math.abs(value) / scale)) : 1;
}

/** Frame, text and line colour of a number's sign; `neutral` for zero and NaN. */
export function signColor(value: number, look: Look, neutral: string): string {
  return value > 0 ? css(look.positive) : value < 0 ? css(look.negative) : neutral;
}

/** The fill of a band that shows a gradient. */
export function bandColor(value: number, scale: number, look: Look): string {
  if (!(value > 0) && !(value < 0)) return look.zeroBand;
  const [faint, strong] = value > 0 ? look.positiveBand : look.negativeBand;
  return css(mix(faint, strong, intensity(value, scale)));
}
