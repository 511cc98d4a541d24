import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useApp } from '../../app-context.ts';
import { Icon } from '../../look/icons.tsx';
import type { Presses } from './play.ts';
import './presses.css';

interface Words {
  readonly first: string;
  readonly back: string;
  readonly forward: string;
  readonly all: string;
  readonly pause: string;
  readonly slider: string;
  readonly place: (at: string, count: string) => string;
}

interface PressesProps {
  readonly presses: Presses;
  readonly words: Words;
  readonly format: (count: number) => string;
  /** One letter each for a press forward and a press back; with Shift to the end and to the start. */
  readonly keys: readonly [string, string];
}

/** Buttons, letters and a slider that go through presses, forwards and backwards. */
export function PressControls({ presses, words, format, keys }: PressesProps): JSX.Element {
  const { at, count, playing, go, toggle } = presses;
  const app = useApp();
  const letters = app.settings.value.singleKeys;
  const [forward, back] = keys;
  const latest = useRef(presses);
  latest.current = presses;
  useEffect(() => {
    if (!letters) return;
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (app.dialog.peek() !== null || isTyping(event)) return;
      const { at, count, go, toggle } = latest.current;
      const key = event.key.toUpperCase();
      if (key === forward) {
        if (event.shiftKey) toggle();
        else go(at + 1);
      } else if (key === back) go(event.shiftKey ? 0 : Math.min(at, count) - 1);
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    // Before the page's own keys.
    document.addEventListener('keydown', onKey, true);
    return () => document.removeEventListener('keydown', onKey, true);
  }, [letters, forward, back]);
  const hint = (label: string, key: string): string => (letters ? `${label} (${key})` : label);
  const place = words.place(format(at), format(count));
  return (
    <div class="presses" role="group" aria-label={words.slider}>
      <button
        type="button"
        class="button outlined"
        title={hint(words.first, `⇧${back}`)}
        aria-label={words.first}
        aria-disabled={at === 0}
        onClick={() => go(0)}
      >
        <Icon name="start" />
      </button>
      <button
        type="button"
        class="button outlined"
        title={hint(words.back, back)}
        aria-label={words.back}
        aria-disabled={at === 0}
        onClick={() => go(at - 1)}
      >
        <Icon name="back" />
      </button>
      <button
        type="button"
        class="button strong forward"
        title={hint(words.forward, forward)}
        aria-disabled={at >= count}
        onClick={() => go(at + 1)}
      >
        {words.forward}
        <Icon name="forward" />
      </button>
      <button
        type="button"
        class="button outlined all"
        title={hint(playing ? words.pause : words.all, `⇧${forward}`)}
        aria-disabled={count === 0}
        onClick={toggle}
      >
        <Icon name={playing ? 'pause' : 'play'} />
        {playing ? words.pause : words.all}
      </button>
      <input
        type="range"
        min={0}
        max={count}
        step={1}
        value={at}
        disabled={count === 0}
        aria-label={words.slider}
        aria-valuetext={place}
        onInput={(event) => go(event.currentTarget.valueAsNumber)}
      />
      <span class="place quiet">{place}</span>
    </div>
  );
}

function isTyping(event: KeyboardEvent): boolean {
  return event.composedPath().some((part) => {
    if (!(part instanceof HTMLElement)) return false;
    if (part instanceof HTMLInputElement) return part.type !== 'range' && part.type !== 'checkbox';
    return part.isContentEditable || part instanceof HTMLSelectElement || part instanceof HTMLTextAreaElement;
  });
}

interface CounterProps {
  readonly now: bigint;
  readonly most: bigint;
  readonly least: bigint;
  readonly format: (count: bigint) => string;
  readonly unit: string;
  /** What the two ends of the bar are. */
  readonly ends: string;
  readonly scale: string;
}

/** A count in large digits, and under it a bar on a logarithmic scale from 1 to the most it has been. */
export function Counter({ now, most, least, format, unit, ends, scale }: CounterProps): JSX.Element {
  const whole = log10(most);
  const share = (count: bigint): string => `${whole === 0 ? 100 : (100 * log10(count)) / whole}%`;
  return (
    <div class="counter">
      <p class="count-now">
        <strong>{format(now)}</strong> <span>{unit}</span>
      </p>
      <div class="count-bar" aria-hidden="true" title={scale}>
        <div class="count-fill" style={{ width: share(now) }} />
        <div class="count-least" style={{ left: share(least) }} />
      </div>
      <p class="quiet small">{ends}</p>
    </div>
  );
}

/** Of a count of any size; 0 for 0 and 1. */
function log10(count: bigint): number {
  if (count <= 1n) return 0;
  const digits = count.toString();
  return digits.length - Math.min(15, digits.length) + Math.log10(Number(digits.slice(0, 15)));
}
