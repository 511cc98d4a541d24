import { FLAT_SLOPE, NEARLY_DEAD, UNIT_STATES, type UnitActivity, type UnitState } from '@backflow/nn';
import type { NetworkMessages } from '@backflow/messages';
import { formatNumber } from '@backflow/print';
import type { JSX } from 'preact';
import { MathText } from '../../look/math-text.tsx';
import { NumberText } from '../../look/number.tsx';
import type { NetworkTabProps } from '../contract.ts';
import { unitName } from './names.ts';
import { useSurvey } from './use-survey.ts';
import { ShareChoice } from './share-choice.tsx';
import { gradientView } from './view.ts';
import { ScrollBox } from './scroll-box.tsx';

/** Units that are listed at most. */
const MOST = 200;

/** Units that learn nothing from any example, or hardly anything. */
export function UnitsTab(props: NetworkTabProps): JSX.Element {
  const { network, training, texts } = props;
  const words = texts.gradients.units;
  const { last, done, problem } = useSurvey(props, gradientView.value.share);
  if (network.loss === null || training.dataset.value === null)
    return <p class="gradients-none">{texts.gradients.wishes.noData}</p>;
  const layers = last?.survey.units ?? [];
  const { activation, output, sizes } = network.network;
  const sick = layers.flatMap((units, layer) =>
    units.filter(({ state }) => state !== 'alive').map((unit) => ({ ...unit, layer })),
  );
  // Sums that are no numbers are rare, and have a column only then.
  const states = UNIT_STATES.filter(
    (state) => state !== 'broken' || sick.some((unit) => unit.state === 'broken'),
  );
  const nameOf = (layer: number): string => (layer === layers.length - 1 ? output : activation);
  return (
    <section class="units" aria-label={words.label}>
      <p class="gradients-about">{words.about}</p>
      <div class="gradients-tools">
        <ShareChoice {...props} />
      </div>
      {problem === null ? null : (
        <p class="gradients-problem" role="alert">
          {problem}
        </p>
      )}
      {last === null ? (
        <p class="quiet">{done === null ? '' : words.working}</p>
      ) : (
        <>
          <ScrollBox label={words.counts}>
            <table>
              <caption>{words.counts}</caption>
              <thead>
                <tr>
                  <th scope="col">{words.layer}</th>
                  <th scope="col">{words.activation}</th>
                  <th scope="col" class="numeric">
                    {words.unitsColumn}
                  </th>
                  {states.map((state) => (
                    <th key={state} scope="col" class="numeric">
                      {words.states[state]}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {layers.map((units, layer) => (
                  <tr key={layer}>
                    <th scope="row">{layer + 1}</th>
                    <td>{nameOf(layer)}</td>
                    <td class="numeric">{sizes[layer + 1]}</td>
                    {states.map((state) => (
                      <td key={state} class={`numeric units-${state}`}>
                        {units.length === 0 ? '—' : counted(units, state)}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollBox>
          <p class="units-verdict" role="status">
            {verdictOf(sick, activation, words)}
          </p>
          <ul class="units-list">
            {sick.slice(0, MOST).map((unit) => (
              <li key={`${unit.layer} ${unit.unit}`}>
                <strong>
                  <MathText text={unitName('a', unit.layer + 1, unit.unit)} />
                </strong>{' '}
                {words.states[unit.state]}: {whyOf(unit, nameOf(unit.layer), words)}{' '}
                <span class="small quiet">
                  {words.range} <NumberText value={unit.smallest} /> … <NumberText value={unit.largest} />
                </span>
              </li>
            ))}
          </ul>
          {sick.length > MOST ? <p class="small quiet">{words.more(sick.length - MOST)}</p> : null}
          <p class="small quiet">{words.limits(NEARLY_DEAD, FLAT_SLOPE)}</p>
        </>
      )}
    </section>
  );
}

function counted(units: readonly UnitActivity[], state: UnitState): number {
  return units.filter((unit) => unit.state === state).length;
}

function whyOf(unit: UnitActivity, activation: string, words: NetworkMessages['gradients']['units']): string {
  const examples = unit.examples.toLocaleString('en');
  switch (unit.state) {
    case 'dead':
      return activation === 'relu'
        ? words.dead(examples, formatNumber(unit.largest), formatNumber(-unit.largest))
        : words.noSlope(examples);
    case 'nearly':
      return words.nearly(unit.reached.toLocaleString('en'), examples);
    case 'flat':
      return words.flat(formatNumber(unit.meanSlope), examples);
    case 'broken':
      return words.broken;
    case 'alive':
      return '';
  }
}

function verdictOf(
  sick: readonly UnitActivity[],
  activation: string,
  words: NetworkMessages['gradients']['units'],
): string {
  const broken = sick.filter(({ state }) => state === 'broken').length;
  if (broken > 0) return words.someBroken(broken);
  const dead = sick.filter(({ state }) => state === 'dead').length;
  if (dead > 0) return words.someDead(dead);
  if (sick.length > 0) return words.someSick(sick.length);
  return activation === 'relu' ? words.noneDead : words.cannotDie(activation);
}
