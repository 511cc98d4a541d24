import type { MemoMessages } from '@backflow/messages';
import { formatCount } from '@backflow/print';
import { keepingOf, type LiveGraph, type Trace } from '@backflow/trace';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { MathText } from '../../look/math-text.tsx';
import type { Lane } from '../contract.ts';
import { Pager, usePage } from './pages.tsx';
import { titleOf, type Place } from './place.ts';

interface NotKeptProps {
  readonly place: Place;
  readonly lane: Lane;
  readonly graph: LiveGraph;
  readonly texts: MemoMessages;
}

/** Where no gradient is kept: how often each node is computed instead. */
export function NotKept({ place, lane, graph, texts }: NotKeptProps): JSX.Element {
  const words = texts.table;
  const keeping = keepingOf(lane.algorithm);
  const isLeaf = (node: number): boolean => graph.recording.operation[node] === 0;
  // Leaves are given: no value of theirs is computed.
  const nodes = useMemo(
    () => [...graph.nodes].toReversed().filter((node) => keeping !== 'values' || !isLeaf(node)),
    [graph, keeping],
  );
  const { app, run, position } = place;
  const { trace } = lane;
  const page = usePage(nodes.length, -1);
  const inAll = (node: number): bigint => {
    if (keeping === 'sums') return graph.paths[node];
    return BigInt(graph.leaves.length);
  };
  const current = trace === null || position === 0 ? -1 : trace.node[position - 1];
  return (
    <>
      <p class="memo-nothing">{words.nothing[keeping === 'gradients' ? 'sums' : keeping]}</p>
      <div class="memo-table-frame">
        <table aria-rowcount={nodes.length + 1}>
          <thead>
            <tr aria-rowindex={1}>
              <th scope="col">{words.node}</th>
              <th scope="col" class="numeric">
                {words.instead}
              </th>
              <th scope="col" class="numeric">
                {words.inAll}
              </th>
            </tr>
          </thead>
          <tbody>
            {nodes.slice(page.from, page.to).map((node, index) => (
              <tr
                key={node}
                aria-rowindex={page.from + index + 2}
                class={node === current ? 'stroke' : ''}
                aria-current={node === current ? 'step' : undefined}
              >
                <th scope="row">
                  <button
                    type="button"
                    class="memo-node"
                    aria-pressed={app.selected.value === node}
                    onClick={() => app.select(node)}
                  >
                    <MathText text={titleOf(run, node)} />
                  </button>
                </th>
                <td class="numeric">
                  {trace === null ? '—' : words.visits(timesAt(trace, keeping === 'values', node, position))}
                </td>
                <td class="numeric">{`${formatCount(inAll(node))}×`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Pager page={page} texts={texts} />
    </>
  );
}

/** How often a node has been computed in passes behind the first one. */
function timesAt(trace: Trace, values: boolean, node: number, position: number): number {
  const index = values ? trace.values : trace.visits;
  const start = trace.passes.find(({ kind }) => kind === 'backward')?.from ?? 0;
  let times = 0;
  for (let at = index.start[node]; at < index.start[node + 1]; at++) {
    const event = index.events[at];
    if (event >= start && event < position) times++;
  }
  return times;
}
