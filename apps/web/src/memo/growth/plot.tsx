import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { PlotLine } from './lines.ts';
import { apart, ticksTo } from './scale.ts';
import './plot.css';

interface PlotProps {
  readonly label: string;
  readonly lines: readonly PlotLine[];
  readonly from: number;
  readonly to: number;
  /** Height in lines of text, where there is room for them. */
  readonly rows: number;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly tickText: (y: number) => string;
  /** False where y counts powers of ten: the axis begins at the one below all lines. */
  readonly fromZero: boolean;
  /** The size that is read off, by the slider or the pointer. */
  readonly cursor: number;
  /** A place of interest on the axis. */
  readonly mark?: { readonly x: number; readonly label: string };
  readonly onPoint: (x: number | null) => void;
  readonly onPick: (x: number) => void;
}

const MARKERS = 5;
/** Of the panel's height. */
const SHARE = 0.66;
/** Rows of text that a plot has at least. */
const LEAST_ROWS = 10;

/** Lines over a size: axes, labels at the ends of the lines, and a cursor that follows the pointer. */
export function Plot(props: PlotProps): JSX.Element {
  const { lines, from, to, rows, cursor, mark } = props;
  const frame = useRef<HTMLDivElement>(null);
  const letter = useRef<HTMLSpanElement>(null);
  const [room, setRoom] = useState({ width: 600, height: 600, text: 13 });
  useEffect(() => {
    const element = frame.current!;
    const look = (): void => {
      const text = parseFloat(getComputedStyle(element).fontSize);
      const { clientHeight } = element.closest('.memo-panel') ?? document.documentElement;
      setRoom({ width: element.clientWidth, height: SHARE * clientHeight, text });
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    // The text may change its size when the room does not.
    observer.observe(letter.current!);
    return () => observer.disconnect();
  }, []);

  const { width, text } = room;
  const height = Math.max(LEAST_ROWS * text, Math.min(rows * text, room.height));
  const heights = lines.flatMap(({ points }) => points.map(({ y }) => y)).filter(Number.isFinite);
  const low = props.fromZero ? 0 : Math.floor(Math.min(Infinity, ...heights));
  const foot = Number.isFinite(low) ? low : 0;
  const top = Math.max(foot + 1, ...heights);
  const ticks = ticksTo(top - foot, Math.max(2, Math.floor(height / (4 * text))), 1).map(
    (tick) => foot + tick,
  );
  const longest = Math.max(...ticks.map((tick) => Array.from(props.tickText(tick)).length));
  const left = Math.ceil((longest + 1) * text * 0.58);
  const bottom = height - 2.7 * text;
  const head = 2.8 * text;
  // Half of the last size's digits stand beyond the axis.
  const right = width - (0.35 + 0.3 * to.toLocaleString('en').length) * text;
  const px = (x: number): number => left + ((x - from) / Math.max(1, to - from)) * (right - left);
  const py = (y: number): number => bottom - ((y - foot) / (top - foot)) * (bottom - head);
  const xTicks = ticksTo(to, Math.max(2, Math.floor((right - left) / (5 * text))), 1).filter(
    (x) => x >= from,
  );

  const atPointer = (event: PointerEvent): number => {
    const { left: start } = frame.current!.getBoundingClientRect();
    const share = (event.clientX - start - left) / Math.max(1, right - left);
    return Math.round(Math.max(from, Math.min(to, from + share * (to - from))));
  };
  const ends = lines.map(({ points }) => points.findLast(({ y }) => Number.isFinite(y)));
  const labels = apart(
    ends.map((end) => (end === undefined ? 0 : py(end.y) - 0.5 * text)),
    1.25 * text,
    2.3 * text,
    bottom - 0.3 * text,
  );

  // Beside the cursor, on the side where the lines are not.
  const onLeft = px(cursor) > 0.3 * width;
  const readings = apart(
    lines.map(
      ({ atCursor }) => py(Number.isFinite(atCursor) ? atCursor : foot) + (onLeft ? -0.4 : 1.2) * text,
    ),
    1.25 * text,
    2.3 * text,
    bottom - 0.3 * text,
  );

  return (
    <div ref={frame} class="plot">
      <span ref={letter} class="plot-letter" />
      <svg
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={props.label}
        onPointerMove={(event) => props.onPoint(atPointer(event))}
        onPointerLeave={() => props.onPoint(null)}
        onPointerDown={(event) => props.onPick(atPointer(event))}
      >
        {ticks.map((tick) => (
          <g key={tick}>
            <path class="grid" d={`M${left} ${py(tick).toFixed(1)}H${right}`} />
            <text class="tick" x={left - 0.4 * text} y={py(tick) + 0.35 * text} text-anchor="end">
              {props.tickText(tick)}
            </text>
          </g>
        ))}
        {xTicks.map((x) => (
          <text key={x} class="tick" x={px(x)} y={bottom + 1.15 * text} text-anchor="middle">
            {x.toLocaleString('en')}
          </text>
        ))}
        <text class="axis-name" x={2} y={0.95 * text}>
          {props.yLabel}
        </text>
        <text class="axis-name" x={right} y={height - 0.3 * text} text-anchor="end">
          {props.xLabel}
        </text>
        <path class="axis" d={`M${left} ${head}V${bottom}H${right}`} />
        {mark === undefined ? null : (
          <g class="mark">
            <path d={`M${px(mark.x).toFixed(1)} ${head}V${bottom}`} />
            <text
              x={px(mark.x) + (px(mark.x) > width / 2 ? -0.4 : 0.4) * text}
              y={head - 0.35 * text}
              text-anchor={px(mark.x) > width / 2 ? 'end' : 'start'}
            >
              {mark.label}
            </text>
          </g>
        )}
        <path class="cursor" d={`M${px(cursor).toFixed(1)} ${head}V${bottom}`} />
        {lines.map((line) => (
          <Line key={line.id} line={line} px={px} py={py} cursor={cursor} size={0.34 * text} />
        ))}
        {lines.map((line, index) => (
          <text
            key={line.id}
            class={`line-label line-${line.id}`}
            x={px(cursor) + (onLeft ? -0.8 : 0.8) * text}
            y={readings[index]}
            text-anchor={onLeft ? 'end' : 'start'}
          >
            {line.reading}
          </text>
        ))}
        {lines.map((line, index) =>
          ends[index] === undefined || line.label === '' ? null : (
            <text
              key={line.id}
              class={`line-label line-${line.id}`}
              x={right - 0.3 * text}
              y={labels[index]}
              text-anchor="end"
            >
              {line.label}
            </text>
          ),
        )}
      </svg>
    </div>
  );
}

interface LineProps {
  readonly line: PlotLine;
  readonly px: (x: number) => number;
  readonly py: (y: number) => number;
  readonly cursor: number;
  readonly size: number;
}

function Line({ line, px, py, cursor, size }: LineProps): JSX.Element {
  const points = line.points.filter(({ y }) => Number.isFinite(y));
  const path = points
    .map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${px(x).toFixed(1)} ${py(y).toFixed(1)}`)
    .join('');
  const every = Math.max(1, Math.ceil(points.length / MARKERS));
  return (
    <g class={`line line-${line.id}`}>
      <path class="stroke" d={path} />
      {points
        .filter((_, index) => index % every === every >> 1)
        .map(({ x, y }) => (
          <Marker key={x} id={line.id} x={px(x)} y={py(y)} size={size} />
        ))}
      {Number.isFinite(line.atCursor) ? (
        <Marker id={line.id} x={px(cursor)} y={py(line.atCursor)} size={1.6 * size} />
      ) : null}
    </g>
  );
}

/** Shapes in the order of `SHAPES`, a unit wide on each side. */
const SHAPES = {
  square: 'M-1-1H1V1H-1Z',
  diamond: 'M0-1.3L1.3 0L0 1.3L-1.3 0Z',
  up: 'M0-1.3L1.2 0.9H-1.2Z',
  down: 'M0 1.3L1.2-0.9H-1.2Z',
  circle: 'M-1 0A1 1 0 1 1 1 0A1 1 0 1 1-1 0Z',
  cross: 'M-1-1L1 1M-1 1L1-1',
  plus: 'M-1.2 0H1.2M0-1.2V1.2',
} as const;

const SHAPE_OF: Readonly<Record<string, keyof typeof SHAPES>> = {
  memo: 'square',
  reverse: 'diamond',
  forward: 'up',
  numeric: 'down',
  overwrite: 'cross',
  preorder: 'plus',
  'breadth-first': 'cross',
  postorder: 'plus',
};

function Marker({ id, x, y, size }: { id: string; x: number; y: number; size: number }): JSX.Element {
  return (
    <path
      class="marker"
      d={SHAPES[SHAPE_OF[id] ?? 'circle']}
      transform={`translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${size.toFixed(2)})`}
    />
  );
}

/** The sign of a line beside its name in a table. */
export function LineSign({ id }: { id: string }): JSX.Element {
  return (
    <svg class="line-sign" viewBox="0 0 40 14" aria-hidden="true">
      <g class={`line line-${id}`}>
        <path class="stroke" d="M1 7H39" />
        <Marker id={id} x={20} y={7} size={4.4} />
      </g>
    </svg>
  );
}
