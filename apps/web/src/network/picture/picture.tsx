import {
  sumOfTerms,
  termsShown,
  pathOf,
  type NetworkItem,
  type NetworkLevel,
  type NetworkLine,
} from '@backflow/graph';
import { formatExact, formatNumber } from '@backflow/print';
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { fontMeasure } from '../../graph-view/measure.ts';
import { narrow } from '../../look/media.ts';
import { usePaneSize } from '../../look/pane-size.ts';
import { Icon } from '../../look/icons.tsx';
import { clampPosition } from '../../state/run.ts';
import type { NetworkTabProps } from '../contract.ts';
import { Board } from './board.tsx';
import { choose, goUp, openPath, pages, shadeOf, show, showInGraph, turnPage } from './choices.ts';
import { levelOf } from './level.ts';
import { derivativeName, describeItem, detailsOf, exactGradient, titleOf } from './describe.ts';
import { numbersAt } from './numbers.ts';
import { rankedOf, stepsOf } from './steps.ts';
import { groundOf } from './timing.ts';
import { stepAt } from './timeline.ts';
import { columnList, count, sceneOf, sumList, sumPage, type View } from './views.ts';
import './picture.css';

const measure = fontMeasure();
const PROJECTOR_TEXT = 24;
const PROJECTOR_ZOOM = 1.7;
/** What nearly fits is made smaller: letters stay as large as 11 pixels. */
const SMALLEST_ZOOM = 0.9;

/** The network as layers, neurons and weights, and what is inside of them down to single products. */
export function Picture({ app, run, network, training, texts: all, dark }: NetworkTabProps): JSX.Element {
  const texts = all.picture;
  const host = useRef<HTMLDivElement>(null);
  const size = usePaneSize(host).value;
  const [hovered, setHovered] = useState<View['hovered']>(null);
  const ground = groundOf(run, network);
  const level = levelOf(app, ground.parts);
  const position = clampPosition(run.trace, app.position.value);
  const { from } = stepAt(stepsOf(ground, level), position);
  const digits = app.digits.value;
  const cards = level.kind !== 'network' && level.kind !== 'layer';
  const running = training.state.value === 'running';
  // While it trains the edges are newer than the run; the products of a sum are the run's, with its weights.
  const live = running && !cards ? training.parameters.value : null;
  const numbers = useMemo(
    () => numbersAt(ground, { position, from, digits, live }),
    [ground, position, from, digits, live],
  );
  const { projector } = app.session.value;
  const larger = projector && cards ? PROJECTOR_ZOOM : 1;
  const key = pathOf(level).join('/');
  const inNeuron = level.kind === 'neuron' || level.kind === 'sum' || level.kind === 'term';
  const now = inNeuron ? rankedOf(ground, level.layer, level.unit) : null;
  // While it trains the same terms stay in sight.
  const kept = useRef<{ readonly key: string; readonly order: Int32Array } | null>(null);
  const ranked =
    now !== null && running && kept.current?.key === key ? { ...now, order: kept.current.order } : now;
  kept.current = ranked === null ? null : { key, order: ranked.order };
  const view: View = {
    ground,
    level,
    numbers,
    dataset: training.dataset.value,
    texts,
    dark,
    measure,
    width: (size?.width ?? 0) / larger,
    height: (size?.height ?? 0) / larger,
    readable: projector ? PROJECTOR_TEXT : 11,
    shade: shadeOf(app),
    selected: app.selected.value,
    hovered,
    pages: pages.value,
    ranked,
  };
  const scene = useMemo(
    () => (size === null ? null : sceneOf(view)),
    [
      ground,
      key,
      numbers,
      view.dataset,
      texts,
      dark,
      size?.width,
      size?.height,
      view.shade,
      view.selected,
      hovered?.layer,
      hovered?.unit,
      view.pages,
      projector,
    ],
  );
  const messages = app.messages.value.graph;
  const fit = scene === null || size === null || projector ? 1 : size.width / scene.width;
  const zoom = fit >= SMALLEST_ZOOM && fit < 1 ? fit : larger;

  const open = (item: NetworkItem): void => {
    if (item.kind === 'more') return turnPage(columnList(item.layer), 1);
    if (item.opens === null) return;
    setHovered(null);
    openPath(app, item.opens);
    if (item.node < 0 || item.kind === 'term') return;
    // First the picture: the particulars of a node of a large network take longer.
    later(() => choose(app, item.node, false));
  };
  const chosen = scene?.items.find(
    ({ node, opens, kind }) => opens !== null && kind !== 'rest' && node >= 0 && node === view.selected,
  );
  const title = titleOfLevel(level, texts);
  const [told, tell] = useState('');
  const first = useRef(true);
  useEffect(() => {
    setHovered(null);
    if (!first.current) tell(title);
    first.current = false;
  }, [key]);

  return (
    <div class="network-picture">
      <div class="network-bar">
        <Crumbs level={level} texts={texts} onOpen={(path) => openPath(app, path)} />
        <div class="network-tools">
          {cards ? null : (
            <span class="network-shade" role="group" aria-label={texts.shade.label}>
              {(['weights', 'gradients'] as const).map((one) => (
                <button
                  key={one}
                  type="button"
                  class="button"
                  aria-pressed={view.shade === one}
                  onClick={() => show(app, one)}
                >
                  {texts.shade[one]}
                </button>
              ))}
            </span>
          )}
          {level.kind === 'sum' ? <Pager view={view} layer={level.layer} unit={level.unit} /> : null}
          <button
            type="button"
            class="button"
            aria-disabled={chosen === undefined ? 'true' : undefined}
            onClick={() => (chosen === undefined ? undefined : open(chosen))}
          >
            {texts.open}
          </button>
          {narrow.value && view.selected >= 0 && !app.session.value.inspector ? (
            <button type="button" class="button" onClick={() => app.update({ inspector: true })}>
              {texts.details}
            </button>
          ) : null}
          <button
            type="button"
            class="button"
            onClick={() => showInGraph(app, view.selected >= 0 ? view.selected : nodeOfLevel(view))}
          >
            {texts.showInGraph}
          </button>
        </div>
      </div>
      <div ref={host} class="network-host">
        {scene === null || size === null ? null : (
          <Board
            label={`${texts.label}: ${title}`}
            scene={scene}
            numbers={numbers}
            zoom={zoom}
            size={size}
            dark={dark}
            step={position}
            level={key}
            selected={view.selected}
            following={app.session.value.following}
            describe={(item) => describeItem(view, item, messages)}
            details={(of) => ('box' in of ? detailsOf(view, of) : lineDetails(view, of))}
            onPoint={(item) =>
              setHovered(
                item !== null && item.unit >= 0 && (item.kind === 'neuron' || item.kind === 'input')
                  ? { layer: item.layer, unit: item.unit }
                  : null,
              )
            }
            onSelect={(node) => choose(app, node, !narrow.peek())}
            onOpen={open}
            onUp={() =>
              app.dialog.peek() === null &&
              !app.session.peek().blank &&
              !app.playing.peek() &&
              goUp(app, ground.parts)
            }
          />
        )}
      </div>
      <Foot view={view} />
      <p class="hidden-visually" role="status">
        {told}
      </p>
    </div>
  );
}

