import type { ScenePicture } from '@backflow/graph';

/** Finds the cards in a rectangle of the layout without looking at all of them. */
export interface CardGrid {
  /** Nodes whose cards touch the rectangle, nearest index first; stops after `most`. */
  within(left: number, top: number, right: number, bottom: number, most?: number): number[];
  /** The card at a point, null for none; of overlapping ones the last, which is drawn on top. */
  at(x: number, y: number): number | null;
}

/** Buckets the cards' rectangles into cells of a few cards each. */
export function cardGrid({
  layout,
  width,
  height,
}: Pick<ScenePicture, 'layout' | 'width' | 'height'>): CardGrid {
  const { x, y } = layout;
  let widest = 1;
  let tallest = 1;
  for (let node = 0; node < x.length; node++) {
    widest = Math.max(widest, width[node]);
    tallest = Math.max(tallest, height[node]);
  }
  const cellWidth = 3 * widest;
  const cellHeight = 4 * tallest;
  const cells = new Map<string, number[]>();
  const column = (at: number): number => Math.floor(at / cellWidth);
  const row = (at: number): number => Math.floor(at / cellHeight);
  for (let node = 0; node < x.length; node++) {
    const key = `${column(x[node])},${row(y[node])}`;
    const cell = cells.get(key);
    if (cell === undefined) cells.set(key, [node]);
    else cell.push(node);
  }

  function within(left: number, top: number, right: number, bottom: number, most = Infinity): number[] {
    const found: number[] = [];
    const look = (node: number): void => {
      if (
        x[node] + width[node] / 2 >= left &&
        x[node] - width[node] / 2 <= right &&
        y[node] + height[node] / 2 >= top &&
        y[node] - height[node] / 2 <= bottom
      )
        found.push(node);
    };
    // A card reaches at most half its size beyond the cell its centre is in.
    const fromColumn = column(left - widest / 2);
    const toColumn = column(right + widest / 2);
    const fromRow = row(top - tallest / 2);
    const toRow = row(bottom + tallest / 2);
    if ((toColumn - fromColumn + 1) * (toRow - fromRow + 1) > cells.size) {
      for (const cell of cells.values()) for (const node of cell) if (found.length < most) look(node);
    } else {
      for (let c = fromColumn; c <= toColumn; c++)
        for (let r = fromRow; r <= toRow; r++)
          for (const node of cells.get(`${c},${r}`) ?? []) if (found.length < most) look(node);
    }
    return found.sort((a, b) => a - b);
  }

  return {
    within,
    at(px, py) {
      const hit = within(px, py, px, py);
      return hit.length === 0 ? null : hit[hit.length - 1];
    },
  };
}
