import type { JSX } from 'preact';
import { curveBetween, headOf, number, routeOf, type Line, type Place, type Plane } from './plane.ts';
import { edgeTextSize, type Shape } from './shape.ts';

interface EdgesProps {
  readonly shape: Shape;
  readonly plane: Plane;
  readonly at: (item: number) => Place;
  readonly moving: boolean;
  readonly lit: number;
  readonly local: ArrayLike<number>;
}

/** A line for each use, with its arrow head and, where there is room, its slope. */
export function Edges({ shape, plane, at, moving, lit, local }: EdgesProps): JSX.Element {
  const { lettering, node, from, to } = shape;
  const size = edgeTextSize(lettering);
  const labelled = plane.detail === 'all' && !moving;
  return (
    <>
      {shape.use.map((use, edge) => {
        const label = shape.edgeLabel[edge];
        const negative = shape.value[from[edge]] * local[use] < 0;
        const touched = node[from[edge]] === lit || node[to[edge]] === lit;
        const lead = (lettering.measure(label, size, false) + 0.9 * lettering.size) * plane.scaleX;
        const line: Line = labelled
          ? routeOf(shape, plane, edge, lead)
          : curveBetween(shape, plane, edge, at(to[edge]), at(from[edge]));
        return (
          <g
            key={`${shape.ids[from[edge]]} ${use}`}
            class={`fold-edge ${negative ? 'minus' : 'plus'} ${touched ? 'lit' : ''}`}
          >
            <path class="line" d={line.path} />
            <path class="head" d={headPath(line.tip, headOf(plane))} />
            {labelled && label !== '' ? (
              <text
                x={line.tip.x - headOf(plane) - 2}
                y={line.tip.y - 0.22 * size * plane.scaleX}
                text-anchor="end"
                font-size={size * plane.scaleX}
              >
                {label}
              </text>
            ) : null}
          </g>
        );
      })}
    </>
  );
}

function headPath({ x, y }: Place, head: number): string {
  const spread = 0.48 * head;
  return `M${number(x)} ${number(y)}l${number(-head)} ${number(-spread)}v${number(2 * spread)}z`;
}
