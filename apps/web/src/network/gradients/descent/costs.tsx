import type { NetworkMessages } from '@backflow/messages';
import type { Landscape } from '@backflow/nn';
import { formatCount, formatNumber } from '@backflow/print';
import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { inSlices } from '../slices.ts';
import { compare, dimensionCosts, H, VALUES, type DimensionCost } from './counting.ts';
import { ScrollBox } from '../scroll-box.tsx';

interface CostsProps {
  readonly landscape: Landscape;
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly start: readonly number[];
  readonly rate: number;
  readonly steps: number;
  /** Parameters of the document's network. */
  readonly weights: number;
  readonly words: NetworkMessages['gradients']['descent']['costs'];
}

/** 784-16-16-10. */
const DIGITS = 784 * 16 + 16 * 16 + 16 * 10 + 16 + 16 + 10;
const DENSITIES = [10, 100] as const;

const count = (number: number): string => formatCount(BigInt(number));

/** Exhaustive search and finite differences beside the descent, with what each costs. */
export function Costs(props: CostsProps): JSX.Element {
  const { landscape, from, to, start, rate, steps, words } = props;
  const [values, setValues] = useState<number>(DENSITIES[0]);
  const { search, descent, differences } = useMemo(
    () => compare(landscape, from, to, values, start, rate, steps),
    [landscape, from, to, values, start, rate, steps],
  );
  const place = (point: ArrayLike<number>): string =>
    `(${Array.from(point, (each) => formatNumber(each, { digits: 3 })).join(', ')})`;
  return (
    <section class="descent-costs">
      <h2>{words.label}</h2>
      <label>
        {words.values}{' '}
        <select
          class="field"
          value={String(values)}
          onChange={(event) => setValues(Number(event.currentTarget.value))}
        >
          {DENSITIES.map((each) => (
            <option key={each} value={String(each)}>
              {each}
            </option>
          ))}
        </select>
      </label>
      <ScrollBox label={words.label}>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.way}</th>
              <th scope="col" class="numeric">
                {words.evaluations}
              </th>
              <th scope="col" class="numeric">
                {words.sweeps}
              </th>
              <th scope="col">{words.found}</th>
              <th scope="col" class="numeric">
                {words.height}
              </th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">{words.search(values, start.length)}</th>
              <td class="numeric">{count(search.evaluations.values)}</td>
              <td class="numeric">{count(search.evaluations.slopes)}</td>
              <td>{place(search.point)}</td>
              <td class="numeric">{formatNumber(search.cost)}</td>
            </tr>
            <tr>
              <th scope="row">{words.differences(differences.steps)}</th>
              <td class="numeric">{count(differences.evaluations.values)}</td>
              <td class="numeric">{count(differences.evaluations.slopes)}</td>
              <td>{place(differences.end.point)}</td>
              <td class="numeric">{formatNumber(differences.end.cost)}</td>
            </tr>
            <tr>
              <th scope="row">{words.descent(descent.steps)}</th>
              <td class="numeric">{count(descent.evaluations.slopes)}</td>
              <td class="numeric">{count(descent.evaluations.slopes)}</td>
              <td>{place(descent.end.point)}</td>
              <td class="numeric">{formatNumber(descent.end.cost)}</td>
            </tr>
          </tbody>
        </table>
      </ScrollBox>
      <p class="small quiet">{words.counted(formatNumber(H))}</p>
      <Dimensions weights={props.weights} words={words} />
    </section>
  );
}

/** The same by the number of weights, up to what a network has. */
function Dimensions({ weights, words }: Pick<CostsProps, 'weights' | 'words'>): JSX.Element {
  const dimensions = useMemo(
    () => [...new Set([1, 2, 4, 8, weights, DIGITS])].sort((a, b) => a - b),
    [weights],
  );
  const [costs, setCosts] = useState<readonly DimensionCost[] | null>(null);
  useEffect(() => inSlices(dimensionCosts(dimensions), setCosts), [dimensions]);
  return (
    <>
      <p class="gradients-about">{words.dimensions}</p>
      <ScrollBox label={words.byWeights}>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.weights}</th>
              <th scope="col" class="numeric">
                {words.searchOf(VALUES)}
              </th>
              <th scope="col" class="numeric">
                {words.differencesOf}
              </th>
              <th scope="col" class="numeric">
                {words.backwardOf}
              </th>
            </tr>
          </thead>
          <tbody>
            {dimensions.map((each) => {
              const cost = costs?.find((found) => found.dimensions === each) ?? null;
              return (
                <tr key={each}>
                  <th scope="row">
                    {count(each)}
                    {each === weights ? <span class="quiet"> {words.thisNetwork}</span> : null}
                    {each === DIGITS && each !== weights ? <span class="quiet"> 784-16-16-10</span> : null}
                  </th>
                  <td class="numeric">
                    <Counted cost={cost} of="search" words={words} />
                  </td>
                  <td class="numeric">
                    <Counted cost={cost} of="differences" words={words} />
                  </td>
                  <td class="numeric">{words.two}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </ScrollBox>
      <p class="small quiet">{words.ranNote}</p>
    </>
  );
}

interface CountedProps {
  /** Null while it is being counted. */
  readonly cost: DimensionCost | null;
  readonly of: 'search' | 'differences';
  readonly words: CostsProps['words'];
}

function Counted({ cost, of, words }: CountedProps): JSX.Element {
  if (cost === null) return <>…</>;
  const { search, dimensions } = cost;
  if (of === 'search' && search === null) return <Power of={dimensions} />;
  return (
    <>
      {count(of === 'search' ? search! : cost.differences)} <Ran title={words.ran} />
    </>
  );
}

function Power({ of }: { of: number }): JSX.Element {
  return (
    <>
      10<sup>{of.toLocaleString('en')}</sup>
    </>
  );
}

function Ran({ title }: { title: string }): JSX.Element {
  return (
    <span class="gradients-ran" title={title} role="img" aria-label={title}>
      ✓
    </span>
  );
}
