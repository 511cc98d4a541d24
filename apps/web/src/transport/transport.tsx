import { GRANULARITIES, type Granularity } from '@backflow/trace';
import type { JSX } from 'preact';
import { useApp } from '../app-context.ts';
import { narrow } from '../look/media.ts';
import { CommandButton } from '../look/command-button.tsx';
import { SPEEDS } from '../state/session.ts';
import { Caption } from './caption.tsx';
import './transport.css';

/** The timeline under what is shown: where we stand, the buttons that move, and what the last step did. */
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
        <Slider />
        <StepCount />
        {Stops === undefined ? null : <Stops />}
        {app.session.value.projector ? <CommandButton command="qr" icon="qr" /> : null}
        <div class="settings">
          {/* The steps of the run have sizes, and can be predicted. */}
          {app.timeline.value.about === 'run' ? (
            <>
              {narrow.value ? null : (
                <CommandButton command="predict" icon="help" pressed={predict !== 'off'} />
              )}
              <GranularityChoice />
            </>
          ) : null}
          <SpeedChoice />
        </div>
      </div>
    </footer>
  );
}

function Slider(): JSX.Element {
  const app = useApp();
  const texts = app.messages.value.page.transport;
  const { step, of, name, label, phase, stretches, goTo } = app.timeline.value;
  return (
    <div class="timeline">
      <div class="track" aria-hidden="true">
        {stretches().map(({ kind, from, to }) => (
          // The stretches are as long as their share of the slider, whose unit is a step.
          <div
            key={from}
            class={`stretch ${kind}`}
            style={{ width: `${(100 * (to - from)) / Math.max(1, of)}%` }}
          >
            <div
              class="done"
              style={{
                width: `${(100 * Math.max(0, Math.min(step, to) - from)) / Math.max(1, to - from)}%`,
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
        disabled={of === 0}
        aria-label={name}
        aria-valuetext={phase === null ? label : texts.phaseOf(label, texts.phases[phase])}
        onInput={(event) => {
          app.pause();
          goTo(event.currentTarget.valueAsNumber);
        }}
      />
    </div>
  );
}

function StepCount(): JSX.Element {
  return <p class="count">{useApp().timeline.value.label}</p>;
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
