import type { MemoMessages } from '@backflow/messages';
import { useSignal, type ReadonlySignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from '../../look/icons.tsx';
import { MathText } from '../../look/math-text.tsx';
import type { App } from '../../state/app.ts';
import { focusOf } from '../../state/keyboard.ts';
import type { Asking, Forecast } from './forecast.ts';
import { NO_SCORE } from './score.ts';
import { parseTyped } from './typed.ts';
import { nameIn, questionText, verdictText } from './words.ts';
import './predict.css';

interface StripProps {
  readonly app: App;
  readonly forecast: Forecast;
  readonly texts: ReadonlySignal<MemoMessages>;
}

/** The question before a step, or what became of the last one, with the score. It stands over the caption, or in its place. */
export function Strip({ app, forecast, texts }: StripProps): JSX.Element | null {
  const messages = texts.value;
  const words = messages.predict;
  const digits = app.digits.value;
  const { predict, projector } = app.session.value;
  const asking = forecast.asking.value;
  const told = forecast.told.value;
  const score = forecast.score.value;
  const back = useRef<HTMLElement | null>(null);
  useLayoutEffect(() => {
    // The focus goes back to where it was before the question.
    if (asking !== null || back.current === null) return;
    if (back.current.isConnected) back.current.focus();
    back.current = null;
  }, [asking]);
  if (predict === 'off' || app.timeline.value.about !== 'run') return null;
  const right = told?.judgement?.right;
  const tone = asking !== null ? 'asked' : right === undefined ? '' : right ? 'right' : 'wrong';
  let text = words.begin[predict];
  if (asking !== null) text = questionText(asking, messages, digits);
  else if (told !== null) text = verdictText(told, messages, digits);
  return (
    <section class={`predict ${tone}`} aria-label={words.label}>
      <div class="predict-line">
        <p role="status" aria-live="polite" aria-label={words.label}>
          {tone === 'right' || tone === 'wrong' ? <Icon name={tone === 'right' ? 'check' : 'close'} /> : null}
          <MathText text={text} />
        </p>
        {projector ? null : (
          <div class="predict-score">
            {score.asked === 0 ? null : (
              <>
                <span>{words.score(score.right, score.asked, score.row)}</span>
                <button
                  type="button"
                  class="button"
                  aria-label={words.reset}
                  title={words.reset}
                  onClick={() => (forecast.score.value = NO_SCORE)}
                >
                  <Icon name="undo" />
                </button>
              </>
            )}
            <button
              type="button"
              class="button"
              aria-label={words.leave}
              title={words.leave}
              onClick={() => app.update({ predict: 'off' })}
            >
              <Icon name="close" />
            </button>
          </div>
        )}
      </div>
      {asking === null ? null : (
        <Answers
          key={`${asking.question.kind} ${asking.granularity} ${asking.position}`}
          app={app}
          forecast={forecast}
          asking={asking}
          messages={messages}
          takeFocus={(target) => {
            if (projector) return;
            const { activeElement } = document;
            if (activeElement instanceof HTMLElement && back.current === null) back.current = activeElement;
            target?.focus();
          }}
        />
      )}
    </section>
  );
}

interface AnswersProps {
  readonly app: App;
  readonly forecast: Forecast;
  readonly asking: Asking;
  readonly messages: MemoMessages;
  readonly takeFocus: (target: HTMLElement | null) => void;
}

function Answers(props: AnswersProps): JSX.Element {
  return props.asking.question.kind === 'node' ? <Candidates {...props} /> : <NumberAnswer {...props} />;
}

/** Nodes to choose from: by a click, by their digit, or by arrows and Enter. */
function Candidates({ app, forecast, asking, messages, takeFocus }: AnswersProps): JSX.Element {
  const words = messages.predict;
  const group = useRef<HTMLDivElement>(null);
  const { question } = asking;
  const nodes = question.kind === 'node' ? question.candidates : [];
  const { singleKeys } = app.settings.value;
  useLayoutEffect(() => takeFocus(group.current), [forecast.pressed.value]);
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      const focus = focusOf(event);
      if (focus === 'field' || focus === 'editor') return;
      const node = nodes[Number(event.key) - 1];
      if (!singleKeys || node === undefined) return;
      event.preventDefault();
      forecast.answer({ node });
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [asking, singleKeys]);
  const walk = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowRight' || event.key === 'ArrowDown' ? 1 : 0;
    const back = event.key === 'ArrowLeft' || event.key === 'ArrowUp' ? -1 : 0;
    const plain = !event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (by + back === 0 || !plain) return;
    const buttons = [...group.current!.querySelectorAll('button')];
    const at = buttons.findIndex((button) => button === document.activeElement);
    const to = at < 0 && back < 0 ? buttons.length - 1 : (at + by + back + buttons.length) % buttons.length;
    buttons[to].focus();
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="predict-answers">
      {/* The keys of the buttons inside arrive here. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div
        ref={group}
        class="predict-candidates"
        role="group"
        aria-label={words.candidates}
        title={words.clickToo}
        tabIndex={-1}
        onKeyDown={walk}
      >
        {nodes.map((node, index) => (
          <button
            key={node}
            type="button"
            class="button outlined"
            aria-keyshortcuts={singleKeys ? String(index + 1) : undefined}
            onClick={() => forecast.answer({ node })}
          >
            {singleKeys ? <kbd aria-hidden="true">{index + 1}</kbd> : null}
            <MathText text={nameIn(question.trace, node)} />
          </button>
        ))}
      </div>
      <ShowMe forecast={forecast} words={words} />
    </div>
  );
}

/** A number to type. */
function NumberAnswer({ app, forecast, asking, messages, takeFocus }: AnswersProps): JSX.Element {
  const words = messages.predict;
  const field = useRef<HTMLInputElement>(null);
  const draft = useSignal('');
  const invalid = useSignal(false);
  useLayoutEffect(() => takeFocus(field.current), [forecast.pressed.value]);
  // On a projector the class answers aloud.
  if (app.session.value.projector) return <></>;
  const complaint = invalid.value ? words.notANumber : forecast.coarse.value ? words.reasons.coarse : null;
  return (
    <form
      class="predict-answers"
      onSubmit={(event) => {
        event.preventDefault();
        const typed = parseTyped(
          draft.value,
          asking.question.kind === 'number' ? asking.question.expected : NaN,
        );
        invalid.value = typed === null;
        if (typed !== null) forecast.answer(typed);
      }}
    >
      <input
        ref={field}
        class="field"
        type="text"
        autocomplete="off"
        spellcheck={false}
        aria-label={words.answer}
        placeholder={words.answer}
        aria-invalid={complaint === null ? undefined : 'true'}
        aria-describedby={complaint === null ? undefined : 'predict-complaint'}
        value={draft.value}
        onInput={(event) => {
          draft.value = event.currentTarget.value;
          invalid.value = false;
        }}
      />
      <button type="submit" class="button outlined">
        {words.check}
      </button>
      <ShowMe forecast={forecast} words={words} />
      {complaint === null ? null : (
        <span id="predict-complaint" class="small" role="alert">
          {complaint}
        </span>
      )}
    </form>
  );
}

function ShowMe({
  forecast,
  words,
}: {
  readonly forecast: Forecast;
  readonly words: MemoMessages['predict'];
}): JSX.Element {
  return (
    <button type="button" class="button" onClick={() => forecast.show()}>
      {words.show}
    </button>
  );
}
