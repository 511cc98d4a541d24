import type { Moment } from '@backflow/graph';
import type { Picture } from './picture.ts';

/** Drawing more curves than this would show a grey mass, slowly. */
const CURVES_MOST = 700;

export interface View {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface CurveReach {
  /** The uses whose curves may pass through a rectangle of the layout; of too many the ones along which most flows. */
  within(view: View, moment: Moment): number[];
}

/** Remembers the rectangle around each curve; control points contain their curve. */
export function curveReach({ layout, uses }: Picture): CurveReach {
  const { start, points } = layout.routes;
  const count = start.length - 1;
  const reach = new Float64Array(count * 4);
  for (let use = 0; use < count; use++) {
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let p = start[use]; p < start[use + 1]; p++) {
      left = Math.min(left, points[2 * p]);
      right = Math.max(right, points[2 * p]);
      top = Math.min(top, points[2 * p + 1]);
      bottom = Math.max(bottom, points[2 * p + 1]);
    }
    reach.set([left, top, right, bottom], use * 4);
  }
  return {
    within(view, moment) {
      const found: number[] = [];
      for (let use = 0; use < count; use++)
        if (
          reach[4 * use] <= view.right &&
          reach[4 * use + 1] <= view.bottom &&
          reach[4 * use + 2] >= view.left &&
          reach[4 * use + 3] >= view.top
        )
          found.push(use);
      if (found.length <= CURVES_MOST) return found;
      const weight = (use: number): number => {
        const entry = uses.entry[use];
        if (entry === moment.active?.entry) return Infinity;
        const flow = moment.contribution[entry];
        return moment.flowed[entry] === 1 && !Number.isNaN(flow) ? Math.abs(flow) : 0;
      };
      return found.sort((a, b) => weight(b) - weight(a) || a - b).slice(0, CURVES_MOST);
    },
  };
}
