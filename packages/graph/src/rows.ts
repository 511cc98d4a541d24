import type { LayoutInput } from './layout.ts';
import type { ProperGraph } from './proper.ts';

/** Columns and rows on the sheet, for one choice of row ends. Arrays are per column. */
export interface Frame {
  /** 1 where a row ends after this column. */
  readonly cut: Uint8Array;
  readonly row: Int32Array;
  readonly rows: number;
  readonly left: Float64Array;
  readonly right: Float64Array;
  /** For a cut column: the right end of its row's cards, and the height of the first lane below it. */
  readonly rowRight: Float64Array;
  readonly channel: Float64Array;
  readonly wire: number;
}

/**
 * Row ends that break a sequence of columns into rows no wider than `limit`, so that the rows together are
 * low and few edges lead from one row to another: like the lines of a paragraph, the least sum by dynamic
 * programming.
 *
 * @param width per column, with the gap after it
 * @param tall per column, the height of its cards, in parts of the sheet
 * @param through per column, the edges that lead on from it to later columns
 */
export function breakColumns(
  width: Float64Array,
  tall: Float64Array,
  through: Int32Array,
  limit: number,
): Uint8Array {
  const columns = width.length;
  const cost = new Float64Array(columns + 1).fill(Infinity);
  const before = new Int32Array(columns + 1);
  cost[0] = 0;
  for (let end = 1; end <= columns; end++) {
    let length = 0;
    let height = 0;
    const edges = end === columns ? 0 : 0.02 * through[end - 1] * through[end - 1];
    for (let from = end - 1; from >= 0; from--) {
      length += width[from];
      height = Math.max(height, tall[from]);
      if (length > limit && from < end - 1) break;
      // A last line of one word looks like a mistake.
      const widow = end === columns ? 0.6 * Math.max(0, 0.4 - length / limit) : 0;
      const total = cost[from] + height + edges + widow;
      if (total >= cost[end]) continue;
      cost[end] = total;
      before[end] = from;
    }
  }
  const cut = new Uint8Array(columns);
  for (let end = before[columns]; end > 0; end = before[end]) cut[end - 1] = 1;
  return cut;
}

/** Row ends where they were: a column belongs to the first of the rows in which its nodes stood. */
export function formerRowEnds(
  layer: Int32Array,
  columns: number,
  previous: { readonly row: Int32Array; readonly known: Uint8Array },
): Uint8Array {
  const row = new Int32Array(columns).fill(0x7fffffff);
  for (let v = 0; v < layer.length; v++) {
    if (previous.known[v]) row[layer[v]] = Math.min(row[layer[v]], previous.row[v]);
  }
  const cut = new Uint8Array(columns);
  let current = 0;
  for (let column = 0; column < columns; column++) {
    if (row[column] === 0x7fffffff || row[column] <= current) continue;
    if (column > 0) cut[column - 1] = 1;
    current = row[column];
  }
  return cut;
}

/** Per column, how many edges lead from it or from before it to later columns; with or without single-use leaves. */
export function edgesThrough(input: LayoutInput, layer: Int32Array, twigs: boolean): Int32Array {
  let layers = 0;
  const uses = new Int32Array(input.count);
  for (let e = 0; e < input.inputs.length; e++) uses[input.inputs[e]]++;
  for (let v = 0; v < input.count; v++) layers = Math.max(layers, layer[v] + 1);
  const through = new Int32Array(layers + 1);
  for (let v = 0; v < input.count; v++) {
    for (let e = input.inputStart[v]; e < input.inputStart[v + 1]; e++) {
      const u = input.inputs[e];
      if (!twigs && uses[u] === 1 && input.inputStart[u] === input.inputStart[u + 1]) continue;
      through[layer[u]]++;
      through[layer[v]]--;
    }
  }
  for (let column = 1; column < layers; column++) through[column] += through[column - 1];
  return through.subarray(0, layers);
}

/**
 * Makes room at the start of each new row for the single-use leaves of its first operations, which would
 * else stay behind at the end of the row before. Returns the new columns and row ends.
 */
