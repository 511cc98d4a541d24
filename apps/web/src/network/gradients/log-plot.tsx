import { formatNumber } from '@backflow/print';
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { decades } from './decades.ts';
import { roundTicks } from './descent/picture.ts';

export interface LogLine {
  /** Chooses dash and marker in the style sheet: `log-line-…`. */
  readonly id: string;
  readonly label: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

interface PlotProps {
  readonly label: string;
  readonly lines: readonly LogLine[];
  readonly xLabel: string;
}

/** Sizes over layers on a logarithmic scale; what is 0 or no number leaves a gap. */
export function LogPlot({ label, lines, xLabel }: PlotProps): JSX.Element {
  const frame = useRef<HTMLDivElement>(null);
  const [{ width, text }, setRoom] = useState({ width: 560, text: 13 });
  useEffect(() => {
    const element = frame.current!;
    const look = (): void =>
      setRoom({
        width: Math.max(240, Math.min(760, element.clientWidth)),
        text: parseFloat(getComputedStyle(element).fontSize),
      });
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const height = Math.round(Math.min(19 * text, 0.62 * width));
  const all = lines.flatMap(({ points }) => points);
  const heights = all.map(({ y }) => Math.log10(y)).filter(Number.isFinite);
  const { low, high, ticks } = decades(heights, Math.max(2, Math.floor(height / (2.4 * text))));
  const xs = all.map(({ x }) => x);
  const [from, to] = [Math.min(...xs), Math.max(...xs)];
  const left = 5.2 * text;
  const right = width - text;
  const top = 2.2 * text + 1.3 * text * Math.ceil(lines.length / (width > 34 * text ? 4 : 2));
  const bottom = height - 2.4 * text;
  const px = (x: number): number =>
    to > from ? left + ((x - from) / (to - from)) * (right - left) : (left + right) / 2;
  const py = (y: number): number => bottom - ((Math.log10(y) - low) / (high - low)) * (bottom - top);
  const perRow = width > 34 * text ? 4 : 2;
  const marks = roundTicks(from, Math.max(from + 1, to), Math.min(12, (right - left) / (3.4 * text))).filter(
    (x) => Number.isInteger(x) && x <= to,
  );
  return (
    <div ref={frame} class="log-plot">
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
        {lines.map(({ id, label: name }, i) => {
          const x = left + ((right - left) / perRow) * (i % perRow);
          const y = 0.9 * text + 1.5 * text * Math.floor(i / perRow);
          return (
            <g key={id} class={`log-line-${id}`}>
              <path class="stroke" d={`M${x} ${y}h${2 * text}`} />
              <Marker id={id} x={x + text} y={y} />
              <text x={x + 2.4 * text} y={y + 0.35 * text}>
                {name}
              </text>
            </g>
          );
        })}
        {ticks.map((tick) => (
          <g key={tick}>
            <path class="grid" d={`M${left} ${py(10 ** tick)}H${right}`} />
            <text class="tick" x={left - 0.4 * text} y={py(10 ** tick) + 0.35 * text} text-anchor="end">
              {formatNumber(Number(`1e${tick}`)).replace(/^1·/, '')}
            </text>
          </g>
        ))}
        {marks.map((x) => (
          <text key={x} class="tick" x={px(x)} y={bottom + 1.2 * text} text-anchor="middle">
            {formatNumber(x)}
          </text>
        ))}
        <text class="tick" x={right} y={height - 0.2 * text} text-anchor="end">
          {xLabel}
        </text>
        <path class="axis" d={`M${left} ${top}V${bottom}H${right}`} />
        {lines.map(({ id, points }) => {
          const there = points.filter(({ y }) => y > 0 && Number.isFinite(y));
          const every = Math.max(1, Math.ceil(there.length / 14));
          return (
            <g key={id} class={`log-line-${id}`}>
              <path
                class="stroke"
                d={there
                  .map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${px(x).toFixed(1)} ${py(y).toFixed(1)}`)
                  .join('')}
              />
              {there
                .filter((_, i) => i % every === 0 || i === there.length - 1)
                .map(({ x, y }) => (
                  <Marker key={x} id={id} x={px(x)} y={py(y)} />
                ))}
            </g>
          );
        })}
      </svg>
    </div>
  );
}

/** Each line has a marker of its own besides its dash. */
function Marker({ id, x, y }: { id: string; x: number; y: number }): JSX.Element {
  const shapes: Readonly<Record<string, string>> = {
    z: 'm-4 -4h8v8h-8Z',
    d1: 'm-4 -4h8v8h-8Z',
    d2: 'm0 -5l5 9h-10Z',
    d3: 'm0 -5l5 5l-5 5l-5 -5Z',
  };
  const shape = shapes[id];
  if (shape === undefined) return <circle class="marker" cx={x} cy={y} r={4} />;
  return <path class="marker" d={`M${x} ${y}${shape}`} />;
}
