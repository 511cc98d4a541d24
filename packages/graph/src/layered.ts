import { assignY } from './coordinates.ts';
import { assignLayers } from './layers.ts';
import type { Anchors, Bounds, Layout, LayoutInput, LayoutOptions, Pane } from './layout.ts';
import { orderAsBefore, orderColumns } from './order.ts';
import { properGraph } from './proper.ts';
import { placePorts, routeEdges } from './routes.ts';
import { breakColumns, edgesThrough, formerRowEnds, openRows, setFrame } from './rows.ts';
import { components, stack, subgraph } from './components.ts';

export const DEFAULT_SPACING = { gapX: 44, gapY: 14, wire: 12 };

/** Up to this many nodes several drawings are made and the best is kept. */
const CHOOSE_UP_TO = 400;

/**
 * A layered drawing: columns from left to right, inputs before their consumers, leaves right before their
 * first consumer, edges around foreign cards. Positions depend on structure and sizes alone, and the same
 * input gives the same drawing. Parts without a connection stand below each other.
 *
 * Time grows about linearly; to 40,000 nodes and beyond the stages become simpler with size. Memory is
 * O(edges): where long edges would need too many dummies they are drawn as single curves.
 *
 * @throws RangeError if an input does not come before its consumer
 */
export function layered(input: LayoutInput, options: LayoutOptions = {}): Layout {
  for (let v = 0; v < input.count; v++) {
    for (let e = input.inputStart[v]; e < input.inputStart[v + 1]; e++) {
      if (input.inputs[e] >= 0 && input.inputs[e] < v) continue;
      throw new RangeError(`layered: node ${v} has input ${input.inputs[e]}; expected a node before it`);
    }
  }
  const spacing = {
    gapX: options.gapX ?? DEFAULT_SPACING.gapX,
    gapY: options.gapY ?? DEFAULT_SPACING.gapY,
    wire: options.wire ?? DEFAULT_SPACING.wire,
  };
  const parts = components(input);
  const previous = options.previous ?? null;
  if (parts.length === 1 || input.count === 0) {
    const layout = chooseDrawing(input, spacing, options.pane ?? null, previous);
    return previous ? meet(layout, previous) : layout;
  }
  const drawn = parts.map((nodes) => {
    const part = subgraph(input, nodes, previous);
    return { part, layout: chooseDrawing(part.input, spacing, options.pane ?? null, part.previous) };
  });
  const layout = stack(input, drawn, spacing, options.pane ?? null);
  return previous ? meet(layout, previous) : layout;
}

/** The scale at which a layout just fits an area with some margin; at most `most`. */
export function fitScale(
  layout: { readonly bounds: Bounds },
  width: number,
  height: number,
  most = Infinity,
  margin = 0,
): number {
  const { left, top, right, bottom } = layout.bounds;
  const across = (width - 2 * margin) / Math.max(1e-9, right - left);
  const down = (height - 2 * margin) / Math.max(1e-9, bottom - top);
  return Math.max(0, Math.min(across, down, most));
}

interface Spacing {
  readonly gapX: number;
  readonly gapY: number;
  readonly wire: number;
}

/** Draws a connected graph in the ways that are worth trying, and keeps the best. */
function chooseDrawing(
  input: LayoutInput,
  spacing: Spacing,
  pane: Pane | null,
  previous: Anchors | null,
): Layout {
  const close = new Int32Array(input.inputs.length).fill(1);
  const lengths: Int32Array[] = [close];
  if (input.count <= CHOOSE_UP_TO) {
    const apart = sharedInputsApart(input);
    if (apart) lengths.push(apart);
  }
  let best: Layout | null = null;
  let bestScore = -Infinity;
  const consider = (layout: Layout): Layout => {
    const score = judge(layout, pane, previous, input);
    if (score > bestScore) {
      bestScore = score;
      best = layout;
    }
    return layout;
  };
  const layerBefore = previous?.layer;
  const former = previous && layerBefore ? { layer: layerBefore, known: previous.known } : null;
  // With a previous drawing both its order and a new one are tried.
  const orders = previous ? [true, false] : [false];
  for (const length of lengths) {
    const layer = assignLayers(input, length, former);
    const uncut = new Uint8Array(countLayers(layer));
    const ways = rowEnds(input, layer, spacing, pane);
    if (pane && previous?.row) {
      const cut = formerRowEnds(layer, uncut.length, { row: previous.row, known: previous.known });
      if (cut.includes(1)) ways.unshift({ cut, rows: 1, scale: Infinity });
    }
    if (input.count > CHOOSE_UP_TO) {
      // One drawing, by estimate.
      const cut = ways.length > 0 ? ways[0].cut : uncut;
      const open = cut.includes(1) ? openRows(input, layer, cut) : { layer, cut };
      return draw(input, open.layer, open.cut, spacing, previous, previous !== null, 0);
    }
    let goal = 0;
    for (const asBefore of orders) {
      goal = consider(draw(input, layer, uncut, spacing, previous, asBefore, goal)).crossings;
    }
    for (const way of ways) {
      // The estimate of the scale is a little too high at best, hardly ever too low.
      if (scoreOf(1.15 * way.scale, pane, way.rows, goal) <= bestScore) continue;
      const open = openRows(input, layer, way.cut);
      for (const asBefore of orders) {
        consider(draw(input, open.layer, open.cut, spacing, previous, asBefore, goal));
      }
    }
  }
  return best!;
}

