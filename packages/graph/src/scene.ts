import { LEAF } from '@backflow/engine';
import type { Recording } from '@backflow/engine';
import type { CardCache } from './card-cache.ts';
import type { Layout } from './layout.ts';
import { LOOKS } from './looks.ts';
import type { ThemeName } from './looks.ts';
import { drawCard, drawRing, drawTab } from './scene-card.ts';
import type { CardMarks } from './scene-card.ts';
import { drawChip } from './scene-chip.ts';
import { drawEdge, drawEdgeLabel, edgeDrawings } from './scene-edge.ts';
import type { EdgeMarks } from './scene-edge.ts';
import type { Active, Moment } from './scene-moment.ts';
import type { Primitive } from './scene-primitive.ts';
import { CARD } from './scene-sizes.ts';
import { estimateWidth } from './scene-text.ts';
import type { Measure } from './scene-text.ts';
import type { Box, Pen, SceneFrame, ScenePicture, SceneWords } from './scene-types.ts';
import type { Uses } from './uses.ts';

export interface SceneOptions {
  readonly theme: ThemeName;
  readonly words: SceneWords;
  /** Significant digits. Default 4. */
  readonly digits?: number;
  readonly measure?: Measure;
  /** On a wall: edges are thicker, and no label is smaller than this, in pixels, where the numbers are not. */
  readonly wall?: number;
  /** Default: the whole layout at scale 1 with a margin. */
  readonly frame?: SceneFrame;
  /** The nodes and uses to draw. Default: all. */
  readonly nodes?: ArrayLike<number>;
  readonly edges?: ArrayLike<number>;
  readonly selected?: number | null;
  readonly hovered?: number | null;
  /** Uses that are shown lit, such as a path to the output. */
  readonly lit?: ReadonlySet<number>;
  /** How far the activity on the active edge has come, 0 to 1. Default 1: at rest. */
  readonly phase?: number;
  /** The cards of the scene before, for what is drawn again and again. */
  readonly cards?: CardCache;
}

/** A drawing as plain data, in pixels: painted on a canvas by the page, written by `toSvg`. */
export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly background: string;
  /** Below 1 while the text no longer matches. */
  readonly opacity: number;
  readonly primitives: readonly Primitive[];
  /** Where the leaves' numbers stand, for taking hold of them. */
  readonly numbers: readonly { readonly node: number; readonly box: Box }[];
}

const MARGIN = 28;

/** The frame that shows the whole layout at a scale. */
export function wholeFrame(layout: Layout, scale = 1, margin = MARGIN): SceneFrame {
  const { left, top, right, bottom } = layout.bounds;
  return {
    scale,
    x: (margin - left) * scale,
    y: (margin - top) * scale,
    width: (right - left + 2 * margin) * scale,
    height: (bottom - top + 2 * margin) * scale,
  };
}

