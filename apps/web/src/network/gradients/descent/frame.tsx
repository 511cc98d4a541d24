import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

export interface Room {
  readonly width: number;
  readonly height: number;
  /** Height of the letters. */
  readonly text: number;
}

interface FrameProps {
  readonly label: string;
  readonly hint: string;
  /** Height by width. */
  readonly shape: number;
  readonly children: (room: Room) => JSX.Element;
  /** A place, as shares of the width from the left and of the height from the top. */
  readonly onPick: (across: number, down: number, room: Room) => void;
  /** An arrow key: to the right and upward are 1. */
  readonly onNudge: (across: number, up: number) => void;
}

/** Heights of the picture, and its share of the panel's. */
const LEAST = 220;
const MOST = 460;
const SHARE = 0.74;

/** A picture that takes the room there is, in which one can point with the mouse and with the arrow keys. */
export function Frame({ label, hint, shape, children, onPick, onNudge }: FrameProps): JSX.Element {
  const frame = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState<Room>({ width: 480, height: 480 * shape, text: 13 });
  useEffect(() => {
    const element = frame.current!;
    const look = (): void => {
      const width = Math.max(200, element.clientWidth);
      const text = parseFloat(getComputedStyle(element).fontSize);
      const panel = element.closest('.gradients-panel')?.clientHeight ?? 600;
      const height = Math.max(LEAST, Math.min(shape * width, SHARE * panel, MOST));
      setRoom({ width, height: Math.round(height), text });
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => observer.disconnect();
  }, [shape]);
  return (
    // A place is chosen with the arrow keys, too, and in fields beside the picture.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      ref={frame}
      class="descent-frame"
      role="group"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      aria-label={`${label} ${hint}`}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        const box = frame.current!.getBoundingClientRect();
        onPick((event.clientX - box.left) / room.width, (event.clientY - box.top) / room.height, room);
      }}
      onKeyDown={(event) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        const size = event.shiftKey ? 10 : 1;
        if (event.key === 'ArrowRight') onNudge(size, 0);
        else if (event.key === 'ArrowLeft') onNudge(-size, 0);
        else if (event.key === 'ArrowUp') onNudge(0, size);
        else if (event.key === 'ArrowDown') onNudge(0, -size);
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      {children(room)}
    </div>
  );
}
