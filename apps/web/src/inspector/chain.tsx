import { toText } from '@backflow/print';
import { chainRule } from '@backflow/trace';
import type { JSX } from 'preact';
import { useApp } from '../app-context.ts';
import { MathText } from '../look/math-text.tsx';
import { NumberText } from '../look/number.tsx';
import { panelTexts } from '../look/panel-texts.ts';
import type { Run } from '../state/run.ts';
import { Formula } from './formula.tsx';

/** Uses listed one by one. */
const MOST = 24;

/** A node's gradient as a sum over its uses, filled in as they report. */
export function Chain({
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
  const { reached, algorithm } = run.trace;
  // Tangents and quotients do not come from a node's uses.
  if (reached[node] === 0 || algorithm === 'forward' || algorithm === 'numeric') return null;
  const chain = chainRule(run.trace, node, position, MOST);
  const subject = toText(chain.subject, { maxLength: 40 });
  if (chain.terms.length === 0) {
    return (
      <section>
        <h3>
          <MathText text={texts.chain(subject)} />
        </h3>
        <p>{texts.seedSays}</p>
      </section>
    );
  }
  return (
    <section>
      <h3>
        <MathText text={texts.chain(subject)} />
      </h3>
      {chain.symbols === null ? null : (
        <p>
          <Formula chain={[chain.subject, chain.symbols]} />
        </p>
      )}
      <ol class="ledger">
        {chain.terms.map((term) => (
          <li key={`${term.consumer} ${term.slot}`}>
            <span>
              <Formula chain={[term.names, ...(term.numbers === null ? [] : [term.numbers])]} />
            </span>
            {term.contribution === null ? (
              <span class="quiet small">{texts.slotWaiting}</span>
            ) : (
              <NumberText value={term.contribution} signed />
            )}
          </li>
        ))}
        {chain.omitted > 0 ? (
          <li class="quiet">{app.messages.value.page.editor.more(chain.omitted)}</li>
        ) : null}
        <li class="total">
          <span>{chain.complete ? texts.sum : texts.soFar}</span>
          {chain.total === null ? <span>{texts.unknown}</span> : <NumberText value={chain.total} signed />}
        </li>
      </ol>
    </section>
  );
}
