import { boundaries, GRANULARITIES, stepNumber, type Granularity } from '@backflow/trace';
import type { JSX } from 'preact';
import { useApp } from '../app-context.ts';
import { narrow } from '../look/media.ts';
import { CommandButton } from '../look/command-button.tsx';
import { SPEEDS } from '../state/session.ts';
import { Caption } from './caption.tsx';
import { phaseAt } from './phase.ts';
import './transport.css';

const NOWHERE = { step: 0, of: 0 };

/** The timeline under the graph: where we stand, the buttons that move, and what the last step did. */
export function Transport(): JSX.Element {
  const app = useApp();
  const texts = app.messages.value.page;
  const playing = app.playing.value;
  const Stops = app.lecture.value?.Control;
  const { predict } = app.session.value;
  const Predict = app.memo.value?.Predict;
  return (
    <footer class="transport">
      {Predict === undefined ? null : <Predict />}
      <Caption />
      <div class="controls" role="group" aria-label={texts.panes.transport}>
        <div class="buttons">
          <CommandButton command="toStart" icon="start" />
          <CommandButton command="stepBack" icon="back" />
          <CommandButton
            command="playPause"
            icon={playing ? 'pause' : 'play'}
            label={playing ? texts.transport.pause : texts.transport.play}
            class="strong play"
          />
          <CommandButton command="stepForward" icon="forward" />
          <CommandButton command="toEnd" icon="end" />
        </div>
        <Timeline />
        <StepCount />
        {Stops === undefined ? null : <Stops />}
        {app.session.value.projector ? <CommandButton command="qr" icon="qr" /> : null}
        <div class="settings">
          {narrow.value ? null : <CommandButton command="predict" icon="help" pressed={predict !== 'off'} />}
          <GranularityChoice />
          <SpeedChoice />
        </div>
      </div>
    </footer>
  );
}

function Timeline(): JSX.Element {
  const app = useApp();
  const texts = app.messages.value.page.transport;
  const run = app.run.value;
  const position = app.position.value;
  const { granularity } = app.session.value;
  const { step, of } = run === null ? NOWHERE : stepNumber(run.trace, position, granularity);
  const length = run?.trace.length ?? 0;
  const phase = run === null ? null : phaseAt(run.trace, position);
  const count = texts.count(step, of);
  // The stretches are as long as their share of the slider, whose unit is a step.
  const share = (at: number): number => (run === null ? 0 : stepNumber(run.trace, at, granularity).step);
  return (
    <div class="timeline">
      <div class="track" aria-hidden="true">
        {run?.trace.passes.map(({ kind, from, to }) => (
          <div
            key={from}
            class={`stretch ${kind}`}
            style={{ width: `${(100 * (share(to) - share(from))) / Math.max(1, of)}%` }}
          >
            <div
              class="done"
              style={{
                width: `${(100 * Math.max(0, Math.min(step, share(to)) - share(from))) / Math.max(1, share(to) - share(from))}%`,
              }}
            />
          </div>
        ))}
      </div>
      <input
        type="range"
        min={0}
        max={of}
        step={1}
        value={step}
        disabled={length === 0}
        aria-label={texts.step}
        aria-valuetext={phase === null ? count : texts.phaseOf(count, texts.phases[phase])}
        onInput={(event) => {
          if (run !== null) app.goTo(boundaries(run.trace, granularity)[event.currentTarget.valueAsNumber]);
        }}
      />
    </div>
  );
}

function StepCount(): JSX.Element {
  const app = useApp();
  const texts = app.messages.value.page.transport;
  const run = app.run.value;
  const { step, of } =
    run === null ? NOWHERE : stepNumber(run.trace, app.position.value, app.session.value.granularity);
  return <p class="count">{texts.count(step, of)}</p>;
}

function GranularityChoice(): JSX.Element {
  const app = useApp();
  const texts = app.messages.value.page.transport;
  if (narrow.value) {
    return (
      <select
        class="field"
        aria-label={texts.granularity}
        value={app.session.value.granularity}
        onChange={(event) => app.update({ granularity: event.currentTarget.value as Granularity })}
      >
        {GRANULARITIES.map((granularity) => (
          <option key={granularity} value={granularity}>
            {texts.granularities[granularity]}
          </option>
        ))}
      </select>
    );
  }
  return (
    <fieldset class="granularity">
      <legend class="hidden-visually">{texts.granularity}</legend>
      {GRANULARITIES.map((granularity) => (
        <label key={granularity} title={texts.granularity}>
          <input
            type="radio"
            name="granularity"
            checked={app.session.value.granularity === granularity}
            onChange={() => app.update({ granularity })}
          />
          <span>{texts.granularities[granularity]}</span>
        </label>
      ))}
    </fieldset>
  );
}

function SpeedChoice(): JSX.Element {
  const app = useApp();
  const texts = app.messages.value.page.transport;
  return (
    <select
      class="field speed"
      aria-label={texts.speed}
      title={texts.speed}
      value={String(app.session.value.speed)}
      onChange={(event) => app.update({ speed: Number(event.currentTarget.value) })}
    >
      {SPEEDS.map((speed) => (
        <option key={speed} value={String(speed)}>
          {speed < 1 ? `1/${1 / speed}` : String(speed)}×
        </option>
      ))}
    </select>
  );
}
