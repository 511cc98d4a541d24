import { LEAF } from '@backflow/engine';
import type { Recording } from '@backflow/engine';
import type { ThemeName } from '../looks.ts';
import { cellWidths, drawTable } from './cards.ts';
import type { NetworkRow } from './cards.ts';
import { HEAD } from './columns.ts';
import { ownersOf } from './parts.ts';
import type { NetworkParts } from './parts.ts';
import { NetworkPen } from './pen.ts';
import type { NetworkNumbers, NetworkScene } from './pen.ts';
import { unitNode } from './edges.ts';
import { UNITS_MOST } from './terms.ts';
import type { Measure } from '../scene-text.ts';
import type { Box } from '../scene-types.ts';

export interface LossSceneOptions {
  readonly theme: ThemeName;
  readonly measure: Measure;
  readonly numbers: NetworkNumbers;
  readonly selected: number;
  readonly width: number;
  readonly height: number;
  readonly loss: string;
  /** What an operation is called. */
  readonly title: (node: number) => string;
  readonly more: (count: string) => string;
}

const GAP = 46;
const SIDE = 16;

/** What becomes of the outputs: every operation from them and the targets to the loss, column by column. */
export function lossScene(
  parts: NetworkParts,
  recording: Recording,
  options: LossSceneOptions,
): NetworkScene {
  const { numbers, loss } = options;
  const pen = new NetworkPen(options.theme, options.measure, numbers, options.selected);
  const columns = columnsOf(parts, recording, numbers);
  const rows = columns.map((nodes, at) => rowsOf(pen, nodes, at, parts, options));
  const most = Math.max(...rows.map(({ length }) => length));
  const height = Math.max(options.height, HEAD + 16 + most * 26);
  const row = Math.min(40, (height - HEAD - 16) / most);
  const size = Math.max(12, Math.min(14, 0.5 * row));
  const heads = ['', '=', `∂${loss}/∂ …`];
  const widths = rows.map((of) => cellWidths(pen, heads, of, size));
  const wide = widths.map((cells) => cells.reduce((sum, cell) => sum + cell, 8));
  const pieces = wide.reduce((sum, width) => sum + width, 2 * SIDE);
  const gap = Math.max(GAP, Math.min(160, (options.width - pieces) / Math.max(1, columns.length - 1)));
  const width = Math.max(options.width, pieces + gap * (columns.length - 1));
  const middle = HEAD + (height - HEAD - 16) / 2 + 4;
  const boxes = new Map<number, Box>();
  const places = rows.map((of, at) => {
    const x = SIDE + wide.slice(0, at).reduce((sum, own) => sum + own + gap, 0);
    const top = middle - ((of.length - 1) * row) / 2;
    of.forEach(({ node }, k) => {
      if (node >= 0) boxes.set(node, { x, y: top + k * row - row / 2, width: wide[at], height: row });
    });
    return { x, top, row, column: at };
  });
  const { inputStart, inputs } = recording;
  for (const [node, to] of boxes) {
    for (let entry = inputStart[node]; entry < inputStart[node + 1]; entry++) {
      const from = boxes.get(inputs[entry]);
      if (from === undefined || from.x >= to.x) continue;
      const y1 = from.y + from.height / 2;
      const y2 = to.y + to.height / 2;
      if (numbers.fresh(inputs[entry]) === 'backward')
        pen.curve(from.x + from.width, y1, to.x, y2, pen.look.activeGlow, 6);
      pen.curve(from.x + from.width, y1, to.x, y2, pen.look.edge, 1.2);
    }
  }
  rows.forEach((of, at) => drawTable(pen, heads, of, widths[at], places[at], size));
  return pen.scene(width, height);
}

/** The outputs and targets, then the operations by the longest way to them, then the loss. */
function columnsOf(
  parts: NetworkParts,
  recording: Recording,
  numbers: NetworkNumbers,
): readonly (readonly number[])[] {
  const { count, inputStart, inputs, operation } = recording;
  const { layer } = ownersOf(parts, recording);
  const last = parts.layers.length;
  const outputs = Array.from(parts.layers[last - 1].a, (_, unit) => unitNode(parts, last - 1, unit, numbers));
  // Only what leads to the loss: the document may go on to compute with it.
  const needed = new Uint8Array(count);
  needed[parts.loss] = 1;
  const depth = new Int32Array(count);
  for (let node = parts.loss; node >= 0; node--) {
    if (needed[node] === 0 || layer[node] !== last) continue;
    for (let entry = inputStart[node]; entry < inputStart[node + 1]; entry++)
      if (inputs[entry] >= 0) needed[inputs[entry]] = 1;
  }
  const columns: number[][] = [[...outputs]];
  const leaves: number[] = [];
  for (let node = 0; node <= parts.loss; node++) {
    if (needed[node] === 0 || layer[node] !== last) continue;
    if (operation[node] === LEAF) {
      leaves.push(node);
      continue;
    }
    let deepest = 0;
    for (let entry = inputStart[node]; entry < inputStart[node + 1]; entry++)
      if (inputs[entry] >= 0) deepest = Math.max(deepest, depth[inputs[entry]]);
    depth[node] = deepest + 1;
    (columns[depth[node]] ??= []).push(node);
  }
  // Each target beside its output, if they belong together.
  const paired = parts.targets.length === outputs.length;
  const targets = new Set(paired ? parts.targets : []);
  if (paired) columns[0] = outputs.flatMap((node, at) => [node, parts.targets[at]]);
  columns[0].push(...leaves.filter((node) => !targets.has(node)));
  return columns.filter((column) => column !== undefined);
}

function rowsOf(
  pen: NetworkPen,
  nodes: readonly number[],
  column: number,
  { layers }: NetworkParts,
  { numbers, title, more }: LossSceneOptions,
): readonly NetworkRow[] {
  const most = column === 0 ? UNITS_MOST + 4 : UNITS_MOST;
  const rows = nodes.slice(0, most).map((node, unit): NetworkRow => ({
    cells: [title(node), pen.valueText(node), pen.gradientText(node)],
    node,
    kind: 'operation',
    layer: layers.length,
    unit,
    opens: null,
    value: NaN,
    fresh: numbers.fresh(node),
  }));
  if (nodes.length > most)
    rows.push({
      cells: [more(String(nodes.length - most)), '', ''],
      node: -1,
      kind: 'rest',
      layer: layers.length,
      unit: -1,
      opens: null,
      value: NaN,
      fresh: null,
    });
  return rows;
}