function countLayers(layer: Int32Array): number {
  let layers = 0;
  for (let v = 0; v < layer.length; v++) layers = Math.max(layers, layer[v] + 1);
  return layers;
}

/**
 * Edge lengths that leave a column for the single-use leaves of an operation between it and its shared
 * inputs, so that those pass between the leaves rather than around them. Null where there is no such pair.
 */
function sharedInputsApart(input: LayoutInput): Int32Array | null {
  const { count, inputStart, inputs } = input;
  const uses = new Int32Array(count);
  for (let e = 0; e < inputs.length; e++) uses[inputs[e]]++;
  const length = new Int32Array(inputs.length).fill(1);
  let any = false;
  for (let v = 0; v < count; v++) {
    let twigs = 0;
    for (let e = inputStart[v]; e < inputStart[v + 1]; e++) {
      const u = inputs[e];
      if (uses[u] === 1 && inputStart[u] === inputStart[u + 1]) twigs++;
    }
    if (twigs === 0) continue;
    for (let e = inputStart[v]; e < inputStart[v + 1]; e++) {
      if (uses[inputs[e]] < 2) continue;
      length[e] = 2;
      any = true;
    }
  }
  return any ? length : null;
}

interface Way {
  readonly cut: Uint8Array;
  readonly rows: number;
  /** The scale that the drawing may reach on the pane. */
  readonly scale: number;
}

/** The ways to break the columns of a long graph into rows that are worth drawing; most promising first. */
function rowEnds(input: LayoutInput, layer: Int32Array, spacing: Spacing, pane: Pane | null): Way[] {
  const layers = countLayers(layer);
  if (!pane || layers < 4) return [];
  const width = new Float64Array(layers).fill(spacing.gapX);
  const tall = new Float64Array(layers);
  for (let v = 0; v < input.count; v++) {
    width[layer[v]] = Math.max(width[layer[v]], input.width[v] + spacing.gapX);
    tall[layer[v]] += input.height[v] + spacing.gapY;
  }
  const total = width.reduce((sum, w) => sum + w, 0);
  if (total * (pane.enough ?? 1) <= pane.width) return [];
  const highest = tall.reduce((most, h) => Math.max(most, h), 0);
  const through = edgesThrough(input, layer, false);
  // With r rows the width shrinks by r and the height grows by r: nothing is gained far beyond balance.
  const balanced = Math.sqrt((total / pane.width) * (pane.height / highest));
  const few = input.count <= CHOOSE_UP_TO;
  const ways = new Map<string, Way>();
  const share = tall.map((h) => h / pane.height);
  for (
    let rows = few ? 2 : Math.max(2, Math.floor(balanced));
    rows <= Math.ceil(balanced) + 1 && rows <= layers / 2;
    rows++
  ) {
    for (const slack of few ? [1.02, 1.12, 1.3] : [1.1]) {
      const cut = breakColumns(width, share, through, (slack * total) / rows);
      const key = cut.join('');
      if (!cut.includes(1) || ways.has(key)) continue;
      let wide = 0;
      let high = 0;
      let broken = 1;
      for (let column = 0, across = 0, tallest = 0; column < layers; column++) {
        across += width[column];
        tallest = Math.max(tallest, tall[column]);
        if (column < layers - 1 && !cut[column]) continue;
        broken += cut[column];
        wide = Math.max(wide, across);
        high += tallest + spacing.wire * (through[column] + 1);
        across = tallest = 0;
      }
      ways.set(key, { cut, rows: broken, scale: Math.min(pane.width / wide, pane.height / high) });
    }
    if (!few && ways.size > 1) break;
  }
  const unbroken = Math.min(pane.width / total, pane.height / highest);
  const gain = (way: Way): number => scoreOf(way.scale, pane, way.rows, 0) - scoreOf(unbroken, pane, 1, 0);
  const worth = [...ways.values()].filter((way) => few || gain(way) > 0);
  return worth.sort((a, b) => b.scale - a.scale).slice(0, input.count <= 150 ? 4 : few ? 2 : 1);
}

