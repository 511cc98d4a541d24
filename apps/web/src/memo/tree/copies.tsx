import type { MemoMessages } from '@backflow/messages';
import type { FoldPlan } from '@backflow/trace';
import type { JSX } from 'preact';
import { MathText } from '../../look/math-text.tsx';

/** Rows beyond are counted. */
const ROWS = 100;

interface CopiesTableProps {
  readonly plan: FoldPlan;
  /** Per node, how many stand now. */
  readonly copies: readonly bigint[];
  readonly words: MemoMessages['tree'];
  readonly format: (count: bigint | number) => string;
  readonly title: (node: number) => string;
}

/** The two pictures in words and numbers: every node with its copies, from the output downwards. */
export function CopiesTable({ plan, copies, words, format, title }: CopiesTableProps): JSX.Element {
  const { graph } = plan;
  const nodes = Array.from(graph.nodes).toReversed();
  const below = new Map(plan.folds.map((fold) => [fold.node, fold.below]));
  return (
    <details class="tree-table">
      <summary>{words.table.summary}</summary>
      <div class="tree-table-frame">
        <table>
          <thead>
            <tr>
              <th scope="col">{words.table.node}</th>
              <th scope="col" class="numeric">
                {words.table.copies}
              </th>
              <th scope="col" class="numeric">
                {words.table.now}
              </th>
              <th scope="col" class="numeric">
                {words.table.uses}
              </th>
              <th scope="col" class="numeric">
                {words.table.saves}
              </th>
            </tr>
          </thead>
          <tbody>
            {nodes.slice(0, ROWS).map((node) => (
              <tr key={node}>
                <th scope="row">
                  <MathText text={title(node)} />
                </th>
                <td class="numeric">{format(graph.paths[node])}</td>
                <td class="numeric">{format(copies[node])}</td>
                <td class="numeric">{graph.userStart[node + 1] - graph.userStart[node]}</td>
                <td class="numeric">{below.has(node) ? format(below.get(node)!) : '—'}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {nodes.length > ROWS ? (
          <p class="quiet small">{words.table.more(format(nodes.length - ROWS))}</p>
        ) : null}
      </div>
    </details>
  );
}
