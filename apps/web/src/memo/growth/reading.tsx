import type { MemoMessages } from '@backflow/messages';
import { formatCount } from '@backflow/print';
import {
  ALGORITHM_NAMES,
  ALGORITHMS,
  costOf,
  COUNTERS,
  formulaOf,
  liveGraphOf,
  type AlgorithmName,
  type CounterName,
  type Family,
} from '@backflow/trace';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { MathText } from '../../look/math-text.tsx';
import { change, type GrowthView } from './growth-state.ts';
import { whenIdle, type Pieces } from './idle.ts';
import { LineSign } from './plot.tsx';

/** The largest graph that is built to be counted. */
const MOST_NODES = 40_000n;

/** Characters of a formula that is not broken. */
const SHORT = 20;

interface ReadingProps {
  readonly family: Family;
  readonly view: GrowthView;
  readonly counter: CounterName;
  /** The size that is read off. */
  readonly size: number;
  /** The size of the slider, whose graph is counted. */
  readonly settled: number;
  readonly texts: MemoMessages;
}

/** Every algorithm's count at a size, with the formula for all sizes; what the plot shows, as a table. */
export function Reading({ family, view, counter, size, settled, texts }: ReadingProps): JSX.Element {
  const words = texts.growth;
  const { shown } = view;
  const shape = family.shape(size);
  const formulas = ALGORITHM_NAMES.map((name) => formulaOf(family.formulas, name, counter));
  const used = new Set(`${formulas.join(' ')} ${family.formulas.paths}`.match(/[A-Za-z]/g));
  const letters = family.letters.filter(([letter]) => used.has(letter));
  return (
    <div class="growth-reading">
      <table>
        <thead>
          <tr>
            <th scope="col">{words.algorithm}</th>
            <th scope="col" class="numeric" aria-live="off">
              <span class="hidden-visually">{`${words.counters[counter]}, `}</span>
              {words.at(size.toLocaleString('en'))}
            </th>
            <th scope="col">{words.formula}</th>
          </tr>
        </thead>
        <tbody>
          {ALGORITHM_NAMES.map((name, index) => {
            const count = costOf(shape, name)[counter];
            return (
              <tr key={name} class={shown.has(name) ? undefined : 'off'}>
                <th scope="row">
                  <label class="growth-algorithm">
                    <input
                      type="checkbox"
                      checked={shown.has(name)}
                      aria-label={words.show(texts.algorithms.names[name])}
                      onChange={() => change({ shown: toggled(shown, name) })}
                    />
                    <LineSign id={name} />
                    <span>{texts.algorithms.names[name]}</span>
                  </label>
                </th>
                <td class="numeric number">{formatCount(count)}</td>
                <td class={formulas[index].length <= SHORT ? 'growth-formula short' : 'growth-formula'}>
                  <MathText text={formulas[index]} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p class="quiet small">
        {letters.map(([letter, value], index) => (
          <span key={letter}>
            {index === 0 ? '' : ', '}
            <i>{letter}</i>
            {` = ${formatCount(value)} ${words.letters[letter] ?? ''}`}
          </span>
        ))}
        {letters.length > 0 ? '. ' : ''}
        {used.has('F') ? (
          <>
            <MathText text={words.fibonacciNumbers} />{' '}
          </>
        ) : null}
        {words.paths(formatCount(shape.paths))} (<MathText text={family.formulas.paths} />){' '}
        <Counted family={family} size={settled} texts={texts} />
      </p>
    </div>
  );
}

function toggled(shown: ReadonlySet<AlgorithmName>, name: AlgorithmName): ReadonlySet<AlgorithmName> {
  const next = new Set(shown);
  if (!next.delete(name)) next.add(name);
  return next;
}

/** Builds the graph of a size in idle time, and counts on it. */
function Counted({
  family,
  size,
  texts,
}: {
  family: Family;
  size: number;
  texts: MemoMessages;
}): JSX.Element {
  const words = texts.growth;
  const { nodes } = family.shape(size);
  const [found, setFound] = useState<{ family: Family; size: number; same: boolean } | null>(null);
  const built = nodes <= MOST_NODES;
  useEffect(() => {
    if (!built) return;
    return whenIdle(compared(family, size), (same) => setFound({ family, size, same }));
  }, [family, size]);
  if (!built) return <span>{words.notBuilt(formatCount(nodes))}</span>;
  if (found?.family !== family || found.size !== size) return <span>{words.counting}</span>;
  return <span>{found.same ? words.counted(formatCount(nodes)) : words.differs}</span>;
}

function* compared(family: Family, size: number): Pieces<boolean> {
  const recording = family.record(size);
  yield;
  const graph = liveGraphOf(recording);
  const shape = family.shape(size);
  let same = true;
  for (const name of ALGORITHM_NAMES) {
    yield;
    const cost = costOf(shape, name);
    const counted = ALGORITHMS[name].count(graph);
    for (const counter of COUNTERS) same &&= cost[counter] === counted[counter];
  }
  return same;
}
