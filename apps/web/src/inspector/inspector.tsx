import {
  derivativeText,
  nameOf,
  nodeExpression,
  nodeTitle,
  nodeName,
  numberOf,
  symbolsAt,
  toText,
  valueForms,
} from '@backflow/print';
import type { JSX } from 'preact';
import { useApp } from '../app-context.ts';
import { CommandButton } from '../look/command-button.tsx';
import { Icon } from '../look/icons.tsx';
import { narrow } from '../look/media.ts';
import { MathText } from '../look/math-text.tsx';
import { NumberField } from '../look/number-field.tsx';
import { NumberText } from '../look/number.tsx';
import { panelTexts } from '../look/panel-texts.ts';
import { isLeaf, momentAt } from '../state/moment.ts';
import { toggledAt, type Run } from '../state/run.ts';
import { Chain } from './chain.tsx';
import { CurvePicture } from './curve.tsx';
import { curveOf } from './facts.ts';
import { Formula } from './formula.tsx';
import { Nudge } from './nudge.tsx';
import { Notes } from './notes.tsx';
import { Paths } from './paths.tsx';
import { StepDetails } from './step-details.tsx';
import { GradientLine } from './gradient-line.tsx';
import './inspector.css';

/** Why the selected node is what it is; without one, what the present step does. */
export function Inspector(): JSX.Element {
  const app = useApp();
  const { panes } = app.messages.value.page;
  const texts = panelTexts(app).inspector;
  const inspected = app.memo.value?.inspected.value ?? null;
  const run = inspected?.run ?? app.run.value;
  const position = inspected?.position ?? app.position.value;
  const node = app.selected.value;
  return (
    <aside id="inspector" class="pane inspector" aria-label={panes.inspector}>
      <div class="inspector-head">
        <h2>{run === null || node < 0 ? texts.thisStep : <MathText text={titleOf(run, node)} />}</h2>
        <button
          type="button"
          class="button"
          aria-label={texts.close}
          // On a phone the sheet goes with the selection and comes back with the next one.
          onClick={() =>
            narrow.value ? app.select(null) : app.update({ inspector: false, inspectorOpens: false })
          }
        >
          <Icon name="close" />
        </button>
      </div>
      {/* A scrolling region must be reachable by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div class="inspector-body" role="region" aria-label={panes.inspector} tabIndex={0}>
        {inspected === null ? null : <p class="quiet">{inspected.title}</p>}
        {run === null ? (
          <p class="quiet">{texts.nothing}</p>
        ) : node < 0 ? (
          <StepDetails run={run} position={position} />
        ) : (
          <NodeDetails key={run.keys[node]} run={run} node={node} position={position} />
        )}
      </div>
    </aside>
  );
}

function titleOf(run: Run, node: number): string {
  const name = nodeName(run.shown, node);
  return name === null ? nodeTitle(run.shown, node, 30) : toText(nameOf(name));
}

function NodeDetails({ run, node, position }: { run: Run; node: number; position: number }): JSX.Element {
  const app = useApp();
  const texts = panelTexts(app).inspector;
  const notes = app.notes.value;
  const moment = momentAt(run, position, app.stale.value);
  const leaf = isLeaf(run, node);
  const known = moment.valueKnown[node] === 1;
  const curve = known ? curveOf(run, node) : null;
  const predicting = app.session.value.predict !== 'off' && position < run.trace.length;
  const toggled = run.lanes === null ? toggledAt(run, node, app.session.value.open) : null;
  const name = titleOf(run, node);
  const derivative = derivativeText(
    nodeExpression(run.shown, run.trace.of, 1),
    nodeExpression(run.shown, node, 1),
  );
  return (
    <>
      <dl class="facts">
        <dt>{texts.value}</dt>
        <dd>
          {leaf && known && !app.readOnly.value ? (
            <LeafValue name={name} node={node} value={moment.value[node]} />
          ) : known ? (
            <NumberText value={moment.value[node]} />
          ) : (
            <span title={run.shown.skipped[node] ? texts.skipped : undefined}>{texts.unknown}</span>
          )}
        </dd>
        <dt>
          <MathText text={derivative} />
        </dt>
        <dd>
          <GradientLine moment={moment} node={node} />
        </dd>
      </dl>
      {run.shown.skipped[node] ? <p class="quiet">{texts.skipped}</p> : null}
      {notes === null ? null : <notes.NodeLines run={run} node={node} />}
      <section>
        <h3>{texts.rule}</h3>
        {leaf ? <p class="quiet">{texts.leafRule}</p> : <Rule run={run} node={node} known={known} />}
        {toggled === null ? null : (
          <CommandButton command="toggleSum" class="outlined">
            {toggled.open.has(toggled.key) ? texts.showParts : texts.closeParts}
          </CommandButton>
        )}
      </section>
      {isSketch(run) ? null : (
        <>
          <Notes run={run} node={node} position={position} />
          {curve === null ? null : (
            <section>
              <h3>{texts.curve}</h3>
              <CurvePicture curve={curve} />
            </section>
          )}
          <Chain run={run} node={node} position={position} />
          {/* Both say more than the present step. */}
          {leaf && !predicting ? <Nudge run={run} node={node} moment={moment} name={name} /> : null}
          {node === run.trace.of || predicting ? null : (
            <section>
              <Paths run={run} node={node} />
            </section>
          )}
        </>
      )}
    </>
  );
}

/** True where the notes give no numbers that lead to the output: what would be computed is about a sample. */
function isSketch({ unknown, full }: Run): boolean {
  return unknown?.[full.output] === 1;
}

function LeafValue({ name, node, value }: { name: string; node: number; value: number }): JSX.Element {
  const app = useApp();
  const texts = panelTexts(app);
  const nudge = (direction: 1 | -1, size = 1): void => app.nudgeBy(node, direction, size);
  return (
    <span class="leaf-value">
      <button
        type="button"
        class="button outlined"
        aria-label={texts.inspector.decrease}
        onClick={() => nudge(-1)}
      >
        <Icon name="minus" />
      </button>
      <NumberField
        label={texts.table.edit(name)}
        value={value}
        onEnter={(entered) => app.enterValue(node, entered)}
        onNudge={nudge}
      />
      <button
        type="button"
        class="button outlined"
        aria-label={texts.inspector.increase}
        onClick={() => nudge(1)}
      >
        <Icon name="plus" />
      </button>
    </span>
  );
}

/** The rule in the symbols of a formulary, with the reader's names, with the numbers, and the result. */
function Rule({ run, node, known }: { run: Run; node: number; known: boolean }): JSX.Element {
  const forms = valueForms(run.shown, node);
  const name = nodeName(run.shown, node);
  return (
    <div class="rule">
      <p class="quiet">
        <Formula chain={[symbolsAt(run.shown, node).result, forms.symbols]} />
      </p>
      <p>
        <Formula
          chain={[
            ...(name === null ? [] : [nameOf(name)]),
            forms.names,
            ...(known ? [forms.numbers, numberOf(run.shown.value[node])] : []),
          ]}
        />
      </p>
    </div>
  );
}
