import { costTerms, type LossName } from '@backflow/nn';
import { formatExact, formatNumber, isShownExactly } from '@backflow/print';
import type { JSX } from 'preact';
import { useApp } from '../../app-context.ts';
import { NumberText } from '../../look/number.tsx';
import { Typeset } from '../../look/typeset.tsx';
import type { NetworkTabProps } from '../contract.ts';
import { ExampleChoice } from './example-choice.tsx';
import { outputName } from './names.ts';
import { usePass } from './use-pass.ts';
import { useSurvey } from './use-survey.ts';
import { gradientView } from './view.ts';
import { ScrollBox } from './scroll-box.tsx';

/** What a term of each loss is, of what is found (a, p or z) and what is wanted. */
const TERMS: Readonly<
  Record<LossName, { readonly latex: string; readonly text: string; of(x: string, y: string): string }>
> = {
  squared: { latex: 'C = \\sum_j (a_j - y_j)^2', text: 'C = Σ (a − y)²', of: (x, y) => `(${x} − ${y})²` },
  meanSquared: {
    latex: 'C = \\frac{1}{n} \\sum_j (a_j - y_j)^2',
    text: 'C = (1/n) Σ (a − y)²',
    of: (x, y) => `(${x} − ${y})²`,
  },
  absolute: { latex: 'C = \\sum_j |a_j - y_j|', text: 'C = Σ |a − y|', of: (x, y) => `|${x} − ${y}|` },
  hinge: {
    latex: 'C = \\sum_j \\max(0, 1 - y_j a_j)',
    text: 'C = Σ max(0, 1 − y a)',
    of: (x, y) => `max(0, 1 − ${y}·${x})`,
  },
  binaryCrossEntropy: {
    latex: 'C = -\\sum_j \\left(y_j \\ln a_j + (1 - y_j) \\ln(1 - a_j)\\right)',
    text: 'C = −Σ (y ln a + (1 − y) ln(1 − a))',
    of: (x, y) =>
      y === '1' ? `−ln ${x}` : y === '0' ? `−ln(1 − ${x})` : `−(${y} ln ${x} + (1 − ${y}) ln(1 − ${x}))`,
  },
  binaryCrossEntropyWithLogits: {
    latex: 'C = \\sum_j \\left(\\ln(1 + e^{z_j}) - y_j z_j\\right)',
    text: 'C = Σ (ln(1 + e^z) − y z)',
    of: (x, y) => `ln(1 + e^${x}) − ${y}·${x}`,
  },
  crossEntropy: {
    latex: 'C = -\\sum_j y_j \\ln p_j, \\quad p = \\operatorname{softmax}(z)',
    text: 'C = −Σ y ln p, p = softmax(z)',
    of: (x, y) => `−${y}·ln ${x}`,
  },
};

const DEVIATIONS = [1, 2, 4, 8] as const;
const GROWTHS = [
  { text: '√d', of: (d: number) => Math.sqrt(d) },
  { text: 'd', of: (d: number) => d },
  { text: 'd²', of: (d: number) => d * d },
  { text: '10^{d − 1}', of: (d: number) => 10 ** (d - 1) },
] as const;

