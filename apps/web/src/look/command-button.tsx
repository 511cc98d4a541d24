import type { ComponentChildren, JSX } from 'preact';
import { useApp, useCommand } from '../app-context.ts';
import type { CommandId } from '../state/commands.ts';
import { ariaKeys, isSingleCharacter, keyCaps } from '../state/keys.ts';
import { Icon, type IconName } from './icons.tsx';
import { isMac } from './media.ts';

/** The keys of a command, as caps. */
export function Keys({ keys }: { keys: readonly string[] }): JSX.Element | null {
  const usable = useUsableKeys(keys);
  const words = useApp().messages.value.page.keyCaps;
  if (usable.length === 0) return null;
  return (
    <span class="keys">
      {usable.map((key) => (
        <span key={key} class="key-combination">
          {keyCaps(key, isMac, words).map((cap) => (
            <kbd key={cap}>{cap}</kbd>
          ))}
        </span>
      ))}
    </span>
  );
}

function useUsableKeys(keys: readonly string[]): readonly string[] {
  const { singleKeys } = useApp().settings.value;
  return singleKeys ? keys : keys.filter((key) => !isSingleCharacter(key));
}

interface CommandButtonProps {
  readonly command: CommandId;
  readonly icon?: IconName;
  /** Shown text; without it the icon stands alone and the command's label names it. */
  readonly children?: ComponentChildren;
  /** Names the button where its present effect is clearer than the command's label. */
  readonly label?: string;
  readonly pressed?: boolean;
  readonly class?: string;
  readonly controls?: string;
}

/** A button that performs a command; disabled ones stay focusable, so that the focus is never lost under the finger. */
export function CommandButton(props: CommandButtonProps): JSX.Element {
  const { command, icon, children, pressed, controls } = props;
  const { label: full, keys, enabled, perform } = useCommand(command);
  const label = props.label ?? full;
  const usable = useUsableKeys(keys);
  const words = useApp().messages.value.page.keyCaps;
  const hint = usable.length === 0 ? label : `${label} (${keyCaps(usable[0], isMac, words).join(' ')})`;
  return (
    <button
      type="button"
      class={`button ${props.class ?? ''}`}
      title={hint}
      aria-label={children === undefined ? label : undefined}
      aria-keyshortcuts={usable.length === 0 ? undefined : ariaKeys(usable, isMac)}
      aria-disabled={enabled ? undefined : 'true'}
      aria-pressed={pressed}
      aria-controls={controls}
      onClick={perform}
    >
      {icon === undefined ? null : <Icon name={icon} />}
      {children}
    </button>
  );
}
