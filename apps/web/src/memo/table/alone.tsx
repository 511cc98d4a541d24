import type { MemoMessages } from '@backflow/messages';
import { formatCount, formatNumber } from '@backflow/print';
import { exactJudge, type AlgorithmName } from '@backflow/trace';
import type { JSX } from 'preact';
import { useComputed } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { MathText } from '../../look/math-text.tsx';
import { NumberText } from '../../look/number.tsx';
import type { App } from '../../state/app.ts';
import type { Run } from '../../state/run.ts';
import type { Lane } from '../contract.ts';
import { predicting } from '../predict/hidden.ts';
import { race, type Ground } from '../race.ts';
import { titleOf } from './place.ts';

/** Which of the two memos an algorithm has, and what that alone gives. */
const CASES = [
  { memos: 'neither', algorithm: 'path-sum', visited: false, stored: false },
  { memos: 'visited', algorithm: 'preorder', visited: true, stored: false },
  { memos: 'stored', algorithm: 'accumulate-early', visited: false, stored: true },
  { memos: 'both', algorithm: 'reverse', visited: true, stored: true },
] as const satisfies readonly { algorithm: AlgorithmName; [more: string]: unknown }[];

interface AloneProps {
  readonly app: App;
  readonly run: Run;
  readonly ground: Ground;
  readonly texts: MemoMessages;
}

/** The same derivative with neither memo, with each of them alone, and with both in the right order. */
export function Alone({ app, run, ground, texts }: AloneProps): JSX.Element | null {
  const words = texts.table.alone;
  const { graph, truth } = ground;
  const lanes = useMemo(
    () =>
      new Map<AlgorithmName, Lane>(
        [...race(run.shown, 'path-sum', 'preorder'), ...race(run.shown, 'accumulate-early', 'reverse')].map(
          (lane) => [lane.algorithm, lane],
        ),
      ),
    [run.shown],
  );
  const judge = useMemo(() => exactJudge(graph, truth, true), [graph, truth]);
  const isWrong = (lane: Lane, leaf: number): boolean =>
    lane.gradients !== null && !judge(leaf, lane.gradients[leaf]);
  const { leaves } = graph;
  // The first leaf that tells most of them apart.
  const telling = useMemo(() => {
    const wrongs = (leaf: number): number => [...lanes.values()].filter((lane) => isWrong(lane, leaf)).length;
    let [best] = leaves;
    for (const leaf of leaves) if (wrongs(leaf) > wrongs(best)) best = leaf;
    return best;
  }, [lanes, judge]);
  const hidden = useComputed(() => app.run.value !== null && predicting(app, app.run.value)).value;
  if (leaves.length === 0) return null;
  const selected = app.selected.value;
  const leaf = leaves.includes(selected) ? selected : telling;
  const due = formatNumber(truth[leaf], { digits: app.digits.value });
  return (
    <section class="memo-alone">
      <h2>
        <MathText text={words.title(`∂${titleOf(run, graph.of)}/∂${titleOf(run, leaf)}`)} />
      </h2>
      <table>
        <thead>
          <tr>
            <th scope="col">{texts.table.visitedSet}</th>
            <th scope="col">{texts.table.stored}</th>
            <th scope="col">{words.algorithm}</th>
            <th scope="col">{words.result}</th>
            <th scope="col" class="numeric">
              {words.cost}
            </th>
          </tr>
        </thead>
        <tbody>
          {CASES.map(({ memos, algorithm, visited, stored }) => {
            const lane = lanes.get(algorithm)!;
            const wrong = isWrong(lane, leaf);
            return (
              <tr key={memos}>
                <td>
                  <Has yes={visited} texts={texts} />
                </td>
                <td>
                  <Has yes={stored} texts={texts} />
                </td>
                <th scope="row">
                  {words[memos]}
                  <small>{texts.algorithms.names[algorithm]}</small>
                </th>
                <td>
                  {hidden ? (
                    <span class="quiet">{words.later}</span>
                  ) : lane.gradients === null ? (
                    <span class="quiet">{words.counted}</span>
                  ) : (
                    <b>
                      <NumberText value={lane.gradients[leaf]} signed />
                    </b>
                  )}{' '}
                  {hidden || lane.gradients === null ? null : (
                    <span class={`memo-note ${wrong ? 'wrong' : ''}`}>
                      {wrong ? words.wrong(due) : words.right}
                    </span>
                  )}
                  <small class="quiet">{words.says[memos]}</small>
                </td>
                <td class="numeric">{formatCount(lane.counters.multiplications)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {hidden || [...lanes.values()].some((lane) => isWrong(lane, leaf)) ? null : (
        <p class="small">{words.same}</p>
      )}
    </section>
  );
}

function Has({ yes, texts }: { yes: boolean; texts: MemoMessages }): JSX.Element {
  return <span class={yes ? 'memo-has' : 'quiet'}>{yes ? texts.table.yes : texts.table.no}</span>;
}
