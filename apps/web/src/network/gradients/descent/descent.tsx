import type { Messages, NetworkMessages } from '@backflow/messages';
import { diagnosticMessage } from '@backflow/language';
import { behaviourOf, descend, parameterCount, type DescentStep } from '@backflow/nn';
import { formatNumber } from '@backflow/print';
import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useId, useMemo, useState } from 'preact/hooks';
import { MathText } from '../../../look/math-text.tsx';
import { NumberField } from '../../../look/number-field.tsx';
import { NumberText } from '../../../look/number.tsx';
import type { NetworkTabProps } from '../../contract.ts';
import { Costs } from './costs.tsx';
import { CurvePicture } from './curve-picture.tsx';
import { Here } from './here.tsx';
import { MOST_NAMES, readFormula, type Formula } from './landscape.ts';
import { PlanePicture } from './plane-picture.tsx';
import { OWN_REACH, PRESET_NAMES, PRESETS, type Preset, type PresetName } from './presets.ts';
import { ScrollBox } from '../scroll-box.tsx';

interface Place {
  readonly text: string;
  readonly start: readonly number[];
  readonly from: readonly number[];
  readonly to: readonly number[];
  /** log₁₀ of the learning rate. */
  readonly power: number;
  /** Steps taken so far. */
  readonly step: number;
}

const placeOf = ({ text, start, rate, from, to }: Preset): Place => ({
  text,
  start,
  from,
  to,
  power: Math.log10(rate),
  step: 0,
});

const place = signal<Place>(placeOf(PRESETS.bowl));
const set = (next: Partial<Place>): void => {
  place.value = { ...place.peek(), ...next };
};

/** The ball takes at most so many steps. */
const MOST_STEPS = 2000;
const PLAY_MS = 180;
const LEAST_POWER = -4;
const LARGEST_POWER = 1;

/** Gradient descent on a function that the reader may type, step by step. */
export function Descent(props: NetworkTabProps): JSX.Element {
  const { app, network, texts, dark } = props;
  const words = texts.gradients.descent;
  const now = place.value;
  const formula = useMemo(() => readFormula(now.text), [now.text]);
  const [last, setLast] = useState<Extract<Formula, { kind: 'landscape' }> | null>(null);
  useEffect(() => {
    if (formula.kind === 'landscape') setLast(formula);
  }, [formula]);
  const id = useId();
  const shown = formula.kind === 'landscape' ? formula : last;
  const preset = PRESET_NAMES.find((name) => PRESETS[name].text === now.text);
  const own = (text: string): void => {
    const next = readFormula(text);
    const dimensions = next.kind === 'landscape' ? next.names.length : 0;
    if (dimensions === 0 || dimensions === now.start.length) return set({ text, step: 0 });
    const ends = (end: number): number[] => Array.from({ length: dimensions }, () => end);
    set({ text, step: 0, start: ends(1), from: ends(-OWN_REACH), to: ends(OWN_REACH) });
  };
  return (
    <section class="descent" aria-label={words.label}>
      <p class="gradients-about">{words.about}</p>
      <div class="gradients-tools">
        <label>
          {words.preset}{' '}
          <select
            class="field"
            value={preset ?? ''}
            onChange={(event) => {
              const name = event.currentTarget.value as PresetName | '';
              if (name !== '') place.value = placeOf(PRESETS[name]);
            }}
          >
            {preset === undefined ? <option value="">{words.own}</option> : null}
            {PRESET_NAMES.map((name) => (
              <option key={name} value={name}>
                {words.presets[name]}
              </option>
            ))}
          </select>
        </label>
        <label class="descent-formula">
          {words.formula(shown?.names.join(', ') ?? 'x')}{' '}
          <input
            class="field"
            type="text"
            spellcheck={false}
            autocomplete="off"
            value={now.text}
            aria-invalid={formula.kind === 'landscape' ? undefined : 'true'}
            aria-errormessage={formula.kind === 'landscape' ? undefined : id}
            onInput={(event) => own(event.currentTarget.value)}
            onKeyDown={(event) => event.stopPropagation()}
          />
        </label>
      </div>
      {formula.kind === 'landscape' ? null : (
        <p id={id} class="gradients-problem" role="alert">
          {problemOf(formula, words, app.messages.value)}
        </p>
      )}
      {shown === null || shown.names.length !== now.start.length ? null : (
        <>
          <Ball shown={shown} now={now} words={words} dark={dark} />
          <Costs
            landscape={shown.landscape}
            from={now.from}
            to={now.to}
            start={now.start}
            rate={10 ** now.power}
            steps={MOST_STEPS}
            weights={parameterCount(network.network)}
            words={words.costs}
          />
          <Here {...props} />
        </>
      )}
    </section>
  );
}

