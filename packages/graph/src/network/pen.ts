import { formatNumber } from '@backflow/print';
import { bandColor, css, intensity, LOOKS, signColor } from '../looks.ts';
import type { Look, Rgb, ThemeName } from '../looks.ts';
import { rect } from '../scene-primitive.ts';
import type { Anchor, Primitive, Weight } from '../scene-primitive.ts';
import { fitText, line } from '../scene-text.ts';
import type { Measure } from '../scene-text.ts';
import type { GradientState } from '../scene-moment.ts';
import type { Box } from '../scene-types.ts';
import type { Scene } from '../scene.ts';

/** What is said of the nodes of a network at a moment. */
export interface NetworkNumbers {
  readonly digits: number;
  readonly known: (node: number) => boolean;
  readonly value: (node: number) => number;
  readonly state: (node: number) => GradientState;
  /** What has arrived so far. */
  readonly gradient: (node: number) => number;
  /** Whether the last step has brought the value, or made the gradient final. */
  readonly fresh: (node: number) => 'forward' | 'backward' | null;
  /** A weight of a layer by its place, as it is right now: while the network trains the nodes stay behind. */
  readonly weight: (layer: number, place: number) => number;
  /** The size of the largest weight, and of the largest activation, of a layer. */
  readonly weightScale: (layer: number) => number;
  readonly activationScale: (layer: number) => number;
  /** The size of the largest gradient of a unit, and of a weight, in the finished run. */
  readonly scale: number;
  readonly slopeScale: number;
}

/** What an edge between two units shows. */
export type EdgeShade = 'weights' | 'gradients';

/** Something on a picture of a network that can be pointed at, selected, or opened. */
export interface NetworkItem {
  readonly id: string;
  readonly kind:
    | 'input'
    | 'image'
    | 'neuron'
    | 'layer'
    | 'more'
    | 'target'
    | 'loss'
    | 'term'
    | 'rest'
    | 'bias'
    | 'sum'
    | 'activation'
    | 'use'
    | 'weight'
    | 'operation';
  readonly box: Box;
  /** What is selected with it; −1 for nothing. */
  readonly node: number;
  /** Index of the layer, −1 for inputs; the number of layers for what comes after. */
  readonly layer: number;
  /** Unit of the layer, term of the sum; −1 for none. */
  readonly unit: number;
  /** The path of what it opens to; null for nothing. */
  readonly opens: readonly string[] | null;
  /** Which column of the picture it stands in. */
  readonly column: number;
  /** How many are not drawn, or what they sum to, as it is printed. */
  readonly text?: string;
}

/** An edge that stands for one weight. */
export interface NetworkLine {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  /** The nodes of the weight, and of the sum that it is part of. */
  readonly weight: number;
  readonly sum: number;
  readonly layer: number;
  readonly unit: number;
  readonly input: number;
  /** How strong it is shown, 0 to 1. */
  readonly strength: number;
}

/** Numbers as a field of little squares, row by row. `signed` ones are blue and orange, others from dark to bright. */
export interface NetworkHeat {
  readonly box: Box;
  readonly columns: number;
  readonly rows: number;
  readonly values: ArrayLike<number>;
  readonly signed: boolean;
  /** The numbers at no and at full brightness; of signed ones the size at full strength stands second. */
  readonly range: readonly [number, number];
}

/** A picture of a network: the primitives stand over the heat maps. */
export interface NetworkScene extends Scene {
  readonly items: readonly NetworkItem[];
  readonly lines: readonly NetworkLine[];
  readonly heats: readonly NetworkHeat[];
}

interface TextLooks {
  readonly size?: number;
  readonly weight?: Weight;
  readonly anchor?: Anchor;
  readonly color?: string;
  /** Longer texts are shortened. */
  readonly width?: number;
  readonly halo?: boolean;
}

/** Collects a picture of a network. */
export class NetworkPen {
  readonly out: Primitive[] = [];
  readonly items: NetworkItem[] = [];
  readonly lines: NetworkLine[] = [];
  readonly heats: NetworkHeat[] = [];
  readonly look: Look;
  readonly measure: Measure;
  readonly numbers: NetworkNumbers;
  readonly selected: number;

  constructor(theme: ThemeName, measure: Measure, numbers: NetworkNumbers, selected: number) {
    this.look = LOOKS[theme];
    this.measure = measure;
    this.numbers = numbers;
    this.selected = selected;
  }

  text(x: number, y: number, text: string, looks: TextLooks = {}): void {
    const { size = 13, weight = 400, anchor = 'start', color = this.look.ink, width = Infinity } = looks;
    const fit = fitText(text, width, size, Math.min(size, 9), weight, this.measure);
    if (fit !== null)
      this.out.push(
        line(x, y, fit, anchor, weight, color, looks.halo === true ? this.look.background : null),
      );
  }

  rect(box: Box, radius: number, looks: Parameters<typeof rect>[5]): void {
    this.out.push(rect(box.x, box.y, box.width, box.height, radius, looks));
  }

