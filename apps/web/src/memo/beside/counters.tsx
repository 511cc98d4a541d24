import type { MemoMessages } from '@backflow/messages';
import { formatCount } from '@backflow/print';
import type { Counters as Counts, Tally } from '@backflow/trace';
import type { JSX } from 'preact';
import { share } from './scale.ts';

const ROWS = ['multiplications', 'visits', 'additions', 'hits', 'forwardPasses', 'slots'] as const;

interface CountersProps {
  readonly label: string;
  /** Up to the present step; null where the run is only counted. */
  readonly now: Tally | null;
  readonly total: Counts;
  /** What fills a bar. */
  readonly most: bigint;
  readonly texts: MemoMessages['beside'];
}

/** What a run costs: up to the present step, and in all; the bars have one logarithmic scale. */
export function Counters({ label, now, total, most, texts }: CountersProps): JSX.Element {
  return (
    <table class="memo-counters" aria-label={label}>
      <tbody>
        {ROWS.map((row) => {
          const all = total[row];
          // Memory is what is needed at once; it does not grow step by step.
          const done = row === 'slots' ? all : BigInt(now?.[row] ?? 0);
          const live = row !== 'slots' && now !== null;
          return (
            <tr key={row} class={row} data-none={all === 0n ? '' : undefined}>
              <th scope="row" title={texts.hints[row]}>
                {texts.counters[row]}
              </th>
              <td class="amount">
                {live ? texts.of(formatCount(done), formatCount(all)) : formatCount(all)}
              </td>
              <td class="bars" aria-hidden="true">
                <div class="bar all" style={{ width: `${100 * share(all, most)}%` }} />
                <div class="bar done" style={{ width: `${100 * share(done, most)}%` }} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