function problemOf(
  formula: Exclude<Formula, { kind: 'landscape' }>,
  words: NetworkMessages['gradients']['descent'],
  messages: Messages,
): string {
  if (formula.kind === 'problem')
    return formula.problem.code === 'network'
      ? words.noNetworks
      : diagnosticMessage(formula.problem, messages);
  return formula.names.length === 0
    ? words.noNames
    : words.tooManyNames(formula.names.join(', '), MOST_NAMES);
}

interface BallProps {
  readonly shown: Extract<Formula, { kind: 'landscape' }>;
  readonly now: Place;
  readonly words: NetworkMessages['gradients']['descent'];
  readonly dark: boolean;
}

function Ball({ shown, now, words, dark }: BallProps): JSX.Element {
  const { landscape, names, cost } = shown;
  const { start, from, to } = now;
  const rate = 10 ** now.power;
  const whole = useMemo(
    () => descend(landscape, start, { rate, steps: MOST_STEPS }),
    [landscape, start, rate],
  );
  const step = Math.min(now.step, whole.length - 1);
  const path = whole.slice(0, step + 1);
  const [playing, setPlaying] = useState(false);
  useEffect(() => {
    if (!playing) return;
    const timer = setInterval(() => {
      const next = Math.min(place.peek().step, whole.length - 1) + 1;
      if (next >= whole.length) setPlaying(false);
      else set({ step: next });
    }, PLAY_MS);
    return () => clearInterval(timer);
  }, [playing, whole]);
  const startAt = (point: readonly number[]): void => {
    setPlaying(false);
    set({ start: point.map((each) => Number(each.toPrecision(4))), step: 0 });
  };
  const go = (next: number): void => {
    setPlaying(false);
    set({ step: Math.max(0, Math.min(whole.length - 1, next)) });
  };
  const zoom = (factor: number): void => {
    // Around the ball, if it is seen.
    const at = path[step].point;
    const seen = at.every((each, i) => each >= from[i] && each <= to[i]);
    const middle = from.map((each, i) => (seen ? at[i] : (each + to[i]) / 2));
    const reach = Math.max(...from.map((each, i) => to[i] - each)) * factor;
    if (reach < REACH.least || reach > REACH.most) return;
    set({
      from: from.map((each, i) => middle[i] + (each - middle[i]) * factor),
      to: to.map((each, i) => middle[i] + (each - middle[i]) * factor),
    });
  };
  const ball = path[step];
  const point = ball.point;
  const behaviour = behaviourOf(whole);
  const place1 = names.map((name, i) => `${name} = ${formatNumber(point[i])}`).join(', ');
  const Picture = names.length === 1 ? CurvePicture : PlanePicture;
  return (
    <div class="descent-both">
      <div class="descent-left">
        <Picture
          landscape={landscape}
          names={names}
          cost={cost}
          from={from}
          to={to}
          path={path}
          rate={rate}
          dark={dark}
          label={words.picture(place1, `${cost} = ${formatNumber(ball.cost)}`)}
          hint={words.hint}
          onStart={startAt}
        />
      </div>
      <div class="descent-right">
        <label class="descent-rate">
          {words.rate} <strong>{formatNumber(rate, { digits: 3 })}</strong>
          <input
            type="range"
            min={LEAST_POWER}
            max={LARGEST_POWER}
            step={0.02}
            value={now.power}
            aria-valuetext={formatNumber(rate, { digits: 3 })}
            onInput={(event) => set({ power: Number(event.currentTarget.value), step: 0 })}
          />
        </label>
        <div class="gradients-tools">
          <span>{words.start}</span>
          {names.map((name, i) => {
            const put = (value: number): void => startAt(start.map((each, k) => (k === i ? value : each)));
            return (
              <label key={name}>
                {name}{' '}
                <NumberField
                  label={words.startOf(name)}
                  value={start[i]}
                  onEnter={put}
                  onNudge={(direction, size) => put(start[i] + (direction * size * (to[i] - from[i])) / 100)}
                />
              </label>
            );
          })}
        </div>
        <div class="gradients-tools descent-buttons">
          <button type="button" class="button outlined" disabled={step === 0} onClick={() => go(0)}>
            {words.toStart}
          </button>
          <button type="button" class="button outlined" disabled={step === 0} onClick={() => go(step - 1)}>
            {words.back}
          </button>
          <button
            type="button"
            class="button outlined"
            disabled={step >= whole.length - 1}
            onClick={() => go(step + 1)}
          >
            {words.step}
          </button>
          <button
            type="button"
            class="button strong"
            disabled={!playing && step >= whole.length - 1}
            onClick={() => setPlaying(!playing)}
          >
            {playing ? words.pause : words.play}
          </button>
          <button
            type="button"
            class="button outlined"
            aria-label={words.nearer}
            onClick={() => zoom(1 / 1.5)}
          >
            +
          </button>
          <button type="button" class="button outlined" aria-label={words.farther} onClick={() => zoom(1.5)}>
            −
          </button>
        </div>
        <p class="descent-verdict" role="status">
          {words.behaviours[behaviour](whole.length - 1)}
        </p>
        <label class="descent-rate">
          {words.stepOf(step, whole.length - 1)}
          <input
            type="range"
            min={0}
            max={Math.max(1, whole.length - 1)}
            step={1}
            value={step}
            onInput={(event) => go(Number(event.currentTarget.value))}
          />
        </label>
      </div>
      <div class="descent-below">
        <Steps path={whole} step={step} names={names} cost={cost} rate={rate} words={words} />
      </div>
    </div>
  );
}

