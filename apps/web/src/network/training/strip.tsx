import { formatNumber } from '@backflow/print';
import type { NetworkDocument } from '@backflow/language/network';
import type { NetworkMessages } from '@backflow/messages';
import type { JSX } from 'preact';
import { stepOf, stepped } from '../../graph-view/numbers.ts';
import { Icon, type IconName } from '../../look/icons.tsx';
import { narrow } from '../../look/media.ts';
import { NumberField } from '../../look/number-field.tsx';
import { NumberText } from '../../look/number.tsx';
import type { App } from '../../state/app.ts';
import { countText, percent } from './figures.ts';
import { TRAINING_KEYS } from './keys.ts';
import type { TrainingRoom } from './training.ts';
import { trendOf } from './trend.ts';

interface Props {
  readonly training: TrainingRoom;
  readonly texts: NetworkMessages;
}

/** Start, pause, step, epoch, reset; where training stands; the numbers that may change while it goes. */
export function Strip({ app, training, texts }: Props & { readonly app: App }): JSX.Element {
  const words = texts.training.strip;
  const state = training.state.value;
  const isRunning = state === 'running';
  const isBroken = state === 'failed' && training.stop.value === null;
  const canTrain = !isBroken && ['ready', 'running', 'paused', 'finished', 'failed'].includes(state);
  const begun = training.done.value > 0 || training.progress.value.step > 0;
  const { singleKeys } = app.settings.value;
  const button = (
    name: string,
    icon: IconName,
    hint: string,
    perform: () => void,
    { key = '', enabled = canTrain, strong = false } = {},
  ): JSX.Element => (
    <button
      type="button"
      class={`button ${strong ? 'strong' : 'outlined'}`}
      title={key !== '' && singleKeys ? `${hint} (${key})` : hint}
      aria-keyshortcuts={key !== '' && singleKeys ? key : undefined}
      aria-disabled={enabled ? undefined : 'true'}
      onClick={() => {
        if (enabled) perform();
      }}
    >
      <Icon name={icon} />
      {name}
    </button>
  );
  const main = isRunning ? words.pause : begun ? words.goOn : words.start;
  return (
    <div class="training-strip" role="group" aria-label={words.label}>
      <span class="training-buttons">
        {button(
          main,
          isRunning ? 'pause' : 'play',
          main,
          () => (isRunning ? training.pause() : training.start()),
          {
            key: TRAINING_KEYS.train,
            strong: true,
          },
        )}
        {button(words.step, 'forward', words.stepHint, () => training.step(), { key: TRAINING_KEYS.step })}
        {button(words.epoch, 'end', words.epochHint, () => training.epoch(), { key: TRAINING_KEYS.epoch })}
        {button(words.reset, 'start', words.resetHint, () => training.reset(), {
          enabled: state !== 'preparing' && state !== 'waiting',
        })}
      </span>
      {state === 'none' ? (
        <p class="small quiet">{words.none(missingLines(training.document.value))}</p>
      ) : narrow.value ? (
        <details class="training-more">
          <summary title={words.more}>
            <Standing training={training} texts={texts} />
            <span class="training-figure">
              <span class="small quiet">{words.rate}</span>
              <strong>
                <NumberText value={training.progress.value.rate} /> <Icon name="down" />
              </strong>
            </span>
          </summary>
          <Knobs training={training} texts={texts} />
        </details>
      ) : (
        <>
          <Standing training={training} texts={texts} />
          <Knobs training={training} texts={texts} />
        </>
      )}
      <Announcer training={training} texts={texts} />
    </div>
  );
}

/** Epoch, loss, share of right answers. */
function Standing({ training, texts }: Props): JSX.Element {
  const words = texts.training.strip;
  const { step, perEpoch, examplesPerSecond, loss } = training.progress.value;
  const done = training.done.value;
  const of = training.document.value?.train?.epochs ?? 0;
  const report = training.epochs.value.at(-1);
  const isRunning = training.state.value === 'running';
  const share = of === 0 ? 0 : Math.min(1, (done + (perEpoch > 0 ? step / perEpoch : 0)) / of);
  return (
    <span class="training-standing">
      <span class="training-epoch">
        <span>{words.epochs(countText(done), countText(of))}</span>
        <progress
          class="training-bar"
          value={share}
          max={1}
          aria-label={words.epochs(countText(done), countText(of))}
        />
        {step > 0 && perEpoch > 1 ? (
          <span class="small quiet">{words.steps(countText(step), countText(perEpoch))}</span>
        ) : examplesPerSecond > 0 && isRunning ? (
          <span class="small quiet">{words.speed(countText(Math.round(examplesPerSecond)))}</span>
        ) : (
          <span class="small quiet">{texts.training.strip.states[training.state.value]}</span>
        )}
      </span>
      {report === undefined ? null : (
        <span class="training-figure">
          <span class="small quiet">{words.loss}</span>
          <strong>
            <NumberText value={step > 0 && perEpoch > 1 && Number.isFinite(loss) ? loss : report.loss} />
          </strong>
        </span>
      )}
      {report === undefined || report.accuracy === null ? null : (
        <span class="training-figure">
          <span class="small quiet">{words.accuracy}</span>
          <strong>{percent(report.accuracy)}</strong>
          {report.validationAccuracy === null ? null : (
            <span class="small quiet">{words.validation(percent(report.validationAccuracy))}</span>
          )}
        </span>
      )}
    </span>
  );
}