/** Draws a picture at a moment. */
export function buildScene(picture: ScenePicture, moment: Moment, options: SceneOptions): Scene {
  const { layout, uses, width, height, recording } = picture;
  const look = LOOKS[options.theme];
  const frame = options.frame ?? wholeFrame(layout);
  const { scale } = frame;
  const nodes = options.nodes ?? indices(recording.count);
  const phase = options.phase ?? 1;
  const selected = options.selected ?? -1;
  const hovered = options.hovered ?? -1;
  const out: Primitive[] = [];
  const measure = options.measure ?? estimateWidth;
  const { digits = 4, words, wall = 0 } = options;
  const least = CARD.number * scale >= wall - 0.01 ? wall : 0;
  const pen: Pen = { out, look, measure, digits, words, scale, least, thickness: wall > 0 ? 1.5 : 1 };

  const at = frame.moved ?? layout;
  const boxes = new Map<number, Box>();
  for (let k = 0; k < nodes.length; k++) {
    const node = nodes[k];
    const w = width[node] * scale;
    const h = height[node] * scale;
    boxes.set(node, {
      x: at.x[node] * scale + frame.x - w / 2,
      y: at.y[node] * scale + frame.y - h / 2,
      width: w,
      height: h,
    });
  }

  const { active } = moment;
  const marksOf = (node: number): CardMarks => ({
    selected: node === selected,
    hovered: node === hovered,
    active: nodeActivity(active, node, recording),
  });
  const isLeaf = (node: number): boolean => recording.operation[node] === LEAF;
  for (const [node, box] of boxes) drawRing(pen, isLeaf(node), box, marksOf(node));
  const edges = edgeDrawings(pen, picture, moment, frame, options.edges ?? indices(uses.source.length));
  const later: { edge: (typeof edges)[number]; marks: EdgeMarks }[] = [];
  for (const edge of edges) {
    const source = uses.source[edge.use];
    const target = uses.target[edge.use];
    const lifted =
      source === selected ||
      target === selected ||
      source === hovered ||
      target === hovered ||
      options.lit?.has(edge.use) === true;
    const marks = {
      lifted,
      lit: options.lit?.has(edge.use) === true,
      active: edgeActivity(active, uses, edge.use),
      phase,
    };
    if (lifted || marks.active !== null) later.push({ edge, marks });
    else drawEdge(pen, picture, moment, edge, marks);
  }
  later.sort((a, b) => Number(a.marks.active !== null) - Number(b.marks.active !== null));
  for (const { edge, marks } of later) drawEdge(pen, picture, moment, edge, marks);
  // The step's own label says the local derivative of its edge.
  const told = active !== null && active.entry >= 0 ? active.entry : -1;
  for (const edge of edges) if (uses.entry[edge.use] !== told) drawEdgeLabel(pen, picture, moment, edge);

  const numbers: { node: number; box: Box }[] = [];
  const { cards } = options;
  cards?.prepare(picture, moment, pen);
  for (const [node, box] of boxes) {
    const marks = marksOf(node);
    const value =
      cards === undefined
        ? drawCard(pen, picture, moment, node, box, marks)
        : cards.draw(pen, picture, moment, node, box, marks);
    if (value !== null && isLeaf(node)) numbers.push({ node, box: value });
  }
  const covered = [...boxes.values()];
  for (const [node, box] of boxes) {
    const way = nodeActivity(active, node, recording);
    if (way !== null) covered.push(drawTab(pen, box, way));
  }
  if (active !== null && (active.kind === 'contribute' || active.kind === 'accumulate')) {
    const edge = later.find(({ marks }) => marks.active !== null)?.edge;
    if (edge !== undefined)
      drawChip(pen, picture, moment, active, edge, covered, frame, active.kind === 'accumulate' ? 1 : phase);
  }
  return {
    width: frame.width,
    height: frame.height,
    background: look.background,
    opacity: moment.stale ? 0.5 : 1,
    primitives: out,
    numbers,
  };
}

/** Values run forward along all inputs of the node that is evaluated, gradients back along one use. */
function edgeActivity(active: Active | null, uses: Uses, use: number): 'forward' | 'backward' | null {
  if (active === null) return null;
  if (active.kind === 'evaluate') return uses.target[use] === active.node ? 'forward' : null;
  if (active.entry < 0 || uses.entry[use] !== active.entry) return null;
  return active.forward === true ? 'forward' : 'backward';
}

function nodeActivity(
  active: Active | null,
  node: number,
  recording: Recording,
): 'forward' | 'backward' | null {
  if (active === null) return null;
  const way = active.kind === 'evaluate' || active.forward === true ? 'forward' : 'backward';
  if (active.kind === 'accumulate' && active.entry >= 0 && way === 'backward')
    return recording.inputs[active.entry] === node ? way : null;
  return active.node === node ? way : null;
}

function indices(count: number): Int32Array {
  const all = new Int32Array(count);
  for (let i = 0; i < count; i++) all[i] = i;
  return all;
}
