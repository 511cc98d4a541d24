import { largestOf, passWishes, waysToRaise, type PassLayer } from '@backflow/nn';
import type { NetworkMessages } from '@backflow/messages';
import { formatNumber, nameToText } from '@backflow/print';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { MathText } from '../../look/math-text.tsx';
import { NumberText } from '../../look/number.tsx';
import { Typeset } from '../../look/typeset.tsx';
import type { NetworkTabProps } from '../contract.ts';
import { Bars, type Bar } from './bars.tsx';
import { ExampleChoice } from './example-choice.tsx';
import { outputName, unitName } from './names.ts';
import { usePass } from './use-pass.ts';
import { change, gradientView } from './view.ts';
import { ScrollBox } from './scroll-box.tsx';

const FORMULA = {
  text: 'a = σ(w_0 a_0 + w_1 a_1 + … + b)',
  latex: 'a = \\sigma(w_0 a_0 + w_1 a_1 + \\dots + w_{n-1} a_{n-1} + b)',
};
/** Columns of the table of all units' wishes. */
const MOST_UNITS = 16;
const MOST_ROWS = 16;

/** The three ways to raise the output of one unit, and what all units of its layer want of the layer before. */
export function WaysTab(props: NetworkTabProps): JSX.Element {
  const { network, training, texts } = props;
  const words = texts.gradients.ways;
  const view = gradientView.value;
  const shown = usePass(props);
  const depth = network.network.sizes.length - 1;
  const layer = view.raisedLayer < 0 ? depth - 1 : Math.min(view.raisedLayer, depth - 1);
  const units = network.network.sizes[layer + 1];
  const unit = Math.min(view.raisedUnit, units - 1);
  if (shown === null) return <p class="gradients-none">{texts.gradients.noExample}</p>;
  const dataset = training.dataset.value;
  const named = (index: number): string => {
    const name = layer === depth - 1 ? outputName(dataset, units, index) : null;
    return name === null || name === String(index) ? String(index) : `${index} (${name})`;
  };
  return (
    <section class="ways" aria-label={words.label}>
      <div class="gradients-about with-formula">
        <p>{words.about}</p> <Typeset {...FORMULA} />
      </div>
      <div class="gradients-tools">
        <ExampleChoice {...props} />
        <label>
          {words.layer}{' '}
          <select
            class="field"
            value={String(layer)}
            onChange={(event) => change({ raisedLayer: Number(event.currentTarget.value), raisedUnit: 0 })}
          >
            {Array.from({ length: depth }, (_, i) => (
              <option key={i} value={String(i)}>
                {i === depth - 1 ? words.outputLayer(i + 1) : words.layerName(i + 1)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {words.unit}{' '}
          <select
            class="field"
            value={String(unit)}
            onChange={(event) => change({ raisedUnit: Number(event.currentTarget.value) })}
          >
            {Array.from({ length: units }, (_, i) => (
              <option key={i} value={String(i)}>
                {named(i)}
              </option>
            ))}
          </select>
        </label>
      </div>
      <Unit
        layer={shown.pass.layers[layer]}
        number={layer + 1}
        unit={unit}
        wanted={layer === depth - 1 ? shown.wanted[unit] : null}
        soft={layer === depth - 1 && network.network.output === 'softmax'}
        words={words}
      />
      <Together layer={shown.pass.layers[layer]} number={layer + 1} words={words} />
    </section>
  );
}

interface UnitProps {
  readonly layer: PassLayer;
  /** Layers count from 1. */
  readonly number: number;
  readonly unit: number;
  /** Of an output. */
  readonly wanted: number | null;
  /** To raise one output of softmax lowers the others: the example's wish is that for its sum. */
  readonly soft: boolean;
  readonly words: NetworkMessages['gradients']['ways'];
}

function Unit({ layer, number, unit, wanted, soft, words }: UnitProps): JSX.Element {
  const width = layer.inputs.length;
  const weights = layer.weights.subarray(unit * width, (unit + 1) * width);
  const slope = layer.slopes[unit];
  const ways = waysToRaise(slope, weights, layer.inputs, layer.biases !== null);
  const wish = -layer.sumGradients[unit];
  const direct = !soft && largestOf(layer.activationGradients) > 0;
  const lists = [ways.weights, ways.activations];
  const largest = Math.max(Math.abs(ways.bias ?? 0), ...lists.map((list) => largestOf(list)));
  const name = (letter: 'a' | 'z' | 'b'): string => unitName(letter, number, unit);
  const bars = (list: Float64Array, of: (k: number) => string, note: (k: number) => string): Bar[] =>
    Array.from(list, (value, k) => ({ name: of(k), value, note: note(k) }));
  const rest = (count: string, sum: number): string => words.rest(count, formatNumber(sum));
  const figure = (x: number): string => formatNumber(x, { digits: 3 });
  return (
    <>
      <dl class="ways-facts">
        <Fact name={name('a')} value={layer.a[unit]} />
        {wanted === null ? null : <Fact name={words.wanted} value={wanted} />}
        <Fact name={name('z')} value={layer.z[unit]} />
        <Fact name={words.slope} value={slope} />
        <Fact
          name={`−∂C/∂${name(direct ? 'a' : 'z')}`}
          value={direct ? -layer.activationGradients[unit] : wish}
        />
      </dl>
      <p class="ways-wish" role="status">
        {Number.isFinite(slope * wish)
          ? words[slope === 0 ? 'stuck' : wish > 0 ? 'up' : wish < 0 ? 'down' : 'content']
          : words.noNumber}
      </p>
      <div class="ways-three">
        <section aria-label={words.bias}>
          <h2>{words.bias}</h2>
          <p class="small quiet">{words.biasNote}</p>
          {ways.bias === null ? (
            <p class="quiet">{words.noBias}</p>
          ) : (
            <Bars label={words.bias} largest={largest} bars={[{ name: name('b'), value: ways.bias }]} />
          )}
        </section>
        <section aria-label={words.weights}>
          <h2>{words.weights}</h2>
          <p class="small quiet">
            <MathText text={words.weightsNote} />
          </p>
          <Bars
            label={words.weights}
            largest={largest}
            bars={bars(
              ways.weights,
              (k) => `w^{(${number})}_{${unit},${k}}`,
              (k) => `a = ${figure(layer.inputs[k])}`,
            )}
            most={MOST_ROWS}
            rest={rest}
          />
        </section>
        <section aria-label={words.activations}>
          <h2>{words.activations}</h2>
          <p class="small quiet">
            <MathText text={number === 1 ? words.inputsNote : words.activationsNote} />
          </p>
          <Bars
            label={words.activations}
            largest={largest}
            bars={bars(
              ways.activations,
              (k) => unitName('a', number - 1, k),
              (k) => `w = ${figure(weights[k])}`,
            )}
            most={MOST_ROWS}
            rest={rest}
            onPick={number === 1 ? null : (k) => change({ raisedLayer: number - 2, raisedUnit: k })}
            pickLabel={words.goTo}
          />
        </section>
      </div>
    </>
  );
}

function Fact({ name, value }: { name: string; value: number }): JSX.Element {
  return (
    <div>
      <dt>
        <MathText text={name} />
      </dt>
      <dd>
        <NumberText value={value} signed />
      </dd>
    </div>
  );
}

interface TogetherProps {
  readonly layer: PassLayer;
  readonly number: number;
  readonly words: NetworkMessages['gradients']['ways'];
}

/** What each unit of the layer asks of the activations before, and the sum: what is handed back. */
function Together({ layer, number, words }: TogetherProps): JSX.Element {
  const { shares, sums } = useMemo(
    () =>
      passWishes(
        layer.sumGradients.map((each) => 0 - each),
        layer.weights,
      ),
    [layer],
  );
  const units = layer.z.length;
  const width = sums.length;
  const rows = useMemo(() => {
    const order = Array.from(sums, (_, k) => k);
    if (width <= MOST_ROWS) return order;
    return order.sort((a, b) => Math.abs(sums[b]) - Math.abs(sums[a]) || a - b).slice(0, MOST_ROWS);
  }, [sums]);
  const columns = Array.from({ length: Math.min(units, MOST_UNITS) }, (_, j) => j);
  const hidden = units > columns.length;
  const hiddenSum = (k: number): number => {
    let sum = 0;
    for (let j = columns.length; j < units; j++) sum += shares[j * width + k];
    return sum;
  };
  return (
    <section class="ways-together">
      <h2>{words.together}</h2>
      <p class="gradients-about">{number === 1 ? words.togetherInputs : words.togetherNote}</p>
      <ScrollBox label={words.together}>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.activation}</th>
              {columns.map((j) => (
                <th key={j} scope="col" class="numeric">
                  <MathText text={unitName('a', number, j)} />
                </th>
              ))}
              {hidden ? (
                <th scope="col" class="numeric">
                  {words.others(units - columns.length)}
                </th>
              ) : null}
              <th scope="col" class="numeric">
                {words.sum}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((k) => (
              <tr key={k}>
                <th scope="row">
                  {number === 1 ? (
                    <MathText text={unitName('a', 0, k)} />
                  ) : (
                    <button
                      type="button"
                      class="link"
                      title={words.goTo(nameToText(unitName('a', number - 1, k)))}
                      onClick={() => change({ raisedLayer: number - 2, raisedUnit: k })}
                    >
                      <MathText text={unitName('a', number - 1, k)} />
                    </button>
                  )}
                </th>
                {columns.map((j) => (
                  <td key={j} class="numeric">
                    <NumberText value={shares[j * width + k]} signed />
                  </td>
                ))}
                {hidden ? (
                  <td class="numeric">
                    <NumberText value={hiddenSum(k)} signed />
                  </td>
                ) : null}
                <td class="numeric ways-sum">
                  <NumberText value={sums[k]} signed />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      {rows.length < width ? (
        <p class="small quiet">{words.largestOf(rows.length, width.toLocaleString('en'))}</p>
      ) : null}
    </section>
  );
}
