import type { LayoutInput } from './layout.ts';

/**
 * The layered graph in which every segment joins neighbouring columns: an edge that spans several is a
 * chain of segments over dummies, one in each column that it passes.
 */
export interface ProperGraph {
  /** Nodes `[0, real)` are the cards, the rest dummies. */
  readonly real: number;
  readonly count: number;
  readonly layers: number;
  readonly layer: Int32Array;
  /**
   * Per edge, its first dummy; the others follow it, one per column. -1 for an edge that has none, because
   * its ends are neighbours or because the graph was too large to split edges.
   */
  readonly chain: Int32Array;
  /** Per segment: its ends and, where it leads into a card, the port there (0, 1, …), else 0. */
  readonly source: Int32Array;
  readonly target: Int32Array;
  readonly port: Int32Array;
  /** Segments into a node, by port: `inSegment[inStart[v] … inStart[v + 1])`. */
  readonly inStart: Int32Array;
  readonly inSegment: Int32Array;
  /** Segments out of a node. */
  readonly outStart: Int32Array;
  readonly outSegment: Int32Array;
}

/** Limits for dummies, and for the columns that all edges together pass: routes stay O(edges) long. */
function limitsFor(edges: number): { dummies: number; passed: number } {
  const dummies = Math.min(400_000, 8 * edges + 20_000);
  return { dummies, passed: 4 * dummies };
}

/** How long edges are split; the later ways need less memory. */
interface Way {
  /** Uses of one card that pass at least `columns` columns run together, if there are as many as `uses`. */
  readonly columns: number;
  readonly uses: number;
  /** Edges that pass more columns are not split. */
  readonly reach: number;
}

const WAYS: readonly Way[] = [
  { columns: 2, uses: 4, reach: Infinity },
  { columns: 1, uses: 2, reach: 64 },
  { columns: 1, uses: 2, reach: 8 },
  { columns: 1, uses: 2, reach: 0 },
];

/**
 * Splits long edges. Where a card is used often and far away its edges share their dummies, as a trunk
 * with branches:
 *
 *      x ───────┬───────┬───── +
 *               └─ +    └─ +
 *
 * In a graph with very many dummies all long edges of a card run together, and the longest are left out of
 * the segments, to be drawn as one curve each.
 */
export function properGraph(input: LayoutInput, layer: Int32Array): ProperGraph {
  const { count: real, inputStart, inputs } = input;
  const limits = limitsFor(inputs.length);
  let plan = planDummies(input, layer, WAYS[0]);
  for (let k = 1; k < WAYS.length; k++) {
    if (plan.dummies <= limits.dummies && plan.passed <= limits.passed) break;
    plan = planDummies(input, layer, WAYS[k]);
  }
  const { trunk, dummies, way } = plan;

  const count = real + dummies;
  const layerOf = new Int32Array(count);
  layerOf.set(layer);
  let layers = 0;
  for (let v = 0; v < real; v++) layers = Math.max(layers, layer[v] + 1);
  const chain = new Int32Array(inputs.length).fill(-1);
  const source = new Int32Array(inputs.length + dummies);
  const target = new Int32Array(inputs.length + dummies);
  const port = new Int32Array(inputs.length + dummies);
  let segments = 0;
  let dummy = real;
  const connect = (from: number, to: number, at: number): void => {
    source[segments] = from;
    target[segments] = to;
    port[segments++] = at;
  };
  const grow = (from: number, columns: number): number => {
    const first = dummy;
    for (let k = 0; k < columns; k++) {
      layerOf[dummy] = layer[from] + 1 + k;
      connect(k === 0 ? from : dummy - 1, dummy, 0);
      dummy++;
    }
    return first;
  };
  const trunkOf = new Int32Array(real).fill(-1);
  for (let v = 0; v < real; v++) {
    for (let e = inputStart[v]; e < inputStart[v + 1]; e++) {
      const u = inputs[e];
      const passed = layer[v] - layer[u] - 1;
      if (passed > 0 && passed > way.reach) continue;
      if (passed > 0) {
        const shares = trunk[u] > 0 && passed >= way.columns;
        if (shares && trunkOf[u] < 0) trunkOf[u] = grow(u, trunk[u]);
        chain[e] = shares ? trunkOf[u] : grow(u, passed);
      }
      connect(passed > 0 ? chain[e] + passed - 1 : u, v, e - inputStart[v]);
    }
  }

  const inStart = new Int32Array(count + 1);
  const outStart = new Int32Array(count + 1);
  for (let s = 0; s < segments; s++) {
    inStart[target[s] + 1]++;
    outStart[source[s] + 1]++;
  }
  for (let v = 0; v < count; v++) {
    inStart[v + 1] += inStart[v];
    outStart[v + 1] += outStart[v];
  }
  const inSegment = new Int32Array(segments);
  const outSegment = new Int32Array(segments);
  const inFill = inStart.slice();
  const outFill = outStart.slice();
  for (let s = 0; s < segments; s++) {
    inSegment[inFill[target[s]]++] = s;
    outSegment[outFill[source[s]]++] = s;
  }
  return {
    real,
    count,
    layers,
    layer: layerOf,
    chain,
    source: source.subarray(0, segments),
    target: target.subarray(0, segments),
    port: port.subarray(0, segments),
    inStart,
    inSegment,
    outStart,
    outSegment,
  };
}

interface DummyPlan {
  readonly way: Way;
  readonly dummies: number;
  /** The columns that all split edges together pass. */
  readonly passed: number;
  /** Per card, the length of its trunk in columns; 0 for none. */
  readonly trunk: Int32Array;
}

function planDummies(input: LayoutInput, layer: Int32Array, way: Way): DummyPlan {
  const { count, inputStart, inputs } = input;
  const far = new Int32Array(count);
  const longest = new Int32Array(count);
  const all = new Float64Array(count);
  const shared = new Float64Array(count);
  for (let v = 0; v < count; v++) {
    for (let e = inputStart[v]; e < inputStart[v + 1]; e++) {
      const u = inputs[e];
      const passed = layer[v] - layer[u] - 1;
      if (passed > way.reach) continue;
      all[u] += passed;
      if (passed < way.columns) continue;
      far[u]++;
      shared[u] += passed;
      longest[u] = Math.max(longest[u], passed);
    }
  }
  let dummies = 0;
  let passed = 0;
  const trunk = new Int32Array(count);
  for (let u = 0; u < count; u++) {
    if (far[u] >= way.uses) trunk[u] = longest[u];
    dummies += far[u] >= way.uses ? all[u] - shared[u] + trunk[u] : all[u];
    passed += all[u];
  }
  return { way, dummies, passed, trunk };
}