  /** A straight line. */
  line(
    x1: number,
    y1: number,
    x2: number,
    y2: number,
    color: string,
    lineWidth: number,
    dash: readonly number[] | null = null,
  ): void {
    this.out.push({
      kind: 'path',
      points: [x1, y1, x1, y1, x2, y2, x2, y2],
      color,
      lineWidth,
      dash,
    });
  }

  /** A curve that leaves and arrives level. */
  curve(
    x1: number,
    y1: number,
    x2: number,
    y2: number,
    color: string,
    lineWidth: number,
    dash: readonly number[] | null = null,
  ): void {
    const bend = (x2 - x1) / 2;
    this.out.push({
      kind: 'path',
      points: [x1, y1, x1 + bend, y1, x2 - bend, y2, x2, y2],
      color,
      lineWidth,
      dash,
    });
  }

  /** A curve that falls from one card to another. */
  fall(
    x1: number,
    y1: number,
    x2: number,
    y2: number,
    color: string,
    lineWidth: number,
    dash: readonly number[] | null = null,
  ): void {
    const bend = (y2 - y1) / 2;
    this.out.push({
      kind: 'path',
      points: [x1, y1, x1, y1 + bend, x2, y2 - bend, x2, y2],
      color,
      lineWidth,
      dash,
    });
  }

  number(x: number, most = Infinity): string {
    return formatNumber(x, { digits: Math.min(most, this.numbers.digits) });
  }

  /** The number of a node, or a dash while it is not known. */
  valueText(node: number, most = Infinity): string {
    return this.numbers.known(node) ? this.number(this.numbers.value(node), most) : '—';
  }

  /** The gradient of a node: a dash before anything has arrived, "7 + …" while more is to come. */
  gradientText(node: number, most = Infinity): string {
    switch (this.numbers.state(node)) {
      case 'none':
        return '—';
      case 'zero':
        return '0';
      case 'partial':
        return `${this.number(this.numbers.gradient(node), most)} + …`;
      case 'final':
        return this.number(this.numbers.gradient(node), most);
    }
  }

  /** Colour, width and dashes of a number as a line. Among many lines the small ones are fainter, so that the large are seen. */
  stroke(
    value: number,
    scale: number,
    among = 1,
  ): { color: string; width: number; dash: readonly number[] | null } {
    const share = intensity(value, scale) ** 2;
    const many = Math.max(0, Math.min(1, (among - 32) / 160));
    const strength = share ** (1 + 1.6 * many);
    const sign = value > 0 ? this.look.positive : value < 0 ? this.look.negative : null;
    return {
      color: sign === null ? this.look.deadEdge : clear(sign, 0.14 - 0.07 * many + 0.8 * strength),
      width: 0.5 + (3 - 0.7 * many) * strength,
      dash: value < 0 ? [5, 3] : null,
    };
  }

  /** The ring that shows a gradient: dotted before it is known, pale while partial, solid and as wide as it is large. */
  ring(box: Box, node: number, most: number, radius = Math.min(box.width, box.height) / 2): void {
    const { numbers, look } = this;
    const state = numbers.state(node);
    const gradient = numbers.gradient(node);
    if (state === 'none' || state === 'zero' || gradient === 0) {
      const open = state === 'none';
      this.rect(box, radius, { stroke: open ? look.border : look.muted, dash: open ? [2, 3] : null });
      return;
    }
    const lineWidth = 1.2 + (most - 1.2) * intensity(gradient, numbers.scale);
    this.rect(box, radius, {
      stroke: signColor(gradient, look, look.border),
      lineWidth: state === 'partial' ? 1.2 : lineWidth,
      dash: gradient < 0 ? [4, 2.4] : state === 'partial' ? [7, 3] : null,
    });
  }

  /** The fill that shows an activation: stripes where it is negative. */
  fill(node: number, scale: number): { fill: string; hatch: string | null } {
    const { numbers, look } = this;
    if (!numbers.known(node)) return { fill: css(look.card), hatch: null };
    const value = numbers.value(node);
    return { fill: bandColor(value, scale, look), hatch: value < 0 ? look.negativeHatch : null };
  }

  /** What lies under something that the last step has reached. */
  glow(box: Box, radius: number, way: 'forward' | 'backward', filled = true): void {
    this.rect(grown(box, 4), radius + 4, {
      fill: filled ? this.look.activeGlow : null,
      stroke: this.look.active,
      lineWidth: 1.5,
      dash: way === 'backward' ? [7, 3] : null,
    });
  }

  frame(box: Box, radius: number): void {
    this.rect(grown(box, 3), radius + 3, { stroke: this.look.selected, lineWidth: 2 });
  }

  scene(width: number, height: number): NetworkScene {
    return {
      width,
      height,
      background: this.look.background,
      opacity: 1,
      primitives: this.out,
      numbers: [],
      items: this.items,
      lines: this.lines,
      heats: this.heats,
    };
  }
}

function grown({ x, y, width, height }: Box, by: number): Box {
  return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by };
}

/** A colour that lets through what is below it. */
export function clear([red, green, blue]: Rgb, share: number): string {
  return `rgba(${Math.round(red)},${Math.round(green)},${Math.round(blue)},${share.toFixed(3)})`;
}
