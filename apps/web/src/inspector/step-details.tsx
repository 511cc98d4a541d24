import { numberOf } from '@backflow/print';
import { explain, stepTo } from '@backflow/trace';
import type { JSX } from 'preact';
import { useApp } from '../app-context.ts';
import { panelTexts } from '../look/panel-texts.ts';
import type { Run } from '../state/run.ts';
import { Formula } from './formula.tsx';

/** The rule behind the present step, with names, with numbers, and its result. */
export function StepDetails({ run, position }: { run: Run; position: number }): JSX.Element {
  const app = useApp();
  const texts = panelTexts(app).inspector;
  const digits = app.digits.value;
  const step = stepTo(run.trace, position, app.session.value.granularity);
  if (step === null) return <p class="quiet">{texts.nothing}</p>;
  const { rule, subject, withNames, withNumbers, result } = explain(run.trace, step.headline, { digits });
  return (
    <>
      {rule === null ? null : (
        <section>
          <h3>{texts.rule}</h3>
          <p>
            <Formula chain={[rule.subject, rule.formula]} />
          </p>
        </section>
      )}
      <section>
        {withNames === null ? null : (
          <>
            <h3>{texts.withNames}</h3>
            <p>
              <Formula chain={[subject, withNames]} />
            </p>
          </>
        )}
        {withNumbers === null ? null : (
          <>
            <h3>{texts.withNumbers}</h3>
            <p>
              <Formula chain={[subject, withNumbers]} />
            </p>
          </>
        )}
        <h3>{texts.result}</h3>
        <p>
          <Formula chain={[subject, numberOf(result)]} />
        </p>
      </section>
      <p class="quiet small">{texts.nothing}</p>
    </>
  );
}
