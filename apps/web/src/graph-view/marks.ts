import { buildScene, css, LOOKS } from '@backflow/graph';
import type { Moment, SceneFrame, SceneOptions, ThemeName } from '@backflow/graph';
import { paint } from './painter.ts';
import type { Picture } from './picture.ts';
import { cardBox } from './view.ts';

const TOUCHED_MOST = 100;
/** The colour of what is wrong, as in the rest of the page. */
const ERROR: Readonly<Record<ThemeName, string>> = { light: '#a3123f', dark: '#ff9cb8', print: '#a3123f' };

/** From afar only the active, the selected and the hovered cards stand out, each with its edges. */
export function paintMarks(
  context: CanvasRenderingContext2D,
  picture: Picture,
  moment: Moment,
  options: SceneOptions & { readonly frame: SceneFrame },
): void {
  const { uses } = picture;
  const { active } = moment;
  const { hovered = null, selected = null, lit, frame } = options;
  const look = LOOKS[options.theme];
  const nodes = new Set<number>();
  const edges: number[] = [];
  if (active !== null) nodes.add(active.node);
  for (let use = 0; use < uses.source.length; use++) {
    const source = uses.source[use];
    const target = uses.target[use];
    const isActive = active !== null && active.entry >= 0 && uses.entry[use] === active.entry;
    if (isActive) nodes.add(source).add(target);
    const touched = source === hovered || target === hovered || source === selected || target === selected;
    if (isActive || lit?.has(use) === true || (touched && edges.length < TOUCHED_MOST)) edges.push(use);
  }
  paint(context, buildScene(picture, moment, { ...options, nodes: [], edges }));
  const ring = (node: number, color: string, width: number): void => {
    const box = cardBox(picture, frame, node);
    const grow = Math.max(0, 10 - Math.min(box.width, box.height)) / 2 + 2;
    context.beginPath();
    context.roundRect(box.x - grow, box.y - grow, box.width + 2 * grow, box.height + 2 * grow, 4);
    context.setLineDash([]);
    for (const [style, thickness] of [
      [css(look.card), width + 2],
      [color, width],
    ] as const) {
      context.strokeStyle = style;
      context.lineWidth = thickness;
      context.stroke();
    }
  };
  if (hovered !== null) ring(hovered, look.muted, 1.5);
  for (const node of nodes) ring(node, look.active, 2.5);
  if (selected !== null) ring(selected, look.selected, 2);
}

/** A cross at the upper left corner of a card that is wrong, and a frame of dashes around it. */
export function paintFlag(
  context: CanvasRenderingContext2D,
  picture: Picture,
  frame: SceneFrame,
  node: number,
  theme: ThemeName,
): void {
  const box = cardBox(picture, frame, node);
  const gap = 6;
  const size = 9;
  const { x, y } = { x: box.x - gap, y: box.y - gap };
  context.strokeStyle = ERROR[theme];
  context.lineWidth = 2.5;
  context.setLineDash([5, 3]);
  context.beginPath();
  context.roundRect(x, y, box.width + 2 * gap, box.height + 2 * gap, 8);
  context.stroke();
  context.setLineDash([]);
  context.fillStyle = css(LOOKS[theme].card);
  context.beginPath();
  context.arc(x, y, size, 0, 2 * Math.PI);
  context.fill();
  context.stroke();
  context.beginPath();
  for (const way of [1, -1]) {
    context.moveTo(x - size / 2.4, y - (way * size) / 2.4);
    context.lineTo(x + size / 2.4, y + (way * size) / 2.4);
  }
  context.stroke();
}