/** Higher is better. Readable size comes first; then calm: few rows, few crossings. */
function scoreOf(scale: number, pane: Pane | null, rows: number, crossings: number): number {
  const size = pane ? Math.min(1, scale / (pane.enough ?? 1)) : scale;
  const broken = rows > 1 ? 0.06 + 0.1 * Math.log2(rows) : 0;
  return Math.log(Math.max(size, 1e-9)) - broken - crossings / (crossings + 15);
}

/** The score of a drawing; with a previous one, staying in place outweighs all but a clear gain. */
function judge(layout: Layout, pane: Pane | null, previous: Anchors | null, input: LayoutInput): number {
  const { left, right, top, bottom } = layout.bounds;
  const scale = pane
    ? fitScale(layout, pane.width, pane.height)
    : 1000 / (1000 + Math.max(right - left, bottom - top));
  const score = scoreOf(scale, pane, layout.rows, layout.crossings);
  return previous ? score - 2 * Math.min(1, meanMove(layout, previous, input)) : score;
}

/** The mean move of known nodes in card widths, after the best shift of the whole. */
function meanMove(layout: Layout, previous: Anchors, input: LayoutInput): number {
  const { dx, dy } = shiftTo(layout, previous);
  let sum = 0;
  let known = 0;
  for (let v = 0; v < input.count; v++) {
    if (!previous.known[v]) continue;
    sum += Math.hypot(previous.x[v] - layout.x[v] - dx, previous.y[v] - layout.y[v] - dy) / input.width[v];
    known++;
  }
  return known > 0 ? sum / known : 0;
}

/** The shift that brings most known nodes back to where they were: medians of the moves. */
function shiftTo(layout: Layout, previous: Anchors): { dx: number; dy: number } {
  const dx: number[] = [];
  const dy: number[] = [];
  for (let v = 0; v < layout.x.length; v++) {
    if (!previous.known[v]) continue;
    dx.push(previous.x[v] - layout.x[v]);
    dy.push(previous.y[v] - layout.y[v]);
  }
  return { dx: median(dx), dy: median(dy) };
}

function median(values: number[]): number {
  if (values.length === 0) return 0;
  values.sort((a, b) => a - b);
  return values[(values.length - 1) >> 1];
}

/** Shifts a whole layout to where its known nodes were. */
function meet(layout: Layout, previous: Anchors): Layout {
  const { dx, dy } = shiftTo(layout, previous);
  const { left, top, right, bottom } = layout.bounds;
  return {
    ...layout,
    x: layout.x.map((x) => x + dx),
    y: layout.y.map((y) => y + dy),
    bounds: { left: left + dx, right: right + dx, top: top + dy, bottom: bottom + dy },
    routes: { start: layout.routes.start, points: layout.routes.points.map((p, k) => p + (k % 2 ? dy : dx)) },
  };
}

/** All stages for one choice of columns and row ends; an order with `goal` crossings is good enough. */
function draw(
  input: LayoutInput,
  layer: Int32Array,
  cut: Uint8Array,
  spacing: Spacing,
  previous: Anchors | null,
  asBefore: boolean,
  goal: number,
): Layout {
  const { count, width, height } = input;
  const graph = properGraph(input, layer);
  const { order, crossings } =
    previous && asBefore ? orderAsBefore(graph, previous.y, previous.known) : orderColumns(graph, goal);
  const y = assignY(graph, order, { height, gapY: spacing.gapY, wire: spacing.wire }, cut, previous);
  const x = new Float64Array(count);
  const frame = setFrame(graph, input, cut, spacing, x, y);
  const ports = placePorts(graph, order, input, y, cut);
  const routes = routeEdges(graph, order, input, frame, x, y, ports);
  let left = Infinity;
  let right = -Infinity;
  let top = Infinity;
  let bottom = -Infinity;
  for (let v = 0; v < count; v++) {
    left = Math.min(left, x[v] - width[v] / 2);
    right = Math.max(right, x[v] + width[v] / 2);
    top = Math.min(top, y[v] - height[v] / 2);
    bottom = Math.max(bottom, y[v] + height[v] / 2);
  }
  for (let k = 0; k < routes.points.length; k += 2) {
    left = Math.min(left, routes.points[k]);
    right = Math.max(right, routes.points[k]);
    top = Math.min(top, routes.points[k + 1]);
    bottom = Math.max(bottom, routes.points[k + 1]);
  }
  if (count === 0) left = right = top = bottom = 0;
  const row = new Int32Array(count);
  for (let v = 0; v < count; v++) row[v] = frame.row[layer[v]];
  return {
    x,
    y: y.slice(0, count),
    layer,
    row,
    layers: graph.layers,
    rows: Math.max(1, frame.rows),
    bounds: { left, top, right, bottom },
    ports,
    routes,
    crossings,
  };
}
