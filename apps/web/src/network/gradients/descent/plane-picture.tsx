import type { JSX } from 'preact';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { NUDGE, type PictureProps } from './curve-picture.tsx';
import { Frame, type Room } from './frame.tsx';
import { bandsOf, inPixels, NO_BAND, reliefOf, roundTicks, tickText, type Relief } from './picture.ts';

const COLUMNS = 121;
const ROWS = 97;
const BANDS = 14;
const SHOWN_PLACES = 2000;

/** A cost over two numbers from above: the darker the lower, lines of equal height, and the ball's way. */
export function PlanePicture(props: PictureProps): JSX.Element {
  const { landscape, from, to, path, onStart, names, rate } = props;
  const relief = useMemo(() => reliefOf(landscape, from, to, COLUMNS, ROWS), [landscape, from, to]);
  const spans = [to[0] - from[0], to[1] - from[1]];
  // Both numbers have the same scale: the way downhill crosses the lines at right angles.
  const place = ({ width, height, text }: Room) => {
    const [left, top] = [3.2 * text, 0.8 * text];
    const [wide, high] = [width - left - text, height - top - 2.4 * text];
    const scale = Math.min(wide / spans[0], high / spans[1]);
    return { left, top, width: Math.round(scale * spans[0]), height: Math.round(scale * spans[1]) };
  };
  return (
    <Frame
      label={props.label}
      hint={props.hint}
      shape={0.75}
      onPick={(across, down, room) => {
        const { left, top, width, height } = place(room);
        const share = (at: number): number => Math.max(0, Math.min(1, at));
        onStart([
          from[0] + share((across * room.width - left) / width) * spans[0],
          to[1] - share((down * room.height - top) / height) * spans[1],
        ]);
      }}
      onNudge={(across, up) => {
        const [x, y] = path[0].point;
        onStart([x + across * NUDGE * spans[0], y + up * NUDGE * spans[1]]);
      }}
    >
      {(room) => {
        const { width, height, text } = room;
        const { left, top, ...inner } = place(room);
        const [right, bottom] = [left + inner.width, top + inner.height];
        const px = (x: number): number => inPixels(left + ((x - from[0]) / spans[0]) * inner.width);
        const py = (y: number): number => inPixels(top + ((to[1] - y) / spans[1]) * inner.height);
        const finite = path.filter(({ point }) => point.every(Number.isFinite)).slice(-SHOWN_PLACES);
        const ball = finite[finite.length - 1];
        const next = ball.point.map((each, i) => each - rate * ball.slope[i]);
        return (
          <>
            <Heights relief={relief} {...inner} left={left} top={top} dark={props.dark} />
            <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
              {roundTicks(from[0], to[0], inner.width / (4 * text)).map((tick, _, ticks) => (
                <text key={tick} class="tick" x={px(tick)} y={bottom + 1.2 * text} text-anchor="middle">
                  {tickText(tick, ticks)}
                </text>
              ))}
              {roundTicks(from[1], to[1], inner.height / (4 * text)).map((tick, _, ticks) => (
                <text
                  key={tick}
                  class="tick"
                  x={left - 0.4 * text}
                  y={py(tick) + 0.35 * text}
                  text-anchor="end"
                >
                  {tickText(tick, ticks)}
                </text>
              ))}
              <text class="tick" x={right} y={bottom + 2.2 * text} text-anchor="end">
                {names[0]}
              </text>
              <text class="tick" x={0.2 * text} y={top + 0.8 * text}>
                {names[1]}
              </text>
              <svg x={left} y={top} width={inner.width} height={inner.height}>
                <g transform={`translate(${-left} ${-top})`}>
                  <path
                    class="descent-way"
                    d={finite
                      .map(
                        ({ point: [x, y] }, i) =>
                          `${i === 0 ? 'M' : 'L'}${px(x).toFixed(1)} ${py(y).toFixed(1)}`,
                      )
                      .join('')}
                  />
                  {finite.slice(-300).map(({ point: [x, y] }, i) => (
                    <circle key={i} class="descent-place" cx={px(x)} cy={py(y)} r={2.5} />
                  ))}
                  {next.every(Number.isFinite) ? (
                    <path
                      class="descent-next"
                      d={`M${px(ball.point[0])} ${py(ball.point[1])}L${px(next[0])} ${py(next[1])}`}
                    />
                  ) : null}
                  <circle class="descent-ball" cx={px(ball.point[0])} cy={py(ball.point[1])} r={7} />
                </g>
              </svg>
              <path class="axis" d={`M${left} ${top}V${bottom}H${right}`} />
            </svg>
          </>
        );
      }}
    </Frame>
  );
}

interface HeightsProps {
  readonly relief: Relief;
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly top: number;
  readonly dark: boolean;
}

/** Bands of grey with a line around each. */
function Heights({ relief, width, height, left, top, dark }: HeightsProps): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const context = canvas.current!.getContext('2d')!;
    const image = context.createImageData(width, height);
    const { data } = image;
    const bands = bandsOf(relief, width, height, BANDS);
    for (let at = 0; at < bands.length; at++) {
      const band = bands[at];
      if (band === NO_BAND) continue;
      const edge =
        (at % width < width - 1 && bands[at + 1] !== band) ||
        (at + width < bands.length && bands[at + width] !== band);
      const share = band / (BANDS - 1);
      const level = dark ? 24 + 66 * share : 190 + 62 * share;
      const grey = edge ? level + (dark ? 34 : -48) : level;
      data[4 * at] = grey;
      data[4 * at + 1] = grey;
      data[4 * at + 2] = grey + (dark ? 6 : 2);
      data[4 * at + 3] = 255;
    }
    context.putImageData(image, 0, 0);
  }, [relief, width, height, dark]);
  return (
    <canvas
      ref={canvas}
      width={width}
      height={height}
      style={{ left: `${left}px`, top: `${top}px` }}
      aria-hidden="true"
    />
  );
}