export function openRows(
  input: LayoutInput,
  layer: Int32Array,
  cut: Uint8Array,
): { layer: Int32Array; cut: Uint8Array } {
  const { count, inputStart, inputs } = input;
  const columns = cut.length;
  const uses = new Int32Array(count);
  for (let e = 0; e < inputs.length; e++) uses[inputs[e]]++;
  const consumer = new Int32Array(count).fill(-1);
  for (let v = 0; v < count; v++)
    for (let e = inputStart[v]; e < inputStart[v + 1]; e++) consumer[inputs[e]] = v;
  const follows = (v: number): boolean =>
    uses[v] === 1 &&
    inputStart[v] === inputStart[v + 1] &&
    cut[layer[v]] === 1 &&
    layer[consumer[v]] === layer[v] + 1;
  const extra = new Uint8Array(columns);
  for (let v = 0; v < count; v++) if (follows(v)) extra[layer[v]] = 1;
  // New number of each column; an extra column comes right after its cut.
  const renumbered = new Int32Array(columns);
  let next = 0;
  const newCut: number[] = [];
  for (let column = 0; column < columns; column++) {
    renumbered[column] = next++;
    newCut.push(cut[column]);
    if (extra[column]) {
      next++;
      newCut.push(0);
    }
  }
  const newLayer = new Int32Array(count);
  for (let v = 0; v < count; v++) newLayer[v] = renumbered[layer[v]] + (follows(v) ? 1 : 0);
  return { layer: newLayer, cut: Uint8Array.from(newCut) };
}

/**
 * Sets columns side by side and rows below each other: fills x of all cards and shifts y (of cards and
 * dummies) row by row. Gaps grow with the steepness of the edges that cross them.
 */
export function setFrame(
  graph: ProperGraph,
  input: LayoutInput,
  cut: Uint8Array,
  spacing: { readonly gapX: number; readonly gapY: number; readonly wire: number },
  x: Float64Array,
  y: Float64Array,
): Frame {
  const { real, count, layers, layer, source, target, inStart, outStart } = graph;
  const { width, height } = input;
  const { gapX, gapY, wire } = spacing;
  const columnWidth = new Float64Array(layers);
  for (let v = 0; v < real; v++) columnWidth[layer[v]] = Math.max(columnWidth[layer[v]], width[v]);
  const steepest = new Float64Array(layers);
  const through = new Int32Array(layers);
  for (let s = 0; s < source.length; s++) {
    const column = layer[source[s]];
    through[column]++;
    if (!cut[column]) steepest[column] = Math.max(steepest[column], Math.abs(y[source[s]] - y[target[s]]));
  }

  const row = new Int32Array(layers);
  for (let column = 1; column < layers; column++) row[column] = row[column - 1] + cut[column - 1];
  const rows = layers > 0 ? row[layers - 1] + 1 : 0;
  const top = new Float64Array(rows).fill(Infinity);
  const bottom = new Float64Array(rows).fill(-Infinity);
  for (let v = 0; v < count; v++) {
    const half = v < real ? height[v] / 2 : wire / 2;
    const r = row[layer[v]];
    top[r] = Math.min(top[r], y[v] - half);
    bottom[r] = Math.max(bottom[r], y[v] + half);
  }
  // Of an edited graph a row may have nothing left in it.
  for (let r = 0; r < rows; r++) if (top[r] > bottom[r]) top[r] = bottom[r] = 0;
  const lanes = new Int32Array(rows);
  for (let column = 0; column < layers; column++) if (cut[column]) lanes[row[column]] = through[column];
  const shift = new Float64Array(rows);
  const channelTop = new Float64Array(rows);
  for (let r = 1; r < rows; r++) {
    channelTop[r - 1] = bottom[r - 1] + shift[r - 1] + gapY + wire / 2;
    const rowTop = channelTop[r - 1] + wire * lanes[r - 1] + gapY;
    shift[r] = rowTop - top[r];
  }
  for (let v = 0; v < count; v++) y[v] += shift[row[layer[v]]];

  const left = new Float64Array(layers);
  const right = new Float64Array(layers);
  const rowRight = new Float64Array(layers);
  const channel = new Float64Array(layers);
  let at = 0;
  for (let column = 0; column < layers; column++) {
    left[column] = at;
    right[column] = at + columnWidth[column];
    if (cut[column]) {
      at = 0;
      rowRight[column] = right[column];
      channel[column] = channelTop[row[column]];
    } else {
      const more = Math.min(gapX, Math.max(0, steepest[column] - 60) * 0.12);
      at = right[column] + gapX + 8 * Math.round(more / 8);
    }
  }
  for (let v = 0; v < real; v++) {
    const column = layer[v];
    const isLeaf = inStart[v] === inStart[v + 1];
    const isOutput = outStart[v] === outStart[v + 1];
    if (isLeaf && !isOutput) x[v] = right[column] - width[v] / 2;
    else if (isOutput && !isLeaf) x[v] = left[column] + width[v] / 2;
    else x[v] = (left[column] + right[column]) / 2;
  }
  return { cut, row, rows, left, right, rowRight, channel, wire };
}
