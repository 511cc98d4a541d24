import type { JSX } from 'preact';
import type { Run } from '../state/run.ts';
import type { NotesState } from './desk.ts';
import { nodeOf } from './places.ts';
import { LineButton } from './line-button.tsx';
import { SIGNS } from './signs.ts';

/** In the inspector: what the notes say about a node, line by line. */
export function LinesOfNode({
  state,
  run,
  node,
}: {
  readonly state: NotesState;
  readonly run: Run;
  readonly node: number;
}): JSX.Element | null {
  const texts = state.texts.value;
  const found = state.judged.value;
  const ground = state.ground.value;
  if (found === null || ground === null || ground.run !== run) return null;
  const claims = found.report.claims.flatMap((claim, index) =>
    nodeOf(ground, claim) === node ? [{ claim, verdict: found.verdicts[index], key: found.keys[index] }] : [],
  );
  if (claims.length === 0) return null;
  return (
    <section>
      <h3>{texts.page.node.title}</h3>
      <ul class="notes-claims">
        {claims.map(({ claim, verdict, key }) => (
          <li key={key}>
            <span class={`sign ${verdict}`} role="img" aria-label={texts.verdicts[verdict]}>
              {SIGNS[verdict]}
            </span>
            <span>
              <LineButton state={state} line={claim.line} /> <code>{claim.text}</code>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
