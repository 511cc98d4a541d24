import type { EpochReport } from '@backflow/nn';
import type { NetworkMessages } from '@backflow/messages';
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { ACCURACY_LINES, heightOf, LOSS_LINES, present, thinned, type CurveLine } from './curve-lines.ts';
import { countText, percent, rangeOf, short, ticksBetween } from './figures.ts';
import type { NetworkTabProps } from '../contract.ts';

/** Points of a line, and rows of the table. */
const MOST_POINTS = 600;
const MOST_ROWS = 60;
const HEIGHT = 176;
const LOW = 128;

type Props = Pick<NetworkTabProps, 'app' | 'training' | 'network' | 'texts'>;

/** On a projector all is larger. */
const PROJECTED = 1.7;

/** Loss and share of right answers over the epochs. */
export function Curves({ app, training, network, texts }: Props): JSX.Element {
  const words = texts.training.curves;
  const [log, setLog] = useState(false);
  const reports = training.epochs.value;
  const epochs = network.train?.epochs ?? 1;
  const to = Math.max(1, Math.min(epochs, 4 * reports.length), reports.at(-1)?.epoch ?? 0);
  const accuracy = present(ACCURACY_LINES, reports);
  const size = app.session.value.projector ? PROJECTED : 1;
  return (
    <section class="training-card training-curves" aria-label={words.label}>
      <header>
        <h2>{words.loss}</h2>
        <Legend texts={texts} lines={present(LOSS_LINES, reports)} />
        <label class="training-check">
          <input type="checkbox" checked={log} onChange={(event) => setLog(event.currentTarget.checked)} />
          {words.log}
        </label>
      </header>
      {reports.length === 0 ? (
        <p class="quiet">{words.none}</p>
      ) : (
        <>
          <Plot
            texts={texts}
            label={words.loss}
            lines={present(LOSS_LINES, reports)}
            reports={reports}
            to={to}
            log={log}
            size={size}
            print={short}
          />
          {accuracy.length === 0 ? null : (
            <>
              <h2>{words.accuracy}</h2>
              <Plot
                texts={texts}
                label={words.accuracy}
                lines={accuracy}
                reports={reports}
                to={to}
                log={false}
                size={size}
                print={percent}
                bounds={[0, 1]}
              />
            </>
          )}
          <Table texts={texts} reports={reports} />
        </>
      )}
    </section>
  );
}

function Legend({
  texts,
  lines,
}: {
  readonly texts: NetworkMessages;
  readonly lines: readonly CurveLine[];
}): JSX.Element {
  return (
    <span class="curve-legend small">
      {lines.map(({ id }) => (
        <span key={id}>
          <svg class={`curve curve-${id}`} width="28" height="10" aria-hidden="true">
            <path d="M1 5H27" />
          </svg>
          {texts.training.curves[id]}
        </span>
      ))}
    </span>
  );
}

interface PlotProps {
  readonly texts: NetworkMessages;
  readonly label: string;
  readonly lines: readonly CurveLine[];
  readonly reports: readonly EpochReport[];
  readonly to: number;
  readonly log: boolean;
  /** Of letters and of the plot, over the usual. */
  readonly size: number;
  readonly print: (value: number) => string;
  readonly bounds?: readonly [number, number];
}

