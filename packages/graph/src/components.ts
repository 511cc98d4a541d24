import type { Anchors, Layout, LayoutInput, Pane } from './layout.ts';

/** The connected parts of a graph, each a sorted list of nodes; in the order of their first nodes, single nodes last. */
export function components(input: LayoutInput): Int32Array[] {
  const { count, inputStart, inputs } = input;
  const leader = new Int32Array(count);
  for (let v = 0; v < count; v++) leader[v] = v;
  const find = (v: number): number => {
    while (leader[v] !== v) {
      leader[v] = leader[leader[v]];
      v = leader[v];
    }
    return v;
  };
  for (let v = 0; v < count; v++) {
    for (let e = inputStart[v]; e < inputStart[v + 1]; e++) {
      const a = find(v);
      const b = find(inputs[e]);
      if (a !== b) leader[Math.max(a, b)] = Math.min(a, b);
    }
  }
  const size = new Int32Array(count);
  for (let v = 0; v < count; v++) size[find(v)]++;
  const part = new Int32Array(count).fill(-1);
  const parts: Int32Array[] = [];
  for (const single of [false, true]) {
    for (let v = 0; v < count; v++) {
      if (leader[v] !== v || (size[v] === 1) !== single) continue;
      part[v] = parts.length;
      parts.push(new Int32Array(size[v]));
    }
  }
  const fill = new Int32Array(parts.length);
  for (let v = 0; v < count; v++) {
    const k = part[find(v)];
    parts[k][fill[k]++] = v;
  }
  return parts;
}

export interface Part {
  readonly nodes: Int32Array;
  /** Per edge of the part, the edge of the whole. */
  readonly edges: Int32Array;
  readonly input: LayoutInput;
  readonly previous: Anchors | null;
}

/** A part of a graph as a graph of its own. */
export function subgraph(input: LayoutInput, nodes: Int32Array, previous: Anchors | null): Part {
  const count = nodes.length;
  const inputStart = new Int32Array(count + 1);
  for (let k = 0; k < count; k++) {
    inputStart[k + 1] = inputStart[k] + input.inputStart[nodes[k] + 1] - input.inputStart[nodes[k]];
  }
  const inputs = new Int32Array(inputStart[count]);
  const edges = new Int32Array(inputStart[count]);
  const indexOf = (node: number): number => {
    let low = 0;
    let high = count - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (nodes[middle] < node) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  for (let k = 0; k < count; k++) {
    for (let i = inputStart[k]; i < inputStart[k + 1]; i++) {
      edges[i] = input.inputStart[nodes[k]] + i - inputStart[k];
      inputs[i] = indexOf(input.inputs[edges[i]]);
    }
  }
  const pick = (values: Float64Array): Float64Array => Float64Array.from(nodes, (v) => values[v]);
  return {
    nodes,
    edges,
    input: { count, inputStart, inputs, width: pick(input.width), height: pick(input.height) },
    previous: previous && {
      x: pick(previous.x),
      y: pick(previous.y),
      ...(previous.row && { row: Int32Array.from(nodes, (v) => previous.row![v]) }),
      ...(previous.layer && { layer: Int32Array.from(nodes, (v) => previous.layer![v]) }),
      known: Uint8Array.from(nodes, (v) => previous.known[v]),
    },
  };
}

/** Puts the drawings of parts below each other, single nodes side by side in a block at the end. */
export function stack(
  input: LayoutInput,
  drawn: readonly { readonly part: Part; readonly layout: Layout }[],
  spacing: { readonly gapX: number; readonly gapY: number },
  pane: Pane | null,
): Layout {
  const { count } = input;
  const x = new Float64Array(count);
  const y = new Float64Array(count);
  const layer = new Int32Array(count);
  const row = new Int32Array(count);
  const source = new Float64Array(input.inputs.length);
  const target = new Float64Array(input.inputs.length);
  const shiftX = new Float64Array(drawn.length);
  const shiftY = new Float64Array(drawn.length);
  let layers = 0;
  let rows = 1;
  let crossings = 0;
  let top = 0;
  let right = 0;
  for (const { layout } of drawn)
    if (layout.x.length > 1) right = Math.max(right, layout.bounds.right - layout.bounds.left);
  const singlesWidth = Math.max(right, pane?.width ?? 0, 600);
  let across = 0;
  let down = 0;
  drawn.forEach(({ part, layout }, k) => {
    const { bounds } = layout;
    const wide = bounds.right - bounds.left;
    const high = bounds.bottom - bounds.top;
    const single = part.nodes.length === 1;
    const firstSingle = single && (k === 0 || drawn[k - 1].part.nodes.length > 1);
    if (!single || firstSingle || (across > 0 && across + wide > singlesWidth)) {
      top += down;
      across = 0;
      down = 0;
    }
    shiftX[k] = across - bounds.left;
    shiftY[k] = top - bounds.top;
    across += wide + spacing.gapY;
    right = Math.max(right, across - spacing.gapY);
    down = Math.max(down, high + (single ? spacing.gapY : 2 * spacing.gapY));
    layers = Math.max(layers, layout.layers);
    rows = Math.max(rows, layout.rows);
    crossings += layout.crossings;
    for (let i = 0; i < part.nodes.length; i++) {
      const v = part.nodes[i];
      x[v] = layout.x[i] + shiftX[k];
      y[v] = layout.y[i] + shiftY[k];
      layer[v] = layout.layer[i];
      row[v] = layout.row[i];
    }
    for (let i = 0; i < part.edges.length; i++) {
      source[part.edges[i]] = layout.ports.source[i];
      target[part.edges[i]] = layout.ports.target[i];
    }
  });
  const start = new Int32Array(input.inputs.length + 1);
  for (const { part, layout } of drawn) {
    for (let i = 0; i < part.edges.length; i++) {
      start[part.edges[i] + 1] = layout.routes.start[i + 1] - layout.routes.start[i];
    }
  }
  for (let e = 0; e < input.inputs.length; e++) start[e + 1] += start[e];
  const points = new Float64Array(2 * start[input.inputs.length]);
  drawn.forEach(({ part, layout }, k) => {
    for (let i = 0; i < part.edges.length; i++) {
      const from = layout.routes.start[i];
      const to = start[part.edges[i]];
      for (let p = 0; p < layout.routes.start[i + 1] - from; p++) {
        points[2 * (to + p)] = layout.routes.points[2 * (from + p)] + shiftX[k];
        points[2 * (to + p) + 1] = layout.routes.points[2 * (from + p) + 1] + shiftY[k];
      }
    }
  });
  return {
    x,
    y,
    layer,
    row,
    layers,
    rows,
    bounds: { left: 0, top: 0, right, bottom: top + down - spacing.gapY },
    ports: { source, target },
    routes: { start, points },
    crossings,
  };
}