/** The cost of one example, output by output, and the mean over the data. */
export function CostTab(props: NetworkTabProps): JSX.Element {
  const { network, training, texts } = props;
  const words = texts.gradients.cost;
  const digits = useApp().digits.value;
  const shown = usePass(props);
  const { last } = useSurvey(props, gradientView.value.share);
  const dataset = training.dataset.value;
  const { loss } = network;
  if (shown === null || loss === null) return <p class="gradients-none">{texts.gradients.noExample}</p>;
  const { pass, wanted } = shown;
  const output = pass.layers[pass.layers.length - 1];
  const { terms, divisor, cost } = costTerms(loss.name, output.a, output.z, wanted);
  const form = TERMS[loss.name];
  const number = (x: number): string => formatNumber(x, { digits });
  const bracket = (text: string, x: number): string => (x < 0 ? `(${text})` : text);
  // Where what is found stands behind a sign.
  const first =
    loss.name === 'hinge' || loss.name === 'binaryCrossEntropyWithLogits' ? bracket : (text: string) => text;
  const sum = terms.reduce((all, term) => all + term.cost, 0);
  const rounded = terms.some(({ found }) => !isShownExactly(found, { digits }));
  return (
    <section class="cost">
      <div class="gradients-about with-formula">
        <p>{words.about}</p> <Typeset text={form.text} latex={form.latex} />
      </div>
      <div class="gradients-tools">
        <ExampleChoice {...props} />
      </div>
      <ScrollBox label={words.label}>
        <table class="cost-terms">
          <thead>
            <tr>
              <th scope="col">{words.output}</th>
              <th scope="col" class="numeric">
                {words.found[loss.name === 'crossEntropy' ? 'p' : loss.name.endsWith('Logits') ? 'z' : 'a']}
              </th>
              <th scope="col" class="numeric">
                {words.wanted}
              </th>
              <th scope="col" class="numeric">
                {words.cost}
              </th>
              <th scope="col">{words.from}</th>
            </tr>
          </thead>
          <tbody>
            {terms.map((term) => (
              <tr key={term.output} class={term.wanted > 0 && terms.length > 1 ? 'on' : ''}>
                <th scope="row">{outputName(dataset, terms.length, term.output) ?? term.output}</th>
                <td class="numeric">
                  <NumberText value={term.found} />
                </td>
                <td class="numeric">
                  <NumberText value={term.wanted} />
                </td>
                <td class="numeric cost-term">
                  <NumberText value={term.cost} />
                </td>
                <td
                  title={form.of(
                    first(formatExact(term.found), term.found),
                    bracket(formatExact(term.wanted), term.wanted),
                  )}
                >
                  ←{' '}
                  {form.of(first(number(term.found), term.found), bracket(number(term.wanted), term.wanted))}
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            {divisor === 1 ? null : (
              <tr>
                <th scope="row" colSpan={3}>
                  {words.sum}
                </th>
                <td class="numeric">
                  <NumberText value={sum} />
                </td>
              </tr>
            )}
            <tr class="cost-sum">
              <th scope="row" colSpan={3}>
                {divisor === 1 ? words.sum : words.divided(divisor)}
              </th>
              <td class="numeric">
                <NumberText value={cost} />
              </td>
            </tr>
            <tr>
              <th scope="row" colSpan={3}>
                {last === null
                  ? words.meanUnknown
                  : words.mean(last.survey.wishes.count.toLocaleString('en'))}
              </th>
              <td class="numeric">{last === null ? '…' : <NumberText value={last.survey.cost} />}</td>
            </tr>
          </tfoot>
        </table>
      </ScrollBox>
      {training.l1.value > 0 || training.l2.value > 0 ? (
        <p class="small quiet">{texts.gradients.wishes.withoutPenalty}</p>
      ) : null}
      {rounded ? (
        <p class="small quiet">
          {words.rounded(digits)} {loss.name.endsWith('quared') ? words.roundedSquares : ''}
        </p>
      ) : null}
      <details class="gradients-more">
        <summary>{words.whySquares}</summary>
        <p>{words.whySquaresNote}</p>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.deviation}</th>
              {DEVIATIONS.map((d) => (
                <th key={d} scope="col" class="numeric">
                  {d}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {GROWTHS.map(({ text, of }) => (
              <tr key={text}>
                <th scope="row">
                  {text.includes('^') ? (
                    <>
                      10<sup>d − 1</sup>
                    </>
                  ) : (
                    text
                  )}
                </th>
                {DEVIATIONS.map((d) => (
                  <td key={d} class="numeric">
                    {formatNumber(of(d), { digits: 3 })}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}
