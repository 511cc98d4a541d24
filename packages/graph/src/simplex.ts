/**
 * Ranks for the nodes of a directed acyclic graph that minimise Σ weight · (rank of target − rank of
 * source), with every edge at least `length` long. Network simplex after Gansner, Koutsofios, North and
 * Vo, "A Technique for Drawing Directed Graphs" (1993), section 2.3.
 */
export interface RankProblem {
  readonly count: number;
  readonly source: Int32Array;
  readonly target: Int32Array;
  /** Per edge, its least length, ≥ 0. */
  readonly length: Int32Array;
  readonly weight: Float64Array;
}

/**
 * Improves `rank`, which must already satisfy every length, to an optimum, in place. Only for connected
 * graphs; returns the number of pivots. Each pivot costs O(nodes + edges).
 */
export function networkSimplex(problem: RankProblem, rank: Int32Array): number {
  const { count, source, target, length, weight } = problem;
  const edges = source.length;
  if (count < 2) return 0;
  const slack = (e: number): number => rank[target[e]] - rank[source[e]] - length[e];

  // Incident edges per node.
  const first = new Int32Array(count + 1);
  for (let e = 0; e < edges; e++) {
    first[source[e] + 1]++;
    first[target[e] + 1]++;
  }
  for (let v = 0; v < count; v++) first[v + 1] += first[v];
  const incident = new Int32Array(2 * edges);
  const fill = first.slice();
  for (let e = 0; e < edges; e++) {
    incident[fill[source[e]]++] = e;
    incident[fill[target[e]]++] = e;
  }

  const inTree = new Uint8Array(edges);
  spanTightly();

  // What a component gains when it moves right by one: Σ weight out − Σ weight in, summed over a subtree.
  const pull = new Float64Array(count);
  for (let e = 0; e < edges; e++) {
    pull[source[e]] += weight[e];
    pull[target[e]] -= weight[e];
  }
  const parentEdge = new Int32Array(count);
  const enter = new Int32Array(count);
  const leave = new Int32Array(count);
  const preorder = new Int32Array(count);
  const subtreePull = new Float64Array(count);
  const stack = new Int32Array(count);
  const next = new Int32Array(count);
  const limit = 20 * count + 200;
  let search = 0;
  for (let pivot = 0; pivot < limit; pivot++) {
    rootTree();
    // A tree edge leaves if moving the two sides apart shortens the whole.
    let lower = -1;
    for (let k = 0; k < count; k++) {
      const v = (search + k) % count;
      if (parentEdge[v] < 0) continue;
      const cut = source[parentEdge[v]] === v ? subtreePull[v] : -subtreePull[v];
      if (cut < -1e-9) {
        lower = v;
        search = (v + 1) % count;
        break;
      }
    }
    if (lower < 0) return pivot;
    const leaving = parentEdge[lower];
    const lowerIsTail = source[leaving] === lower;
    let entering = -1;
    let least = Infinity;
    for (let e = 0; e < edges; e++) {
      const sourceInside = enter[source[e]] >= enter[lower] && enter[source[e]] < leave[lower];
      const targetInside = enter[target[e]] >= enter[lower] && enter[target[e]] < leave[lower];
      if (sourceInside === targetInside || targetInside !== lowerIsTail) continue;
      const s = slack(e);
      if (s < least) {
        least = s;
        entering = e;
      }
    }
    // Unbounded cannot happen in a connected graph with non-negative weights.
    if (entering < 0) return pivot;
    const shift = lowerIsTail ? -least : least;
    for (let k = enter[lower]; k < leave[lower]; k++) rank[preorder[k]] += shift;
    inTree[leaving] = 0;
    inTree[entering] = 1;
  }
  return limit;

  /** Moves components together until the tight edges span the graph, and marks a spanning tree of them. */
  function spanTightly(): void {
    const reached = new Uint8Array(count);
    const tree = new Int32Array(count);
    let size = 1;
    let scanned = 0;
    reached[0] = 1;
    while (size < count) {
      for (; scanned < size; scanned++) {
        const v = tree[scanned];
        for (let k = first[v]; k < first[v + 1]; k++) {
          const e = incident[k];
          const other = source[e] === v ? target[e] : source[e];
          if (reached[other] || slack(e) !== 0) continue;
          reached[other] = 1;
          inTree[e] = 1;
          tree[size++] = other;
        }
      }
      if (size === count) return;
      let bridge = -1;
      let least = Infinity;
      for (let e = 0; e < edges; e++) {
        if (reached[source[e]] === reached[target[e]]) continue;
        if (slack(e) < least) {
          least = slack(e);
          bridge = e;
        }
      }
      if (bridge < 0) throw new RangeError('networkSimplex: the graph is not connected');
      const shift = reached[source[bridge]] ? least : -least;
      for (let k = 0; k < size; k++) rank[tree[k]] += shift;
      scanned = 0;
    }
  }

  /** Preorder intervals, parent edges and subtree sums of the current tree. */
  function rootTree(): void {
    parentEdge.fill(-1);
    let time = 0;
    let depth = 0;
    stack[0] = 0;
    enter[0] = time;
    preorder[time++] = 0;
    next[0] = first[0];
    subtreePull[0] = pull[0];
    while (depth >= 0) {
      const v = stack[depth];
      let child = -1;
      while (next[v] < first[v + 1]) {
        const e = incident[next[v]++];
        if (!inTree[e] || e === parentEdge[v]) continue;
        child = source[e] === v ? target[e] : source[e];
        parentEdge[child] = e;
        break;
      }
      if (child >= 0) {
        enter[child] = time;
        preorder[time++] = child;
        next[child] = first[child];
        subtreePull[child] = pull[child];
        stack[++depth] = child;
      } else {
        leave[v] = time;
        depth--;
        if (depth >= 0) subtreePull[stack[depth]] += subtreePull[v];
      }
    }
  }
}
