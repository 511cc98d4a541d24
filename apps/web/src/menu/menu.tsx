import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { Icon, type IconName } from '../look/icons.tsx';
import './menu.css';

interface MenuProps {
  readonly label: string;
  /** An icon in place of the label. */
  readonly icon?: IconName;
  /** Called when the menu closes: its contents are only there while it is open. */
  readonly children: ComponentChildren;
}

const MARGIN = 8;

/**
 * A button that opens a list of choices below it, as a native popover: Esc and a click elsewhere close it,
 * and the focus returns to the button.
 */
export function Menu({ label, icon, children }: MenuProps): JSX.Element {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);

  useEffect(() => {
    const panel = list.current!;
    const listener = (event: ToggleEvent): void => {
      const opened = event.newState === 'open';
      setOpen(opened);
      if (opened) place(button.current!, panel);
    };
    panel.addEventListener('toggle', listener as EventListener);
    return () => panel.removeEventListener('toggle', listener as EventListener);
  }, []);

  useEffect(() => {
    if (!open) return;
    place(button.current!, list.current!);
    choicesIn(list.current!)[0]?.focus();
  }, [open]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const target = event.target as HTMLElement;
    if (
      target instanceof HTMLSelectElement ||
      (target instanceof HTMLInputElement && target.type !== 'checkbox')
    )
      return;
    const choices = choicesIn(list.current!);
    const at = choices.indexOf(target);
    if (by !== 0) focusAt(choices, at + by);
    else if (event.key === 'Home') focusAt(choices, 0);
    else if (event.key === 'End') focusAt(choices, -1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <>
      <button
        ref={button}
        type="button"
        class="button"
        aria-expanded={open}
        aria-controls={id}
        aria-haspopup="true"
        aria-label={icon === undefined ? undefined : label}
        title={icon === undefined ? undefined : label}
        // The popover target would close and reopen on one click in browsers that dismiss it on pointer down.
        popovertarget={id}
      >
        {icon === undefined ? (
          <>
            {label}
            <Icon name="down" />
          </>
        ) : (
          <Icon name={icon} />
        )}
      </button>
      {/* The keys and clicks of the choices inside arrive here. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div
        ref={list}
        id={id}
        class="menu"
        popover="auto"
        role="group"
        aria-label={label}
        onKeyDown={onKeyDown}
        onClick={(event) => {
          const pressed = (event.target as HTMLElement).closest('button');
          if (pressed !== null && pressed.dataset['stay'] === undefined) list.current?.hidePopover();
        }}
      >
        {open ? children : null}
      </div>
    </>
  );
}

function choicesIn(panel: HTMLElement): HTMLElement[] {
  return [...panel.querySelectorAll<HTMLElement>('button, input, select')];
}

function focusAt(choices: readonly HTMLElement[], index: number): void {
  choices.at(((index % choices.length) + choices.length) % choices.length)?.focus();
}

function place(button: HTMLElement, panel: HTMLElement): void {
  const { left, bottom } = button.getBoundingClientRect();
  const room = document.documentElement.clientWidth - panel.offsetWidth - MARGIN;
  panel.style.left = `${Math.max(MARGIN, Math.min(left, room))}px`;
  panel.style.top = `${bottom + 4}px`;
  panel.style.maxHeight = `${window.innerHeight - bottom - 4 - MARGIN}px`;
}

export function MenuSection({
  title,
  children,
}: {
  title?: string;
  children: ComponentChildren;
}): JSX.Element {
  return (
    <div class="menu-section" role="group" aria-label={title}>
      {title === undefined ? null : (
        <h3 class="menu-title" aria-hidden="true">
          {title}
        </h3>
      )}
      {children}
    </div>
  );
}
