import { chainCause, chainVerdict, steepest, type ActivationName, type ChainLayer } from '@backflow/nn';
import type { NetworkMessages } from '@backflow/messages';
import { formatExact, formatNumber } from '@backflow/print';
import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { NumberText } from '../../look/number.tsx';
import { Typeset } from '../../look/typeset.tsx';
import type { NetworkTabProps } from '../contract.ts';
import { Depth } from './depth.tsx';
import { ExampleChoice } from './example-choice.tsx';
import { LogPlot, type LogLine } from './log-plot.tsx';
import { usePass } from './use-pass.ts';
import { useSurvey } from './use-survey.ts';
import { ShareChoice } from './share-choice.tsx';
import { gradientView } from './view.ts';
import { ScrollBox } from './scroll-box.tsx';

type Words = NetworkMessages['gradients']['layers'];

const source = signal<'data' | 'example'>('data');
const measure = signal<'rms' | 'mean'>('rms');
const RULE = {
  text: '∂C/∂a^{(l−1)} = Σ_j w_j σ′(z_j) ∂C/∂a_j',
  latex:
    "\\frac{\\partial C}{\\partial a_k^{(l-1)}} = \\sum_j w_{jk}^{(l)}\\, \\sigma'(z_j^{(l)})\\, \\frac{\\partial C}{\\partial a_j^{(l)}}",
};

/** How large the gradient is in each layer, and why; and what depth makes of it. */
export function LayersTab(props: NetworkTabProps): JSX.Element {
  const { network, training, texts } = props;
  const words = texts.gradients.layers;
  const { last } = useSurvey(props, gradientView.value.share);
  const overData = source.value === 'data';
  const shown = usePass(props, !overData);
  const fits = last !== null && last.question.parameters.length === training.parameters.value.length;
  const chain = overData ? (fits ? last.survey.chain : null) : (shown?.pass.chain ?? null);
  return (
    <section class="layers" aria-label={words.label}>
      <div class="gradients-about with-formula">
        <p>{words.about}</p> <Typeset {...RULE} />
      </div>
      <div class="gradients-tools">
        <label>
          {words.source}{' '}
          <select
            class="field"
            value={source.value}
            onChange={(event) => (source.value = event.currentTarget.value as 'data' | 'example')}
          >
            <option value="data">{words.overData}</option>
            <option value="example">{words.oneExample}</option>
          </select>
        </label>
        {overData ? <ShareChoice {...props} /> : <ExampleChoice {...props} />}
        <label>
          {words.measure}{' '}
          <select
            class="field"
            value={measure.value}
            onChange={(event) => (measure.value = event.currentTarget.value as 'rms' | 'mean')}
          >
            <option value="rms">{words.rms}</option>
            <option value="mean">{words.meanSize}</option>
          </select>
        </label>
      </div>
      {network.loss === null || chain === null ? (
        <p class="gradients-none">
          {training.dataset.value === null ? texts.gradients.noExample : words.working}
        </p>
      ) : (
        <>
          <Chain chain={chain} of={measure.value} words={words} />
          <Verdict chain={chain} activation={network.network.activation} words={words} />
          <Update chain={chain} rate={training.rate.value} words={words} />
          {training.l1.value > 0 || training.l2.value > 0 ? (
            <p class="small quiet">{texts.gradients.wishes.withoutPenalty}</p>
          ) : null}
        </>
      )}
      <Depth words={words} />
    </section>
  );
}