interface StepsProps {
  readonly path: readonly DescentStep[];
  readonly step: number;
  readonly names: readonly string[];
  readonly cost: string;
  readonly rate: number;
  readonly words: NetworkMessages['gradients']['descent'];
}

/** Widths of what is seen: closer, the places of the axes look the same. */
const REACH = { least: 1e-3, most: 1e6 } as const;

/** Rows of the table of steps, the present one among them. */
const ROWS = 6;

/** The steps around the present one: where, how high, how steep, and how far it goes from there. */
function Steps({ path, step, names, cost, rate, words }: StepsProps): JSX.Element {
  const from = Math.max(0, Math.min(step - 2, path.length - ROWS));
  return (
    <>
      <ScrollBox label={words.steps}>
        <table class="descent-steps">
          <thead>
            <tr>
              <th scope="col">{words.stepColumn}</th>
              {names.map((name) => (
                <th key={name} scope="col" class="numeric">
                  <MathText text={name} />
                </th>
              ))}
              <th scope="col" class="numeric">
                {cost}
              </th>
              {names.map((name) => (
                <th key={name} scope="col" class="numeric">
                  <MathText text={`∂${cost}/∂${name}`} />
                </th>
              ))}
              <th scope="col" class="numeric">
                {words.moveColumn}
              </th>
            </tr>
          </thead>
          <tbody>
            {path.slice(from, from + ROWS).map((each, i) => (
              <tr key={from + i} aria-current={from + i === step ? 'step' : undefined}>
                <th scope="row">{from + i}</th>
                {Array.from(each.point, (number, k) => (
                  <td key={k} class="numeric">
                    <NumberText value={number} />
                  </td>
                ))}
                <td class="numeric">
                  <NumberText value={each.cost} />
                </td>
                {Array.from(each.slope, (number, k) => (
                  <td key={k} class="numeric">
                    <NumberText value={number} signed />
                  </td>
                ))}
                <td class="numeric">
                  <NumberText value={each.move} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      <p class="small quiet">{words.proportion(formatNumber(rate, { digits: 3 }))}</p>
    </>
  );
}
