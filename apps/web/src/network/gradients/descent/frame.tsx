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

/** A picture that takes the room there is, in which one can point with the mouse and with the arrow keys. */
export function Frame({ label, hint, shape, children, onPick, onNudge }: FrameProps): JSX.Element {
  const frame = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState<Room>({ width: 480, height: 480 * shape, text: 13 });
  useEffect(() => {
    const element = frame.current!;
    const look = (): void => {
      const width = Math.max(200, element.clientWidth);
      const text = parseFloat(getComputedStyle(element).fontSize);
      setRoom({ width, height: Math.round(Math.max(220, Math.min(shape * width, 460))), text });
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => observer.disconnect();
  }, [shape]);
  return (
    <div
      ref={frame}
      class="descent-frame"
      role="group"
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