/** Learning rate and penalties. */
function Knobs({ training, texts }: Props): JSX.Element {
  const words = texts.training.strip;
  const { rate } = training.progress.value;
  const base = training.rate.value;
  const has1 = training.l1.value !== 0 || (training.document.value?.loss?.l1 ?? 0) !== 0;
  const has2 = training.l2.value !== 0 || !has1;
  const field = (
    name: string,
    hint: string,
    value: number,
    enter: (value: number) => void,
    note: string | null = null,
  ): JSX.Element => (
    <label class="training-knob" title={hint}>
      <span class="small quiet">
        {name}
        {note === null ? null : <span>{note}</span>}
      </span>
      <NumberField
        label={name}
        value={value}
        onEnter={(next) => {
          if (next >= 0) enter(next);
        }}
        onNudge={(direction, size) =>
          enter(Math.max(0, stepped(value, direction, (value === 0 ? 1e-4 : stepOf(value)) * size)))
        }
      />
    </label>
  );
  const changes = Number.isFinite(rate) && rate !== base;
  return (
    <span class="training-knobs">
      {Number.isNaN(base)
        ? null
        : field(
            words.rate,
            words.rateHint,
            base,
            (value) => training.setRate(value),
            changes ? words.present(formatNumber(rate, { digits: 3 })) : null,
          )}
      {has2
        ? field(words.l2, words.penaltyHint, training.l2.value, (value) => training.setPenalty('l2', value))
        : null}
      {has1
        ? field(words.l1, words.penaltyHint, training.l1.value, (value) => training.setPenalty('l1', value))
        : null}
      <label class="training-check" title={words.fastHint}>
        <input
          type="checkbox"
          checked={training.fast.value}
          onChange={(event) => (training.fast.value = event.currentTarget.checked)}
        />
        {words.fast}
      </label>
    </span>
  );
}

/** What a screen reader is told: that it began, paused, ended, and where it stood then. */
function Announcer({ training, texts }: Props): JSX.Element {
  const words = texts.training.strip;
  const state = training.state.value;
  const report = training.epochs.peek().at(-1);
  return (
    <span class="hidden-visually" role="status">
      {state === 'none' || state === 'ready' || report === undefined
        ? ''
        : words.announced(
            words.states[state],
            countText(training.done.peek()),
            formatNumber(report.loss, { digits: 4 }),
          )}
    </span>
  );
}

/** Why training ended or cannot go on. */
export function Stopped({ training, texts }: Props): JSX.Element | null {
  const words = texts.training;
  const problem = training.problem.value;
  const stop = training.stop.value;
  if (problem !== null)
    return (
      <p class="training-message warning" role="alert">
        {problem(texts)}
      </p>
    );
  const short = (value: number, digits = 4): string => formatNumber(value, { digits });
  const rate = training.rate.value;
  if (stop?.reason === 'exploded') {
    return (
      <div class="training-message warning" role="alert">
        <p>{words.stopped.exploded(short(stop.loss, 3), short(rate, 3), countText(stop.step))}</p>
        <button type="button" class="button outlined" onClick={() => training.recover()}>
          {words.stopped.recover(short(rate / 10, 3))}
        </button>
      </div>
    );
  }
  const trend = trendOf(training.epochs.value);
  // What has risen may fall yet.
  const said = stop !== null || trend?.kind === 'still' ? trend : null;
  if (stop === null && said === null) return null;
  const done = countText(training.done.value);
  return (
    <p class={`training-message ${said === null ? '' : 'warning'}`}>
      {stop === null || said?.kind === 'still'
        ? ''
        : stop.reason === 'converged'
          ? words.stopped.converged(done)
          : training.progress.value.rate === 0
            ? words.stopped.still(done)
            : words.stopped.epochs(done)}{' '}
      {said === null
        ? ''
        : said.kind === 'risen'
          ? words.stopped.risen(short(said.before), short(said.after), short(rate, 3))
          : words.stopped.stuck(countText(said.epochs), short(said.loss), short(rate, 3))}
    </p>
  );
}

/** What a document would have to say to be trained. */
function missingLines(document: NetworkDocument | null): readonly string[] {
  return (['data', 'loss', 'train'] as const).filter((line) => (document?.[line] ?? null) === null);
}
