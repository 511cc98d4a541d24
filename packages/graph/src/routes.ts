import { PORT_DISTANCE, PORT_MARGIN } from './coordinates.ts';
import type { Order } from './crossings.ts';
import { targetsOf } from './layers.ts';
import type { LayoutInput, Routes } from './layout.ts';
import type { Frame } from './rows.ts';
import type { ProperGraph } from './proper.ts';
import { Separator } from './separation.ts';

/** Distance between the places where several uses leave a card. */
const SOURCE_PORT_DISTANCE = 6;

export interface Ports {
  readonly source: Float64Array;
  readonly target: Float64Array;
}

/**
 * Where edges touch cards, as offsets from their centres. On the left side ports keep the order of slots,
 * on the right side the order in which the edges leave; edges that run together at first leave from one
 * port. A port moves to where its edge is level, as far as its neighbours and the card's corners let it.
 */
export function placePorts(
  graph: ProperGraph,
  order: Order,
  input: LayoutInput,
  y: Float64Array,
  cut: Uint8Array,
): Ports {
  const { real, chain, layer } = graph;
  const { inputStart, inputs, height } = input;
  const edges = inputs.length;
  const consumer = targetsOf(input);
  const targetPort = new Float64Array(edges);
  const sourcePort = new Float64Array(edges);
  let most = 1;
  const uses = new Int32Array(real + 1);
  for (let e = 0; e < edges; e++) uses[inputs[e] + 1]++;
  for (let v = 0; v < real; v++) {
    most = Math.max(most, inputStart[v + 1] - inputStart[v], uses[v + 1]);
    uses[v + 1] += uses[v];
  }
  const side = new PortSide(most);

  for (let v = 0; v < real; v++) {
    const from = inputStart[v];
    const arity = inputStart[v + 1] - from;
    if (arity === 0) continue;
    side.open(arity, height[v], PORT_DISTANCE);
    for (let e = from; e < from + arity; e++) {
      const before = chain[e] >= 0 ? chain[e] + layer[v] - layer[inputs[e]] - 2 : inputs[e];
      if (cut[layer[before]] || layer[v] - layer[before] !== 1) continue;
      side.want(e - from, y[before] - y[v], Infinity);
    }
    side.close();
    for (let e = from; e < from + arity; e++) targetPort[e] = side.result[e - from];
  }

  // The uses of a card from top to bottom, by where they lead in the next column.
  const byUse = new Int32Array(edges);
  const fill = uses.slice();
  const leads = new Float64Array(edges);
  for (let e = 0; e < edges; e++) {
    const v = consumer[e];
    const u = inputs[e];
    byUse[fill[u]++] = e;
    const arity = inputStart[v + 1] - inputStart[v];
    if (chain[e] >= 0) leads[e] = order.place[chain[e]] + 0.5;
    else if (layer[v] - layer[u] > 1) leads[e] = order.place[u] + 0.5;
    else leads[e] = order.place[v] + (e - inputStart[v] + 0.5) / arity;
  }
  for (let u = 0; u < real; u++) {
    const out = byUse.subarray(uses[u], uses[u + 1]);
    if (out.length === 0) continue;
    out.sort((e, f) => leads[e] - leads[f] || e - f);
    let ports = 1;
    for (let k = 1; k < out.length; k++) if (leads[out[k]] !== leads[out[k - 1]]) ports++;
    side.open(ports, height[u], SOURCE_PORT_DISTANCE);
    for (let k = 0, port = 0; k < out.length; k++) {
      const e = out[k];
      if (k > 0 && leads[e] !== leads[out[k - 1]]) port++;
      const next = chain[e] >= 0 ? chain[e] : consumer[e];
      if (cut[layer[u]] || layer[next] - layer[u] !== 1) continue;
      side.want(port, y[next] + (next < real ? targetPort[e] : 0) - y[u], 12);
    }
    side.close();
    for (let k = 0, port = 0; k < out.length; k++) {
      if (k > 0 && leads[out[k]] !== leads[out[k - 1]]) port++;
      sourcePort[out[k]] = side.result[port];
    }
  }
  return { source: sourcePort, target: targetPort };
}

