import {
  layoutOf,
  orderedRows,
  parameterName,
  sensitivityRatio,
  WISH_THRESHOLDS,
  type NetworkSpec,
  type WishTable,
} from '@backflow/nn';
import type { NetworkMessages } from '@backflow/messages';
import { formatNumber } from '@backflow/print';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { MathText } from '../../../look/math-text.tsx';
import { NumberText } from '../../../look/number.tsx';
import { Typeset } from '../../../look/typeset.tsx';
import type { NetworkTabProps } from '../../contract.ts';
import { MOST_COLUMNS } from '../surveying.ts';
import { useSurvey } from '../use-survey.ts';
import { ShareChoice } from '../share-choice.tsx';
import { change, gradientView } from '../view.ts';
import { rowsOf } from './rows.ts';
import { WishTableView } from './table.tsx';
import { WishWords } from './words.tsx';

const MOST_ROWS = 1000;
const SLOPE = {
  text: '−∂C/∂w = −(1/n) Σ_k ∂C_k/∂w',
  latex:
    '-\\frac{\\partial C}{\\partial w} = -\\frac{1}{n} \\sum_{k=0}^{n-1} \\frac{\\partial C_k}{\\partial w}',
};

/** What every example wants of every weight, and what all want together. */
export function Wishes(props: NetworkTabProps): JSX.Element {
  const { network, training, texts } = props;
  const words = texts.gradients.wishes;
  const view = gradientView.value;
  const { last, done, problem } = useSurvey(props, view.share);
  const spec = network.network;
  const dataset = training.dataset.value;
  const layers = layoutOf(spec);
  const layer = Math.min(view.layer, layers.length - 1);
  const unit = layer < 0 ? -1 : Math.min(view.unit, layers[layer].units - 1);
  const fits = last !== null && last.question.parameters.length === training.parameters.value.length;
  const wishes = fits ? last.survey.wishes : null;
  const { rows, whole } = useMemo(() => {
    if (wishes === null) return { rows: new Int32Array(0), whole: 0 };
    const all = rowsOf(layers, layer, unit);
    return { rows: orderedRows(wishes.mean, all, view.order, MOST_ROWS), whole: all.length };
  }, [wishes, layer, unit, view.order]);
  const penalised = training.l1.value > 0 || training.l2.value > 0;
  const compare = (parameter: number): void => {
    const { compared } = gradientView.peek();
    change({
      compared: compared.includes(parameter)
        ? compared.filter((each) => each !== parameter)
        : [...compared.slice(-1), parameter],
    });
  };
  if (network.loss === null || dataset === null) return <p class="gradients-none">{words.noData}</p>;
  const total = last === null || !fits ? dataset.size : last.question.examples.length;
  return (
    <section class="wishes">
      <div class="gradients-about with-formula">
        <p>{words.about}</p> <Typeset {...SLOPE} />
      </div>
      <div class="gradients-tools">
        <ShareChoice {...props} />
        <label>
          {words.layer}{' '}
          <select
            class="field"
            value={String(layer)}
            onChange={(event) => change({ layer: Number(event.currentTarget.value), unit: -1 })}
          >
            <option value="-1">{words.allLayers}</option>
            {layers.map((_, i) => (
              <option key={i} value={String(i)}>
                {words.layerName(i + 1)}
              </option>
            ))}
          </select>
        </label>
        {layer >= 0 ? (
          <label>
            {words.unit}{' '}
            <select
              class="field"
              value={String(unit)}
              onChange={(event) => change({ unit: Number(event.currentTarget.value) })}
            >
              <option value="-1">{words.allUnits}</option>
              {Array.from({ length: layers[layer].units }, (_, i) => (
                <option key={i} value={String(i)}>
                  {i}
                </option>
              ))}
            </select>
          </label>
        ) : null}
        <label class="gradients-check">
          <input
            type="checkbox"
            checked={view.order === 'size'}
            onChange={(event) => change({ order: event.currentTarget.checked ? 'size' : 'place' })}
          />{' '}
          {words.bySize}
        </label>
      </div>
      {problem === null ? null : (
        <p class="gradients-problem" role="alert">
          {problem}
        </p>
      )}
      <p class="small quiet" aria-live="polite">
        {done !== null && (done > 0 || wishes === null)
          ? words.working(done.toLocaleString('en'), total.toLocaleString('en'))
          : wishes === null
            ? ''
            : words.shown(
                rows.length.toLocaleString('en'),
                whole.toLocaleString('en'),
                wishes.columns.length.toLocaleString('en'),
                wishes.count.toLocaleString('en'),
                rows.length === whole && wishes.columns.length === wishes.count,
              )}
        {penalised ? ` ${words.withoutPenalty}` : ''}
      </p>
      {wishes === null ? null : (
        <>
          <Compared wishes={wishes} network={spec} compared={view.compared} words={words} />
          <WishTableView
            wishes={wishes}
            rows={rows}
            network={spec}
            dataset={last!.question.dataset}
            compared={view.compared}
            words={words}
            onCompare={compare}
          />
        </>
      )}
      <details class="gradients-more">
        <summary>{words.howRead}</summary>
        <p>{words.scale(WISH_THRESHOLDS)}</p>
        <p>{words.limits(MOST_ROWS.toLocaleString('en'), MOST_COLUMNS)}</p>
        <p>{words.lecture}</p>
      </details>
    </section>
  );
}

interface ComparedProps {
  readonly wishes: WishTable;
  readonly network: NetworkSpec;
  readonly compared: readonly number[];
  readonly words: NetworkMessages['gradients']['wishes'];
}

/** What the chosen weights should do, and how many times more the one matters than the other. */
function Compared({ wishes, network, compared, words }: ComparedProps): JSX.Element {
  const list = compared.filter((each) => each < wishes.mean.length);
  if (list.length === 0) return <p class="small quiet">{words.compareHint}</p>;
  const sentence = (parameter: number): JSX.Element => (
    <span key={parameter} class="wishes-one">
      <strong>
        <MathText text={parameterName(network, parameter)} />
      </strong>{' '}
      <WishWords wish={wishes.mean[parameter]} largest={wishes.largest} words={words} /> (
      <NumberText value={wishes.mean[parameter]} signed />)
    </span>
  );
  let ratio: string | null = null;
  if (list.length === 2) {
    const [a, b] = [...list].sort((p, q) => Math.abs(wishes.mean[q]) - Math.abs(wishes.mean[p]));
    const times = sensitivityRatio(wishes.mean[a], wishes.mean[b]);
    const [one, other] = [a, b].map((each) => parameterName(network, each));
    const said = formatNumber(times, { digits: 3 });
    if (!Number.isFinite(wishes.mean[a]) || !Number.isFinite(wishes.mean[b])) ratio = words.noCompare;
    else if (wishes.mean[a] === 0) ratio = words.bothNothing;
    else if (wishes.mean[b] === 0) ratio = words.onlyOne(one, other);
    else ratio = said === '1' ? words.bangSame(one, other) : words.bang(said, one, other);
  }
  return (
    <div class="wishes-compared" role="status">
      {list.map(sentence)}
      {ratio === null ? (
        <span class="quiet">{words.compareSecond}</span>
      ) : (
        <span class="wishes-bang">
          <MathText text={ratio} />
        </span>
      )}
    </div>
  );
}
