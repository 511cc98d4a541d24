import type { NetworkMessages } from '@backflow/messages';
import { useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { FINE } from './ink.ts';
import { inkOfFile, listenToPictures } from './picture-file.ts';
import { paint } from './pixel-picture.tsx';
import type { Sketch } from './sketch.ts';

/** `PointerEvent.buttons` where a pen's other end is on the paper. */
const ERASER_BUTTON = 32;

interface DrawingProps {
  readonly sketch: Sketch;
  readonly texts: NetworkMessages['try']['draw'];
  /** The reader has done something to the drawing. */
  readonly onChange: () => void;
}

/** The sheet to draw on, with mouse, finger, pen or keys, and what goes with it. */
export function Drawing({ sketch, texts, onChange }: DrawingProps): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const sheet = useRef<HTMLDivElement>(null);
  const root = useRef<HTMLDivElement>(null);
  const chooser = useRef<HTMLInputElement>(null);
  const help = useId();
  const [notice, setNotice] = useState<'turned' | 'stretched' | 'unreadable' | null>(null);
  /** The pen of the keyboard is shown to those who use it. */
  const [keys, setKeys] = useState(false);
  const pen = sketch.pen.value;
  const erases = sketch.erases.value;
  void sketch.changes.value;

  useSignalEffect(() => {
    void sketch.changes.value;
    const { ink } = sketch;
    if (canvas.current !== null) paint(canvas.current, ink.values, ink.width, ink.height, 0);
  });

  const take = async (file: File): Promise<void> => {
    const found = await inkOfFile(file);
    setNotice(found === null ? 'unreadable' : found.turned ? 'turned' : 'stretched');
    if (found === null) return;
    sketch.open(found.ink);
    onChange();
  };
  useEffect(() => listenToPictures(root.current!, (file) => void take(file)), [sketch]);

  /** Where the pointer is, in pixels of the network's picture. */
  const placeOf = (event: PointerEvent): [number, number] => {
    const box = canvas.current!.getBoundingClientRect();
    return [
      ((event.clientX - box.left) / box.width) * sketch.width,
      ((event.clientY - box.top) / box.height) * sketch.height,
    ];
  };
  const drawTo = (event: PointerEvent): void => {
    const steps = event.getCoalescedEvents?.() ?? [];
    for (const step of steps.length > 0 ? steps : [event]) sketch.go(...placeOf(step));
    onChange();
  };
  const drawing = useRef<number | null>(null);
  const leave = (event: PointerEvent): void => {
    if (drawing.current !== event.pointerId) return;
    drawing.current = null;
    sketch.end();
  };
  const change = (act: () => void): void => {
    setNotice(null);
    act();
    onChange();
  };

  return (
    <div ref={root} class="try-drawing">
      {/* An application in the sense of ARIA: it has keys of its own. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div
        ref={sheet}
        class="try-sheet"
        style={{ aspectRatio: `${sketch.width} / ${sketch.height}` }}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        role="application"
        aria-label={texts.field(sketch.width, sketch.height)}
        aria-describedby={help}
        onFocus={({ currentTarget }) => setKeys(currentTarget.matches(':focus-visible'))}
        onBlur={() => setKeys(false)}
        onPointerDown={(event) => {
          if (event.button > 0 && event.button !== 5) return;
          event.preventDefault();
          sheet.current!.focus({ preventScroll: true });
          setKeys(false);
          sheet.current!.setPointerCapture(event.pointerId);
          drawing.current = event.pointerId;
          const erasing = (event.buttons & ERASER_BUTTON) !== 0 || sketch.erases.peek();
          change(() => sketch.begin(...placeOf(event), erasing));
        }}
        onPointerMove={(event) => {
          if (drawing.current === event.pointerId) drawTo(event);
        }}
        onPointerUp={leave}
        onPointerCancel={leave}
        onLostPointerCapture={leave}
        onKeyDown={(event) => {
          if (!pressed(event, sketch)) return;
          event.preventDefault();
          event.stopPropagation();
          setNotice(null);
          setKeys(true);
          if (event.key !== 'Escape') onChange();
        }}
      >
        <canvas ref={canvas} width={sketch.width * FINE} height={sketch.height * FINE} aria-hidden="true" />
        {sketch.isEmpty ? (
          <span class="try-invite" aria-hidden="true">
            {texts.invite}
          </span>
        ) : null}
        {keys ? (
          <span
            class={pen.down ? 'try-pen down' : 'try-pen'}
            aria-hidden="true"
            style={{
              left: `${(100 * pen.x) / sketch.width}%`,
              top: `${(100 * pen.y) / sketch.height}%`,
              width: `${100 / sketch.width}%`,
              height: `${100 / sketch.height}%`,
            }}
          />
        ) : null}
      </div>
      <p class="hidden-visually" role="status">
        {keys ? texts.pen(pen.x + 1, pen.y + 1, pen.down) : ''}
      </p>
      <div class="try-tools">
        <button
          type="button"
          class="button outlined"
          aria-pressed={erases}
          onClick={() => (sketch.erases.value = !erases)}
        >
          {texts.erase}
        </button>
        <button
          type="button"
          class="button outlined"
          disabled={sketch.isEmpty}
          onClick={() => change(() => sketch.undo())}
        >
          {texts.undo}
        </button>
        <button
          type="button"
          class="button outlined"
          disabled={sketch.isEmpty}
          onClick={() => change(() => sketch.clear())}
        >
          {texts.clear}
        </button>
        <button type="button" class="button outlined" onClick={() => chooser.current!.click()}>
          {texts.open}
        </button>
        <input
          ref={chooser}
          type="file"
          accept="image/*"
          hidden
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            event.currentTarget.value = '';
            if (file !== undefined) void take(file);
          }}
        />
      </div>
      {notice === null ? null : (
        <p class={notice === 'unreadable' ? 'small try-problem' : 'small'} role="status">
          {texts[notice]}
        </p>
      )}
      <p id={help} class="small quiet">
        {texts.keys} {texts.paste}
      </p>
    </div>
  );
}

const MOVES = new Map<string, readonly [number, number]>([
  ['ArrowLeft', [-1, 0]],
  ['ArrowRight', [1, 0]],
  ['ArrowUp', [0, -1]],
  ['ArrowDown', [0, 1]],
]);

/** A key on the sheet; false if it is none of its own. */
function pressed(event: KeyboardEvent, sketch: Sketch): boolean {
  const { key, ctrlKey, metaKey, altKey } = event;
  if ((ctrlKey || metaKey) && key.toLowerCase() === 'z' && !event.shiftKey && !sketch.isEmpty) {
    sketch.undo();
    return true;
  }
  if (ctrlKey || metaKey || altKey) return false;
  const move = MOVES.get(key);
  if (move !== undefined) sketch.move(...move);
  else if (key === ' ') sketch.press();
  else if (key === 'Backspace') sketch.undo();
  // Lifts the pen first; otherwise Escape is the page's.
  else if (key === 'Escape' && sketch.pen.peek().down) sketch.press();
  else return false;
  return true;
}