/** Lines over the epochs. The arrows move along them; what stands there is printed and read out. */
function Plot({ texts, label, lines, reports, to, log, size, print, bounds }: PlotProps): JSX.Element {
  const words = texts.training.curves;
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(420);
  const [at, setAt] = useState<number | null>(null);
  useEffect(() => {
    const element = frame.current!;
    const observer = new ResizeObserver(() => setWidth(Math.max(200, element.clientWidth)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const { kept } = thinned(reports, MOST_POINTS);
  const heights = lines.flatMap(({ of }) => kept.map((report) => heightOf(of(report), log)));
  const [least, most] = bounds ?? rangeOf(heights);
  const low = bounds !== undefined ? least : log ? Math.floor(least) : Math.min(0, least);
  const high = log ? Math.max(low + 1, Math.ceil(most)) : most > low ? most : low + 1;
  const ticks = log
    ? ticksBetween(low, high, Math.min(5, high - low)).filter(Number.isInteger)
    : ticksBetween(low, high, 4);
  const tickText = (tick: number): string =>
    bounds !== undefined ? percent(tick) : short(log ? 10 ** tick : tick);
  const tall = (bounds === undefined ? HEIGHT : LOW) * (size > 1 ? 1.3 : 1);
  const left = 12 + 7.4 * size * Math.max(...ticks.map((tick) => tickText(tick).length));
  const right = width - 14;
  const [head, foot] = [6 + 4 * size, tall - 14 - 12 * size];
  const px = (epoch: number): number => left + (epoch / to) * (right - left);
  const py = (height: number): number => foot - ((height - low) / (high - low)) * (foot - head);

  const last = reports.length - 1;
  const index = at === null ? last : Math.max(0, Math.min(last, at));
  const report = reports[index];
  const partsOf = (of: EpochReport): string =>
    lines
      .map((line) => [line.id, line.of(of)] as const)
      .filter((part): part is readonly [CurveLine['id'], number] => part[1] !== null)
      .map(([id, value]) => words.part(words[id], print(value)))
      .join(', ');
  const read = words.at(countText(report.epoch), partsOf(report));
  const nearest = (event: PointerEvent): number => {
    const { left: start } = frame.current!.getBoundingClientRect();
    const epoch = ((event.clientX - start - left) / (right - left)) * to;
    const first = reports[0].epoch;
    return Math.max(0, Math.min(last, Math.round(epoch - first)));
  };
  return (
    <div ref={frame} class="curve-plot">
      <svg
        width={width}
        height={tall}
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={last}
        aria-valuenow={index}
        aria-valuetext={read}
        onPointerMove={(event) => setAt(nearest(event))}
        onPointerLeave={() => setAt(null)}
        onBlur={() => setAt(null)}
        onKeyDown={(event) => {
          const far = Math.max(1, Math.round(reports.length / 10));
          const moves: Readonly<Record<string, number>> = {
            ArrowLeft: index - 1,
            ArrowRight: index + 1,
            PageDown: index - far,
            PageUp: index + far,
            Home: 0,
            End: last,
          };
          if (!Object.hasOwn(moves, event.key) || event.ctrlKey || event.metaKey) return;
          setAt(Math.max(0, Math.min(last, moves[event.key])));
          event.preventDefault();
          event.stopPropagation();
        }}
      >
        {ticks.map((tick) => (
          <g key={tick}>
            <path class="grid" d={`M${left} ${py(tick).toFixed(1)}H${right}`} />
            <text class="tick" x={left - 6} y={py(tick) + 4 * size} text-anchor="end">
              {tickText(tick)}
            </text>
          </g>
        ))}
        {ticksBetween(0, to, Math.max(2, Math.floor((right - left) / (70 * size))))
          .filter(Number.isInteger)
          .map((tick) => (
            <text key={tick} class="tick" x={px(tick)} y={foot + 5 + 11 * size} text-anchor="middle">
              {countText(tick)}
            </text>
          ))}
        <path class="axis" d={`M${left} ${head}V${foot}H${right}`} />
        {lines.map((line) => (
          <path key={line.id} class={`curve curve-${line.id}`} d={pathOf(line, kept, log, px, py)} />
        ))}
        <path
          class={`cursor ${at === null ? 'resting' : ''}`}
          d={`M${px(report.epoch).toFixed(1)} ${head}V${foot}`}
        />
        {lines.map((line) => {
          const height = heightOf(line.of(report), log);
          return Number.isNaN(height) ? null : (
            <circle
              key={line.id}
              class={`curve-dot curve-${line.id}`}
              cx={px(report.epoch)}
              cy={py(height)}
              r={4 * size}
            />
          );
        })}
      </svg>
      <p class="curve-read small">{read}</p>
    </div>
  );
}

function pathOf(
  line: CurveLine,
  reports: readonly EpochReport[],
  log: boolean,
  px: (epoch: number) => number,
  py: (height: number) => number,
): string {
  let path = '';
  let pen = 'M';
  for (const report of reports) {
    const height = heightOf(line.of(report), log);
    if (Number.isNaN(height)) pen = 'M';
    else {
      path += `${pen}${px(report.epoch).toFixed(1)} ${py(height).toFixed(1)}`;
      pen = 'L';
    }
  }
  return path;
}

function Table({
  texts,
  reports,
}: {
  readonly texts: NetworkMessages;
  readonly reports: readonly EpochReport[];
}): JSX.Element {
  const words = texts.training.curves;
  const [open, setOpen] = useState(false);
  const { every, kept } = thinned(reports, MOST_ROWS);
  const columns = [
    ...present(LOSS_LINES, reports).map((line) => ({
      ...line,
      name: `${words.loss}, ${words[line.id]}`,
      print: short,
    })),
    ...present(ACCURACY_LINES, reports).map((line) => ({
      ...line,
      name: `${words.accuracy}, ${words[line.id]}`,
      print: percent,
    })),
  ];
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{words.table}</summary>
      {open ? (
        // A place that scrolls is reached by keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <div class="training-scroll" tabIndex={0} role="region" aria-label={words.table}>
          {every > 1 ? <p class="small quiet">{words.every(countText(every))}</p> : null}
          <table class="training-table">
            <thead>
              <tr>
                <th scope="col">{words.epoch}</th>
                {columns.map(({ name }) => (
                  <th key={name} scope="col" class="numeric">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {kept.map((report) => (
                <tr key={report.epoch}>
                  <th scope="row">{countText(report.epoch)}</th>
                  {columns.map(({ name, of, print }) => {
                    const value = of(report);
                    return (
                      <td key={name} class="numeric">
                        {value === null ? '—' : print(value)}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
    </details>
  );
}
