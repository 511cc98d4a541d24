import type { Dataset } from '@backflow/nn';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { formatNumber } from '@backflow/print';
import type { NetworkTabProps } from '../contract.ts';
import type { Answers } from './answers.ts';
import { Canvas } from './canvas.tsx';
import { classColour, css, paletteOf, type Palette } from './colours.ts';
import { cellsFor, confidenceField, fieldOf, frameOf, type Frame } from './field.ts';
import { percent, rangeOf, short, ticksBetween, countText } from './figures.ts';
import {
  paintClasses,
  paintField,
  paintNumbers,
  paintPoints,
  placeOn,
  shapePath,
  type Point,
} from './paint-plane.ts';
import { areShares, Response, verdictOf } from './response.ts';

/** Examples that are drawn. */
const MOST_POINTS = 3000;
/** So near an example is meant, in CSS pixels. */
const NEAR = 12;
const ASPECT = 0.72;

interface Props extends NetworkTabProps {
  readonly dataset: Dataset;
  readonly answers: Answers | null;
}

/** Whether the answers to all inputs can be drawn: there are one or two of them, and one number or a class is answered. */
export function isDrawn({ inputs, task, targets }: Dataset): boolean {
  return task === 'classification' ? inputs === 2 : inputs <= 2 && targets === 1;
}

/** What the network answers all over the space of its inputs, where that can be drawn. */
export function Plane(props: Props): JSX.Element {
  return props.dataset.inputs === 1 ? <Curve {...props} /> : <Boundary {...props} />;
}

function Boundary({ training, network, texts, dataset, answers, dark }: Props): JSX.Element {
  const words = texts.training.plane;
  const parameters = training.parameters.value;
  const isClasses = dataset.task === 'classification';
  const palette = paletteOf(dark);
  const frame = useMemo(() => frameOf(dataset), [dataset]);
  const classes = Math.max(2, dataset.classes.length);
  const response = new Response(network.network, parameters);
  const loss = network.loss!;
  const isShare = !isClasses || areShares(network.network, loss);
  const cells = cellsFor(parameters.length);
  const shown = training.example.value;
  const split = training.split.value;
  const kept = useMemo(() => new Set(split?.validation ?? []), [split]);
  const right = answers === null ? null : rightOf(dataset, answers);
  const spoken = !isClasses
    ? words.heat
    : words.about(right === null ? '—' : countText(right), countText(dataset.size));

  const paint = (context: CanvasRenderingContext2D, width: number, height: number, ratio: number): void => {
    const field = isClasses
      ? confidenceField(response, loss, frame, cells)
      : fieldOf(frame, cells, 1, (x, into) => into.set(response.of(x).subarray(0, 1)));
    paintField(context, field, palette, isClasses ? paintClasses : paintNumbers, ratio);
    paintPoints(context, pointsOf(dataset, frame, kept, shown, width, height), classes, palette, ratio);
  };
  const press = (x: number, y: number, width: number, height: number): void => {
    const [place, near] = nearestTo(dataset, frame, x, y, width, height);
    if (near <= NEAR) return training.showExample(place);
    const across = frame.x[0] + (x / width) * (frame.x[1] - frame.x[0]);
    const up = frame.y[0] + (1 - y / height) * (frame.y[1] - frame.y[0]);
    training.showOwn(Float64Array.of(rounded(across), rounded(up)));
  };
  const here = shown === null || shown.x.length !== 2 ? null : shown;
  const answerAt = (x: Float64Array): string => {
    const outputs = response.of(x);
    if (!isClasses) return short(outputs[0]);
    const verdict = verdictOf(network.network, loss, outputs);
    const name = dataset.classes[verdict.class] ?? String(verdict.class);
    if (!isShare) return words.margin(name, Array.from(outputs, short).join(', '));
    return words.sure(name, percent(verdict.confidence));
  };
  return (
    <section class="training-card" aria-label={isClasses ? words.label : words.regression}>
      <header>
        <h2>{isClasses ? words.label : words.regression}</h2>
        {isClasses ? <ClassLegend dataset={dataset} palette={palette} /> : null}
      </header>
      <Canvas
        class="training-plane"
        label={spoken}
        aspect={ASPECT}
        paint={paint}
        of={[parameters, dataset, shown, dark, kept]}
        onPress={press}
      />
      {here === null ? null : (
        <p class="small" role="status">
          {words.here(short(here.x[0]), short(here.x[1]), answerAt(here.x))}
        </p>
      )}
      <p class="small quiet">
        {spoken} {isShare ? '' : `${words.noShare} `}
        {kept.size > 0 ? `${words.kept} ` : ''}
        {words.hint}
      </p>
    </section>
  );
}

const rounded = (value: number): number => Number(value.toPrecision(4));

function ClassLegend({
  dataset,
  palette,
}: {
  readonly dataset: Dataset;
  readonly palette: Palette;
}): JSX.Element {
  const classes = Math.max(2, dataset.classes.length);
  return (
    <span class="class-legend small">
      {dataset.classes.map((name, c) => (
        <span key={name}>
          <svg width="16" height="16" viewBox="-8 -8 16 16" aria-hidden="true">
            <path d={shapePath(c)} fill={css(classColour(palette, c, classes))} stroke={palette.ink} />
          </svg>
          {name}
        </span>
      ))}
    </span>
  );
}