function Chain({
  chain,
  of,
  words,
}: {
  chain: readonly ChainLayer[];
  of: 'rms' | 'mean';
  words: Words;
}): JSX.Element {
  const lines: LogLine[] = [
    {
      id: 'w',
      label: '|∂C/∂w|',
      points: chain.map(({ weightGradients }, i) => ({ x: i + 1, y: weightGradients[of] })),
    },
    { id: 'z', label: '|∂C/∂z|', points: chain.map(({ gradients }, i) => ({ x: i + 1, y: gradients[of] })) },
  ];
  return (
    <>
      <LogPlot label={words.plot} lines={lines} xLabel={words.layer} />
      <ScrollBox label={words.table}>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.layer}</th>
              <th scope="col" class="numeric">
                |∂C/∂w|
              </th>
              <th scope="col" class="numeric">
                |∂C/∂z|
              </th>
              <th scope="col" class="numeric">
                σ′(z)
              </th>
              <th scope="col" class="numeric">
                |w|
              </th>
              <th scope="col">{words.factor}</th>
            </tr>
          </thead>
          <tbody>
            {chain.map((layer, i) => (
              <tr key={i}>
                <th scope="row">{i + 1}</th>
                <td class="numeric">
                  <NumberText value={layer.weightGradients[of]} />
                </td>
                <td class="numeric">
                  <NumberText value={layer.gradients[of]} />
                </td>
                <td class="numeric">
                  {layer.slopes.largest > 0 ? <NumberText value={layer.slopes[of]} /> : '—'}
                </td>
                <td class="numeric">
                  <NumberText value={layer.weights[of]} />
                </td>
                <td class="layers-factor">
                  {i === chain.length - 1 || !Number.isFinite(layer.weightFactor)
                    ? '—'
                    : words.factorOf(
                        formatNumber(layer.factor, { digits: 3 }),
                        formatNumber(layer.slopeFactor, { digits: 3 }),
                        formatNumber(layer.weightFactor, { digits: 3 }),
                      )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </>
  );
}

function Verdict({
  chain,
  activation,
  words,
}: {
  chain: readonly ChainLayer[];
  activation: ActivationName;
  words: Words;
}): JSX.Element {
  const verdict = chainVerdict(chain);
  const cause = chainCause(chain);
  const hidden = chain.slice(0, -1);
  const product = (of: (layer: ChainLayer) => number): number =>
    hidden.reduce((all, layer) => all * of(layer), 1);
  const number = (x: number): string => formatNumber(x, { digits: 3 });
  const ratio = chain[0].gradients.rms / chain[chain.length - 1].gradients.rms;
  return (
    <div class="layers-verdict" role="status">
      <p>
        <strong>
          {hidden.length === 0 && verdict === 'even' ? words.oneLayer : words.verdicts[verdict]}
        </strong>{' '}
        {hidden.length > 0 && Number.isFinite(ratio) ? words.ratio(number(ratio)) : ''}{' '}
        {cause === null ? '' : words.causes[cause]}
      </p>
      {hidden.length > 0 && Number.isFinite(ratio) && ratio > 0 ? (
        <p>
          {words.cause(
            number(product(({ slopeFactor }) => slopeFactor)),
            number(product(({ weightFactor }) => weightFactor)),
          )}{' '}
          {activation === 'sigmoid'
            ? words.sigmoidBound(hidden.length, number(steepest('sigmoid') ** hidden.length))
            : ''}
        </p>
      ) : null}
    </div>
  );
}

/** What a step does to a weight of the first layer. */
function Update({
  chain,
  rate,
  words,
}: {
  chain: readonly ChainLayer[];
  rate: number;
  words: Words;
}): JSX.Element | null {
  const change = rate * chain[0].weightGradients.rms;
  // There is no rate where nothing trains.
  if (!Number.isFinite(change)) return null;
  // As many digits as it takes to see the step.
  const next = (step: number): string => {
    const digits = Math.max(4, Math.min(15, 2 - Math.floor(Math.log10(step))));
    return formatExact(Number((2.5 - step).toPrecision(digits)));
  };
  return (
    <p class="layers-update">
      {change > 0 ? words.update(formatNumber(rate), formatNumber(change), next(change)) : words.updateNone}{' '}
      {change > 0 && change <= 0.05 ? words.updateSteps(formatNumber(0.1 / change, { digits: 3 })) : ''}{' '}
      <span class="quiet">{words.updateNotes(next(1e-3), next(1e-8))}</span>
    </p>
  );
}