/** After the next frame. */
function later(then: () => void): void {
  requestAnimationFrame(() => setTimeout(then));
}

interface CrumbsProps {
  readonly level: NetworkLevel;
  readonly texts: View['texts'];
  readonly onOpen: (path: readonly string[]) => void;
}

/** The open levels, each a way back. */
function Crumbs({ level, texts, onOpen }: CrumbsProps): JSX.Element {
  const path = pathOf(level);
  const names = [texts.network, ...path.map((_, at) => nameInPath(level, at, texts))];
  return (
    <nav class="network-crumbs" aria-label={texts.path}>
      <ol>
        {names.map((name, at) => (
          <li key={path.slice(0, at).join('/')}>
            {at < names.length - 1 ? (
              <button type="button" class="button" onClick={() => onOpen(path.slice(0, at))}>
                {name}
              </button>
            ) : (
              <span aria-current="location">{name}</span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}

function nameInPath(level: NetworkLevel, at: number, texts: View['texts']): string {
  if (level.kind === 'network') return texts.network;
  if (level.kind === 'loss') return texts.loss;
  if (at === 0) return texts.layer(level.layer + 1);
  if (at === 1 && level.kind !== 'layer') return texts.neuron(level.unit);
  if (at === 2) return texts.sum;
  return level.kind === 'term' ? texts.term(level.term) : texts.sum;
}

function titleOfLevel(level: NetworkLevel, texts: View['texts']): string {
  const path = pathOf(level);
  return path.length === 0 ? texts.network : path.map((_, at) => nameInPath(level, at, texts)).join(', ');
}

/** The node that a level is about. */
function nodeOfLevel({ level, ground }: View): number {
  const { layers, loss } = ground.parts;
  if (level.kind === 'loss') return loss;
  if (level.kind === 'network' || level.kind === 'layer') return -1;
  const { a, z } = layers[level.layer];
  return level.kind === 'neuron' ? a[level.unit] : z[level.unit];
}

function Pager({ view, layer, unit }: { view: View; layer: number; unit: number }): JSX.Element | null {
  const page = sumPage(view, layer, unit);
  if (page.pages === 1) return null;
  const { texts } = view;
  const list = sumList(layer, unit);
  return (
    <span class="network-pager">
      <button type="button" class="button" aria-label={texts.previous} onClick={() => turnPage(list, -1)}>
        <Icon name="back" />
      </button>
      <span role="status">
        {texts.page(count(page.from + 1), count(page.to), count(page.count))} {texts.sorted}
      </span>
      <button type="button" class="button" aria-label={texts.next} onClick={() => turnPage(list, 1)}>
        <Icon name="forward" />
      </button>
    </span>
  );
}

/** Every digit of a weight. */
function lineDetails(view: View, { weight, layer, unit, input }: NetworkLine): readonly string[] {
  const { numbers, ground } = view;
  const inputs = ground.parts.layers[layer].weights.length / ground.parts.layers[layer].z.length;
  return [
    `${titleOf(view, weight)} = ${formatExact(numbers.weight(layer, unit * inputs + input))}`,
    `${derivativeName(view, weight)} = ${exactGradient(numbers, weight)}`,
  ];
}

/** What the colours mean, or what an open sum adds up to. */
function Foot({ view }: { view: View }): JSX.Element {
  const { level, texts, numbers, ground, shade: shown } = view;
  if (level.kind === 'neuron' || level.kind === 'sum') return <Totals view={view} level={level} />;
  if (level.kind !== 'network' && level.kind !== 'layer') return <p class="network-foot">{texts.hint}</p>;
  const number = (x: number): string => formatNumber(x, { digits: numbers.digits });
  const most =
    shown === 'gradients'
      ? texts.legend.gradients(number(numbers.slopeScale))
      : level.kind === 'layer'
        ? texts.legend.weights(number(numbers.weightScale(level.layer)))
        : ground.parts.layers.length === 1
          ? texts.legend.weights(number(numbers.weightScale(0)))
          : texts.legend.weightsOfLayers;
  return (
    <p class="network-foot">
      <span class="network-key positive">{texts.legend.positive}</span>
      <span class="network-key negative">{texts.legend.negative}</span>
      <span class="network-most">{most}</span>
      <span>{texts.legend.fill}</span>
      <span>{texts.legend.ring}</span>
      <span class="network-hint">{texts.hint}</span>
    </p>
  );
}

/** "The 12 largest of 784 products sum to 1.2, the other 772 to −0.3; with bias 0.1: z = 1." */
function Totals({
  view,
  level,
}: {
  view: View;
  level: Extract<NetworkLevel, { readonly unit: number }>;
}): JSX.Element {
  const { texts, numbers, ground, ranked } = view;
  const { z, biases } = ground.parts.layers[level.layer];
  const sum = z[level.unit];
  if (ranked === null || !numbers.known(sum)) return <p class="network-foot">{texts.hint}</p>;
  const number = (x: number): string => formatNumber(x, { digits: numbers.digits });
  const all = ranked.order.length;
  const page =
    level.kind === 'sum'
      ? sumPage(view, level.layer, level.unit)
      : { from: 0, to: termsShown(all), count: all };
  const [shown, rest] = [page.to - page.from, all - (page.to - page.from)];
  const ofShown = number(sumOfTerms(ranked, page.from, page.to));
  const others = number(sumOfTerms(ranked, 0, page.from) + sumOfTerms(ranked, page.to));
  const said =
    rest === 0
      ? texts.allTotals(count(all), all === 1, ofShown)
      : page.from === 0
        ? texts.totals(count(shown), count(all), ofShown, count(rest), others)
        : texts.pageTotals(count(page.from + 1), count(page.to), count(all), ofShown, others);
  const whole =
    biases === null
      ? texts.withoutBias(number(numbers.value(sum)))
      : texts.withBias(number(numbers.value(biases[level.unit])), number(numbers.value(sum)));
  return (
    <p class="network-foot">
      {said}; {whole}.
    </p>
  );
}
