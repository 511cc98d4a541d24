import type { DescentStep, Landscape } from '@backflow/nn';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { Frame, type Room } from './frame.tsx';
import { curveOf, inPixels, pathOf, roundTicks, tickText } from './picture.ts';

export interface PictureProps {
  readonly landscape: Landscape;
  readonly names: readonly string[];
  readonly cost: string;
  readonly from: readonly number[];
  readonly to: readonly number[];
  /** The path so far; the ball is at its end. */
  readonly path: readonly DescentStep[];
  readonly rate: number;
  readonly label: string;
  readonly hint: string;
  readonly dark: boolean;
  readonly onStart: (point: readonly number[]) => void;
}

const SAMPLES = 400;
/** An arrow key moves the start by this share of what is seen. */
export const NUDGE = 1 / 100;
/** Of earlier places. */
const SHOWN_PLACES = 300;

/** A curve with the ball on it, where it was before, and the tangent where it is. */
export function CurvePicture(props: PictureProps): JSX.Element {
  const { landscape, from, to, path, onStart, names, cost } = props;
  const curve = useMemo(() => curveOf(landscape, from[0], to[0], SAMPLES), [landscape, from[0], to[0]]);
  const margin = ({ text }: Room) => ({
    left: 4.2 * text,
    right: text,
    top: 1.8 * text,
    bottom: 2.4 * text,
  });
  return (
    <Frame
      label={props.label}
      hint={props.hint}
      shape={0.62}
      onPick={(across, _, room) => {
        const { left, right } = margin(room);
        const share = (across * room.width - left) / (room.width - left - right);
        onStart([from[0] + Math.max(0, Math.min(1, share)) * (to[0] - from[0])]);
      }}
      onNudge={(across) => onStart([path[0].point[0] + across * NUDGE * (to[0] - from[0])])}
    >
      {(room) => {
        const { width, height, text } = room;
        const { left, right, top, bottom } = margin(room);
        const space = 0.06 * (curve.high - curve.low);
        const [low, high] = [curve.low - space, curve.high + space];
        const px = (x: number): number =>
          inPixels(left + ((x - from[0]) / (to[0] - from[0])) * (width - left - right));
        const py = (y: number): number =>
          inPixels(height - bottom - ((y - low) / (high - low)) * (height - top - bottom));
        // Pixels downward for each to the right, where the slope is 1.
        const steepness =
          ((-(height - top - bottom) / (high - low)) * (to[0] - from[0])) / (width - left - right);
        const inside = (step: DescentStep): boolean =>
          Number.isFinite(step.cost) &&
          step.point[0] >= from[0] &&
          step.point[0] <= to[0] &&
          step.cost >= low &&
          step.cost <= high;
        const ball = path[path.length - 1];
        const [x, y] = [px(ball.point[0]), py(ball.cost)];
        const places = path.slice(-SHOWN_PLACES);
        const next = px(ball.point[0] - props.rate * ball.slope[0]);
        return (
          <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
            {roundTicks(low, high, Math.max(2, height / (4 * text))).map((tick, _, ticks) => (
              <g key={tick}>
                <path class="grid" d={`M${left} ${py(tick)}H${width - right}`} />
                <text class="tick" x={left - 0.4 * text} y={py(tick) + 0.35 * text} text-anchor="end">
                  {tickText(tick, ticks)}
                </text>
              </g>
            ))}
            {roundTicks(from[0], to[0], Math.max(2, width / (6 * text))).map((tick, _, ticks) => (
              <text
                key={tick}
                class="tick"
                x={px(tick)}
                y={height - bottom + 1.2 * text}
                text-anchor="middle"
              >
                {tickText(tick, ticks)}
              </text>
            ))}
            <path class="axis" d={`M${left} ${top}V${height - bottom}H${width - right}`} />
            <text class="tick" x={left - 0.4 * text} y={1.1 * text} text-anchor="end">
              {cost}
            </text>
            <text class="tick" x={width - right} y={height - 0.2 * text} text-anchor="end">
              {names[0]}
            </text>
            <svg x={left} y={top} width={width - left - right} height={height - top - bottom}>
              <g transform={`translate(${-left} ${-top})`}>
                <path class="descent-curve" d={pathOf(curve, px, py)} />
                <path
                  class="descent-track"
                  d={places
                    .filter(({ cost: height }) => Number.isFinite(height))
                    .map(
                      ({ point, cost: height }, i) => `${i === 0 ? 'M' : 'L'}${px(point[0])} ${py(height)}`,
                    )
                    .join('')}
                />
                {places.filter(inside).map((step, i) => (
                  <circle key={i} class="descent-place" cx={px(step.point[0])} cy={py(step.cost)} r={3} />
                ))}
                {inside(ball) && Number.isFinite(ball.slope[0]) ? (
                  <>
                    <Tangent x={x} y={y} rise={ball.slope[0] * steepness} />
                    <path class="descent-next" d={`M${x} ${y}H${next}`} />
                    <path class="descent-head" d={arrowHead(x, y, next)} />
                  </>
                ) : null}
                {inside(ball) ? <circle class="descent-ball" cx={x} cy={y} r={7} /> : null}
              </g>
            </svg>
          </svg>
        );
      }}
    </Frame>
  );
}

/** A piece of the tangent, equally long on the screen whatever the slope. */
function Tangent({ x, y, rise }: { x: number; y: number; rise: number }): JSX.Element {
  const scale = 60 / Math.hypot(1, rise);
  return (
    <path class="descent-tangent" d={`M${x - scale} ${y - rise * scale}L${x + scale} ${y + rise * scale}`} />
  );
}

function arrowHead(x: number, y: number, to: number): string {
  const size = Math.min(6, Math.abs(to - x));
  const back = to > x ? -size : size;
  return `M${to} ${y}l${back} ${-size / 2}v${size}Z`;
}
