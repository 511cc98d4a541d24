/** A directed acyclic graph of boxes. Every input has a smaller index than its consumer. */
export interface LayoutInput {
  /** Number of nodes. */
  readonly count: number;
  /** The edges `[inputStart[i], inputStart[i + 1])` lead into node i, in slot order. Length `count + 1`. */
  readonly inputStart: Int32Array;
  /** Per edge, the node at its left end; `usesOf(recording).source`. */
  readonly inputs: Int32Array;
  /** Per node, in the units of the layout. */
  readonly width: Float64Array;
  readonly height: Float64Array;
}

/** Where nodes stood before, so that an edit moves little. Arrays are per node of the new graph. */
export interface Anchors {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** The column and the row, as the last layout gave them; without them both are found afresh. */
  readonly layer?: Int32Array;
  readonly row?: Int32Array;
  /** 1 where the node stood in the last layout. */
  readonly known: Uint8Array;
}

/** The area a picture has to be readable in. */
export interface Pane {
  readonly width: number;
  readonly height: number;
  /** The scale from which on larger is no better. Default 1. */
  readonly enough?: number;
}

export interface LayoutOptions {
  /** Free space between two columns, before long slanting edges widen it. Default 44. */
  readonly gapX?: number;
  /** Free space between two cards of a column. Default 14. */
  readonly gapY?: number;
  /** Space that a passing edge takes in a column. Default 12. */
  readonly wire?: number;
  /**
   * With a pane, a graph that is much longer than the pane is broken into rows that read like lines of
   * text, if that makes it clearly larger on the pane. Without one there is a single row.
   */
  readonly pane?: Pane;
  readonly previous?: Anchors;
}

export interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Positions and routes; y points down, edges run from left to right. */
export interface Layout {
  /** Per node, the centre. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Per node, its column, counted through all rows; every input stands in an earlier one. */
  readonly layer: Int32Array;
  /** Per node, the row; 0 unless the graph was broken into rows. */
  readonly row: Int32Array;
  readonly layers: number;
  readonly rows: number;
  /** Contains all cards and routes. */
  readonly bounds: Bounds;
  /** Per edge, where it touches the cards: offsets in y from the centres. */
  readonly ports: { readonly source: Float64Array; readonly target: Float64Array };
  readonly routes: Routes;
  /** Edge crossings of the layered drawing. */
  readonly crossings: number;
}

/**
 * Per edge a path of cubic Bézier pieces: the points `[start[e], start[e + 1])`, of two numbers each,
 * are p₀ and then three per piece (two control points and the end). Straight pieces are cubics too.
 */
export interface Routes {
  readonly start: Int32Array;
  readonly points: Float64Array;
}

/** Anchors for a new graph from the layout of an old one, by the keys of their nodes (`keysOf`). */
export function anchorsFrom(
  layout: Pick<Layout, 'x' | 'y' | 'layer' | 'row'>,
  keysBefore: readonly string[],
  keys: readonly string[],
): Anchors {
  const before = new Map(keysBefore.map((key, node) => [key, node]));
  const x = new Float64Array(keys.length);
  const y = new Float64Array(keys.length);
  const layer = new Int32Array(keys.length);
  const row = new Int32Array(keys.length);
  const known = new Uint8Array(keys.length);
  for (let node = 0; node < keys.length; node++) {
    const old = before.get(keys[node]);
    if (old === undefined) continue;
    x[node] = layout.x[old];
    y[node] = layout.y[old];
    layer[node] = layout.layer[old];
    row[node] = layout.row[old];
    known[node] = 1;
  }
  return { x, y, layer, row, known };
}