function* pointsOf(
  dataset: Dataset,
  frame: Frame,
  kept: ReadonlySet<number>,
  shown: { readonly index: number | null; readonly x: Float64Array } | null,
  width: number,
  height: number,
): Generator<Point> {
  const { x, y, inputs, scale, size, task } = dataset;
  const every = Math.max(1, Math.ceil(size / MOST_POINTS));
  const at = (i: number): readonly [number, number] =>
    placeOn(frame, width, height, [x[i * inputs] * scale, x[i * inputs + 1] * scale]);
  for (let i = 0; i < size; i += every) {
    const [px, py] = at(i);
    yield { x: px, y: py, class: task === 'classification' ? y[i] : -1, kept: kept.has(i), shown: false };
  }
  if (shown === null || shown.x.length !== 2) return;
  const { index } = shown;
  const [px, py] = placeOn(frame, width, height, [shown.x[0], shown.x[1]]);
  const own = index === null || task !== 'classification';
  yield { x: px, y: py, class: own ? -1 : y[index], kept: index !== null && kept.has(index), shown: true };
}

function nearestTo(
  { x: inputs, inputs: many, scale, size }: Dataset,
  frame: Frame,
  x: number,
  y: number,
  width: number,
  height: number,
): readonly [number, number] {
  let [best, least] = [0, Infinity];
  for (let i = 0; i < size; i++) {
    const [px, py] = placeOn(frame, width, height, [inputs[i * many] * scale, inputs[i * many + 1] * scale]);
    const far = Math.hypot(px - x, py - y);
    if (far < least) [best, least] = [i, far];
  }
  return [best, least];
}

function rightOf(dataset: Dataset, { answer }: Answers): number {
  let right = 0;
  for (let i = 0; i < dataset.size; i++) if (answer[i] === dataset.y[i]) right++;
  return right;
}

/** One input, one number: the curve, and the examples that it should go through. */
function Curve({ training, network, texts, dataset, dark }: Props): JSX.Element {
  const words = texts.training.plane;
  const parameters = training.parameters.value;
  const palette = paletteOf(dark);
  const kept = new Set(training.split.value?.validation ?? []);
  const shown = training.example.value;
  const along = useMemo(() => frameOf(dataset).x, [dataset]);
  const name = dataset.columns[0] ?? 'x';
  const paint = (context: CanvasRenderingContext2D, width: number, height: number, ratio: number): void => {
    const response = new Response(network.network, parameters);
    const steps = 240;
    const curve = Array.from({ length: steps + 1 }, (_, k) => {
      const x = along[0] + (k / steps) * (along[1] - along[0]);
      return [x, response.of([x])[0]] as const;
    });
    const [low, high] = rangeOf(dataset.y);
    const room = 0.25 * (high - low || 1);
    const frame: Frame = { x: along, y: [low - room, high + room] };
    context.fillStyle = css(palette.paper);
    context.fillRect(0, 0, width, height);
    const font = 12 * ratio;
    context.font = `${font}px sans-serif`;
    context.fillStyle = palette.muted;
    context.strokeStyle = palette.rule;
    context.lineWidth = ratio;
    for (const tick of ticksBetween(frame.y[0], frame.y[1], 5)) {
      const [, at] = placeOn(frame, width, height, [0, tick]);
      context.beginPath();
      context.moveTo(0, at);
      context.lineTo(width, at);
      context.stroke();
      context.fillText(formatNumber(tick, { digits: 3 }), 4 * ratio, at - 3 * ratio);
    }
    for (const tick of ticksBetween(frame.x[0], frame.x[1], 6)) {
      const [at] = placeOn(frame, width, height, [tick, 0]);
      context.fillText(formatNumber(tick, { digits: 3 }), at + 3 * ratio, height - 4 * ratio);
    }
    const points = function* (): Generator<Point> {
      for (let i = 0; i < dataset.size; i++) {
        const [x, y] = placeOn(frame, width, height, [
          dataset.x[i] * dataset.scale,
          dataset.y[i * dataset.targets],
        ]);
        yield { x, y, class: -1, kept: kept.has(i), shown: shown?.index === i };
      }
    };
    paintPoints(context, points(), 2, palette, ratio);
    context.beginPath();
    for (const [x, y] of curve) {
      const [px, py] = placeOn(frame, width, height, [x, y]);
      if (Number.isFinite(py)) context.lineTo(px, Math.max(-height, Math.min(2 * height, py)));
    }
    context.lineWidth = 3 * ratio;
    context.strokeStyle = css(palette.classes[0]);
    context.stroke();
  };
  return (
    <section class="training-card" aria-label={words.regression}>
      <header>
        <h2>{words.regression}</h2>
      </header>
      <Canvas
        class="training-plane"
        label={words.curve(name)}
        aspect={ASPECT}
        paint={paint}
        of={[parameters, dataset, shown, dark]}
        onPress={(x, _y, width) => {
          const at = along[0] + (x / width) * (along[1] - along[0]);
          let [best, least] = [0, Infinity];
          for (let i = 0; i < dataset.size; i++) {
            const far = Math.abs(dataset.x[i] * dataset.scale - at);
            if (far < least) [best, least] = [i, far];
          }
          training.showExample(best);
        }}
      />
      <p class="small quiet">{words.curve(name)}</p>
    </section>
  );
}
