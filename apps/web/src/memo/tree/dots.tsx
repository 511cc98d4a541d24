import type { JSX } from 'preact';
import { curveBetween, number, type Place, type Plane } from './plane.ts';
import type { Shape } from './shape.ts';

interface DotsProps {
  readonly shape: Shape;
  readonly plane: Plane;
  readonly at: (item: number) => Place;
  readonly lit: number;
  readonly local: ArrayLike<number>;
  readonly markOf: (id: number) => '' | 'next' | 'fresh';
}

/** Thousands of items as a few paths, one for each way of looking. */
export function Dots({ shape, plane, at, lit, local, markOf }: DotsProps): JSX.Element {
  const { ids, node, value, from, to, use } = shape;
  const lines = new Map<string, string[]>();
  const dots = new Map<string, string[]>();
  const put = (into: Map<string, string[]>, look: string, path: string): void => {
    const paths = into.get(look);
    if (paths === undefined) into.set(look, [path]);
    else paths.push(path);
  };
  use.forEach((u, edge) => {
    const touched = node[from[edge]] === lit || node[to[edge]] === lit;
    const sign = value[from[edge]] * local[u] < 0 ? 'minus' : 'plus';
    const { path } = curveBetween(shape, plane, edge, at(to[edge]), at(from[edge]));
    put(lines, `${sign}${touched ? ' lit' : ''}`, path);
  });
  const radius = Math.max(1.6, Math.min(5, 0.4 * plane.size * Math.max(plane.scaleY, 0.2)));
  ids.forEach((id, item) => {
    const mark = markOf(id);
    const sign = value[item] > 0 ? 'plus' : value[item] < 0 ? 'minus' : '';
    const look = node[item] === lit ? 'lit' : mark === '' ? sign : mark;
    const r = radius + (look === 'lit' ? 2 : mark === '' ? 0 : 3);
    const { x, y } = at(item);
    const arc = `a${r} ${r} 0 1 0 `;
    put(dots, look, `M${number(x - r)} ${number(y)}${arc}${2 * r} 0${arc}${-2 * r} 0`);
  });
  // What is lit or marked comes last, on top.
  const late = (look: string): number => (/lit|next|fresh/.test(look) ? 1 : 0);
  const ordered = (paths: Map<string, string[]>): [string, string[]][] =>
    [...paths].sort(([a], [b]) => late(a) - late(b));
  return (
    <>
      {ordered(lines).map(([look, paths]) => (
        <g key={`line ${look}`} class={`fold-edge ${look}`}>
          <path class="line" d={paths.join('')} />
        </g>
      ))}
      {ordered(dots).map(([look, paths]) => (
        <path key={`dot ${look}`} class={`fold-dot ${look}`} d={paths.join('')} />
      ))}
    </>
  );
}
