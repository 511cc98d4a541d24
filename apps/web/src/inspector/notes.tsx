import { operationOf } from '@backflow/engine';
import { formatNumber } from '@backflow/print';
import type { JSX } from 'preact';
import { useApp } from '../app-context.ts';
import { panelTexts } from '../look/panel-texts.ts';
import type { Run } from '../state/run.ts';
import { finishedGradients } from './facts.ts';

/** What deserves saying about a node besides its numbers: kinks, flat operations, the birth of a NaN. */
export function Notes({
  run,
  node,
  position,
}: {
  run: Run;
  node: number;
  position: number;
}): JSX.Element | null {
  const app = useApp();
  const texts = panelTexts(app).inspector;
  const digits = app.digits.value;
  const notes: string[] = [];
  const { shown } = run;
  const operation = operationOf(shown, node);
  const value = shown.value[node];
  const number = (x: number): string => formatNumber(x, { digits });
  if (operation !== null && !shown.skipped[node]) {
    const inputs = Array.from(
      shown.inputs.subarray(shown.inputStart[node], shown.inputStart[node + 1]),
      (entry) => (entry < 0 ? shown.constants[~entry] : shown.value[entry]),
    );
    for (const { chosen, admissible } of operation.kinks?.(inputs) ?? []) {
      notes.push(
        admissible === null
          ? texts.kink(number(chosen))
          : texts.kinkRange(number(chosen), number(admissible[0]), number(admissible[1])),
      );
    }
    if (operation.flat === true) notes.push(texts.flat);
    if (Number.isNaN(value)) notes.push(inputs.some(Number.isNaN) ? texts.nanHere : texts.nanValue);
    else if (!Number.isFinite(value)) notes.push(texts.infinite);
  }
  if (position >= run.trace.length && !Number.isFinite(finishedGradients(run)[node]))
    notes.push(texts.nanGradient);
  if (notes.length === 0) return null;
  return (
    <section class="remarks">
      <h3>{texts.notes}</h3>
      {[...new Set(notes)].map((note) => (
        <p key={note}>{note}</p>
      ))}
    </section>
  );
}