/** Places the ports on one side of one card. */
class PortSide {
  readonly result: Float64Array;
  readonly #wanted: Float64Array;
  readonly #weight: Float64Array;
  readonly #distance: Float64Array;
  readonly #separator: Separator;
  #size = 0;
  #room = 0;
  #step = 0;

  constructor(capacity: number) {
    this.result = new Float64Array(capacity);
    this.#wanted = new Float64Array(capacity);
    this.#weight = new Float64Array(capacity);
    this.#distance = new Float64Array(capacity);
    this.#separator = new Separator(capacity);
  }

  open(size: number, height: number, distance: number): void {
    this.#size = size;
    this.#room = Math.max(0, height / 2 - PORT_MARGIN);
    this.#step = size > 1 ? Math.min(distance, (2 * this.#room) / (size - 1)) : 0;
    for (let k = 0; k < size; k++) {
      this.#wanted[k] = (k - (size - 1) / 2) * this.#step;
      this.#weight[k] = 1;
      this.#distance[k] = this.#step;
    }
  }

  /** Port k would be level at `offset`: taken if the card reaches there, within `reach`. */
  want(k: number, offset: number, reach: number): void {
    if (Math.abs(offset) > Math.min(reach, this.#room)) return;
    this.#wanted[k] = offset;
    this.#weight[k] = 12;
  }

  close(): void {
    this.#separator.separate(this.#size, this.#wanted, this.#weight, this.#distance, this.result);
    for (let k = 0; k < this.#size; k++) {
      const least = -this.#room + k * this.#step;
      const greatest = this.#room - (this.#size - 1 - k) * this.#step;
      this.result[k] = Math.min(greatest, Math.max(least, this.result[k]));
    }
  }
}

/**
 * The edges as curves. In the space between columns an edge swings from one height to the next; within a
 * column it runs level, in the place kept free for it, so it passes under no card. Between rows it turns
 * around in lanes:
 *
 *      … ──┐
 *     ┌────┘
 *     └── …
 */
export function routeEdges(
  graph: ProperGraph,
  order: Order,
  input: LayoutInput,
  frame: Frame,
  x: Float64Array,
  y: Float64Array,
  ports: Ports,
): Routes {
  const { chain, layer, layers, port, source, target } = graph;
  const { inputStart, inputs, width } = input;
  const { cut, left, right, channel, wire } = frame;

  // Lanes: per cut segment its rank at the end of the row and at the start of the next.
  const rankOut = new Int32Array(source.length);
  const rankIn = new Int32Array(source.length);
  const crossing: number[][] = Array.from({ length: layers }, () => []);
  for (let s = 0; s < source.length; s++) if (cut[layer[source[s]]]) crossing[layer[source[s]]].push(s);
  for (const list of crossing) {
    const byTarget = (s: number, t: number): number =>
      order.place[target[s]] - order.place[target[t]] || port[s] - port[t];
    list.sort((s, t) => order.place[source[s]] - order.place[source[t]] || byTarget(s, t));
    list.forEach((s, k) => (rankOut[s] = k));
    list.sort(byTarget);
    list.forEach((s, k) => (rankIn[s] = k));
  }

  const start = new Int32Array(inputs.length + 1);
  const pen = new Pen();
  for (let v = 0; v < graph.real; v++) {
    for (let e = inputStart[v]; e < inputStart[v + 1]; e++) {
      start[e] = pen.size;
      let u = inputs[e];
      pen.move(x[u] + width[u] / 2, y[u] + ports.source[e]);
      const endX = x[v] - width[v] / 2;
      const endY = y[v] + ports.target[e];
      const dummies = layer[v] - layer[u] - 1;
      if (dummies > 0 && chain[e] < 0) {
        pen.swing(endX, endY);
        continue;
      }
      for (let k = 0; k <= dummies; k++) {
        const next = k < dummies ? chain[e] + k : v;
        const nextY = next === v ? endY : y[next];
        const column = layer[u];
        pen.line(right[column]);
        if (cut[column]) {
          const segment = segmentInto(graph, next, next === v ? e - inputStart[v] : 0);
          const lanes = crossing[column].length;
          const turnX = frame.rowRight[column] + wire * (lanes - rankOut[segment]);
          const laneY = channel[column] + wire * (lanes - 1 - rankOut[segment]);
          const backX = left[column + 1] - wire * (rankIn[segment] + 1);
          pen.turn(turnX, laneY, backX, nextY, Math.min(10, wire));
          pen.line(left[column + 1]);
        } else pen.swing(left[column + 1], nextY);
        u = next;
      }
      pen.line(endX);
    }
  }
  start[inputs.length] = pen.size;
  return { start, points: pen.take() };
}

/** The segment that leads into a node at a port. */
function segmentInto(graph: ProperGraph, node: number, port: number): number {
  let k = graph.inStart[node];
  while (graph.port[graph.inSegment[k]] !== port) k++;
  return graph.inSegment[k];
}

/** Collects cubic pieces; level pieces that follow each other become one. */
class Pen {
  /** Number of points so far. */
  size = 0;
  #points = new Float64Array(1024);
  #x = 0;
  #y = 0;
  #level = false;

  move(x: number, y: number): void {
    this.#push(x, y);
    this.#level = false;
  }

  /** Runs level to `x`. */
  line(x: number): void {
    if (Math.abs(x - this.#x) < 1e-6) return;
    if (this.#level) {
      const back = this.#points[2 * (this.size - 4)];
      this.size -= 3;
      this.#x = back;
    }
    this.#cubic(this.#x + (x - this.#x) / 3, this.#y, x - (x - this.#x) / 3, this.#y, x, this.#y);
    this.#level = true;
  }

  /** Leaves and arrives level, and changes height in between. */
  swing(x: number, y: number): void {
    if (Math.abs(y - this.#y) < 1e-9) {
      this.line(x);
      return;
    }
    const half = (x - this.#x) / 2;
    this.#cubic(this.#x + half, this.#y, x - half, y, x, y);
    this.#level = false;
  }

  /** Out to `turnX`, down to `laneY`, back to `backX`, down to `y`, with corners of `radius`; ends level. */
  turn(turnX: number, laneY: number, backX: number, y: number, radius: number): void {
    this.line(turnX - radius);
    this.#corner(turnX, this.#y, turnX, this.#y + radius);
    this.#straight(turnX, laneY - radius);
    this.#corner(turnX, laneY, turnX - radius, laneY);
    this.#straight(backX + radius, laneY);
    this.#corner(backX, laneY, backX, laneY + radius);
    this.#straight(backX, y - radius);
    this.#corner(backX, y, backX + radius, y);
    this.#level = false;
  }

  take(): Float64Array {
    return this.#points.slice(0, 2 * this.size);
  }

  #straight(x: number, y: number): void {
    const dx = (x - this.#x) / 3;
    const dy = (y - this.#y) / 3;
    this.#cubic(this.#x + dx, this.#y + dy, x - dx, y - dy, x, y);
    this.#level = false;
  }

  /** A quarter of a circle around a corner at (cx, cy). */
  #corner(cx: number, cy: number, x: number, y: number): void {
    const kappa = 0.5523;
    this.#cubic(
      this.#x + (cx - this.#x) * kappa,
      this.#y + (cy - this.#y) * kappa,
      x + (cx - x) * kappa,
      y + (cy - y) * kappa,
      x,
      y,
    );
  }

  #cubic(ax: number, ay: number, bx: number, by: number, x: number, y: number): void {
    this.#push(ax, ay);
    this.#push(bx, by);
    this.#push(x, y);
  }

  #push(x: number, y: number): void {
    if (2 * this.size + 2 > this.#points.length) {
      const larger = new Float64Array(2 * this.#points.length);
      larger.set(this.#points);
      this.#points = larger;
    }
    this.#points[2 * this.size] = x;
    this.#points[2 * this.size + 1] = y;
    this.size++;
    this.#x = x;
    this.#y = y;
  }
}
