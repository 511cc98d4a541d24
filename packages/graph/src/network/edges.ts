import { intensity } from '../looks.ts';
import type { Look } from '../looks.ts';
import { unitBox } from './columns.ts';
import type { ColumnOptions, NetworkColumn } from './columns.ts';
import { belowOf, inputsOf } from './parts.ts';
import type { NetworkParts } from './parts.ts';
import { clear } from './pen.ts';
import type { EdgeShade, NetworkNumbers, NetworkPen } from './pen.ts';
import { rankTerms, TERMS_MOST } from './terms.ts';

export interface EdgeOptions {
  readonly picture: ColumnOptions['picture'];
  readonly numbers: NetworkNumbers;
  readonly shade: EdgeShade;
  readonly selected: number;
  /** The unit whose edges are told from the others. */
  readonly hovered: { readonly layer: number; readonly unit: number } | null;
}

/** The node of a unit: of the last layer z where only that is differentiated. */
export function unitNode(parts: NetworkParts, layer: number, unit: number, numbers: NetworkNumbers): number {
  if (layer < 0) return parts.inputs[unit];
  const { a, z } = parts.layers[layer];
  const last = layer === parts.layers.length - 1;
  return last && numbers.state(a[unit]) === 'zero' ? z[unit] : a[unit];
}

/** Draws the edges between two columns. */
export function drawEdges(
  pen: NetworkPen,
  parts: NetworkParts,
  left: NetworkColumn,
  right: NetworkColumn,
  options: EdgeOptions,
): void {
  if (right.kind === 'targets') return drawWires(pen, left, right);
  if (right.kind === 'loss')
    return left.kind === 'targets' ? drawWires(pen, left, right, true) : drawWires(pen, left, right);
  if (right.kind !== 'units') return;
  if (left.kind === 'image') return drawBundles(pen, parts, left, right, options);
  const { numbers, hovered, shade } = options;
  const { layer } = right;
  const { weights } = parts.layers[layer];
  const inputs = inputsOf(parts, layer);
  const shown: { input: number; unit: number; value: number; share: number; place: number }[] = [];
  const scale = shade === 'weights' ? numbers.weightScale(layer) : numbers.slopeScale;
  for (let unit = right.page.from; unit < right.page.to; unit++) {
    for (let input = left.page.from; input < left.page.to; input++) {
      const place = unit * inputs + input;
      const node = weights[place];
      const value =
        shade === 'weights'
          ? numbers.weight(layer, place)
          : numbers.state(node) === 'final'
            ? numbers.gradient(node)
            : NaN;
      shown.push({ input, unit, value, share: intensity(value, scale), place });
    }
  }
  // The strong ones on top.
  shown.sort((a, b) => a.share - b.share || a.place - b.place);
  const touches = (input: number, unit: number): boolean =>
    hovered === null ||
    (hovered.layer === layer && hovered.unit === unit) ||
    (hovered.layer === layer - 1 && hovered.unit === input);
  const concerned = hovered !== null && (hovered.layer === layer || hovered.layer === layer - 1);
  for (const { input, unit, value, share, place } of shown) {
    const from = unitBox(left, input - left.page.from);
    const to = unitBox(right, unit - right.page.from);
    const [x1, y1, x2, y2] = [from.x + from.width, from.y + from.height / 2, to.x, to.y + to.height / 2];
    const node = weights[place];
    const fresh = numbers.fresh(node);
    const { color, width, dash } = pen.stroke(value, scale, shown.length);
    const faint = concerned && !touches(input, unit);
    if (fresh === 'backward' && !faint) pen.line(x1, y1, x2, y2, pen.look.activeGlow, width + 4);
    if (node === options.selected) pen.line(x1, y1, x2, y2, pen.look.selected, width + 4);
    pen.line(x1, y1, x2, y2, faint ? pale(pen.look) : color, faint ? 0.5 : width, dash);
    const sum = parts.layers[layer].z[unit];
    pen.lines.push({ x1, y1, x2, y2, weight: node, sum, layer, unit, input, strength: share });
  }
}

/** Sixteen of them lie over each other. */
const FRESH = 'rgba(130,90,240,0.075)';

const pale = (look: Look): string => look.chip;

/** Thin neutral lines from outputs to what is wanted, and on to the loss. */
function drawWires(pen: NetworkPen, left: NetworkColumn, right: NetworkColumn, many = false): void {
  const rows = left.page.to - left.page.from;
  for (let at = 0; at < rows; at++) {
    const from = unitBox(left, at);
    const to = unitBox(
      right,
      many || right.kind === 'loss' ? 0 : Math.min(at, right.page.to - right.page.from - 1),
    );
    const x1 = from.x + from.width;
    const y1 = left.kind === 'targets' ? left.top + at * left.row : from.y + from.height / 2;
    const y2 = right.kind === 'targets' ? right.top + at * right.row : to.y + to.height / 2;
    pen.curve(x1, y1, to.x, y2, pen.look.deadEdge, 1);
  }
}

/** From a picture: one bundle to each unit, and for the unit that is pointed at or selected its largest terms one by one. */
function drawBundles(
  pen: NetworkPen,
  parts: NetworkParts,
  left: NetworkColumn,
  right: NetworkColumn,
  { hovered, numbers, picture, selected, shade }: EdgeOptions,
): void {
  const { layer } = right;
  const image = unitBox(left, 0);
  const { a, z, weights } = parts.layers[layer];
  for (let unit = right.page.from; unit < right.page.to; unit++) {
    const to = unitBox(right, unit - right.page.from);
    const y = to.y + to.height / 2;
    const chosen =
      (hovered !== null && hovered.layer === layer && hovered.unit === unit) ||
      selected === a[unit] ||
      selected === z[unit];
    const fresh = numbers.fresh(z[unit]);
    pen.out.push({
      kind: 'polygon',
      points: [image.x + image.width, image.y, to.x, y, image.x + image.width, image.y + image.height],
      fill: fresh === null ? clear([128, 136, 150], 0.055) : FRESH,
      stroke: null,
    });
    if (!chosen || picture === null) continue;
    const inputs = inputsOf(parts, layer);
    const own = Float64Array.from({ length: inputs }, (_, k) => numbers.weight(layer, unit * inputs + k));
    const below = Float64Array.from(belowOf(parts, layer), (node) => numbers.value(node));
    const { order } = rankTerms(own, below);
    for (let at = Math.min(TERMS_MOST, inputs) - 1; at >= 0; at--) {
      const k = order[at];
      const node = weights[unit * inputs + k];
      const value = shade === 'weights' ? own[k] : numbers.gradient(node);
      const { color, width, dash } = pen.stroke(
        value,
        shade === 'weights' ? numbers.weightScale(layer) : numbers.slopeScale,
      );
      const x1 = image.x + ((k % picture.width) + 0.5) * (image.width / picture.width);
      const y1 = image.y + (Math.floor(k / picture.width) + 0.5) * (image.height / picture.height);
      pen.line(x1, y1, to.x, y, color, Math.max(1, width), dash);
      const strength = 1;
      pen.lines.push({
        x1,
        y1,
        x2: to.x,
        y2: y,
        weight: node,
        sum: z[unit],
        layer,
        unit,
        input: k,
        strength,
      });
    }
  }
}
