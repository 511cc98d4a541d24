import { GRADIENT_STATES, type Moment } from '@backflow/graph';
import { formatNumber, nameOf, nodeName, nodeTitle, toText } from '@backflow/print';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { useApp } from '../app-context.ts';
import { MathText } from '../look/math-text.tsx';
import { NumberText } from '../look/number.tsx';
import { panelTexts } from '../look/panel-texts.ts';
import type { Run } from '../state/run.ts';
import { weightOf, whatIf } from './facts.ts';

const STEP = 0.01;

interface NudgeProps {
  readonly run: Run;
  readonly node: number;
  readonly moment: Moment;
  readonly name: string;
}

/** What a small change of a leaf really does to the output, against what its gradient says, in numbers and in words. */
export function Nudge({ run, node, moment, name }: NudgeProps): JSX.Element {
  const app = useApp();
  const texts = panelTexts(app).inspector;
  const digits = app.digits.value;
  const final = ['final', 'zero'].includes(GRADIENT_STATES[moment.gradientState[node]]);
  const { really, promised } = useMemo(() => whatIf(run, node, STEP), [run, node]);
  const output = titleOf(run, run.trace.of);
  return (
    <section>
      <h3>
        <MathText text={`${texts.whatIf} ${texts.whatIfRow(name, formatNumber(STEP, { digits }))}`} />
      </h3>
      <dl class="facts">
        <dt>
          <MathText text={texts.really(output)} />
        </dt>
        <dd>
          <NumberText value={really} signed />
        </dd>
        <dt>{texts.promised}</dt>
        <dd>{final ? <NumberText value={promised} signed /> : texts.unknown}</dd>
      </dl>
      {final ? <InWords run={run} node={node} name={name} output={output} /> : null}
    </section>
  );
}

interface WordsProps {
  readonly run: Run;
  readonly node: number;
  readonly name: string;
  readonly output: string;
}

function InWords({ run, node, name, output }: WordsProps): JSX.Element | null {
  const app = useApp();
  const { words } = panelTexts(app).inspector;
  const weight = useMemo(() => weightOf(run, node), [run, node]);
  if (weight === null) return null;
  const { direction, amount, than } = weight;
  if (direction === 'none') {
    return (
      <p>
        <MathText text={`${words.none(name, output)}.`} />
      </p>
    );
  }
  const sentence = words[direction](name, output, words[amount]);
  let compared = '';
  if (than !== null) {
    const say = than.is === 'smaller' ? words.bang : words.less;
    compared = `: ${say(formatNumber(than.times, { digits: 2 }), titleOf(run, than.leaf))}`;
  }
  return (
    <p>
      <MathText text={`${sentence}${compared}.`} />
    </p>
  );
}

function titleOf(run: Run, node: number): string {
  const name = nodeName(run.shown, node);
  return name === null ? nodeTitle(run.shown, node, 20) : toText(nameOf(name));
}
