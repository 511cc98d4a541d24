import type { JSX } from 'preact';
import { useApp } from '../app-context.ts';
import { Keys } from '../look/command-button.tsx';
import { Icon } from '../look/icons.tsx';
import { panelTexts } from '../look/panel-texts.ts';
import { TRAINING_KEYS } from '../network/training/keys.ts';
import { COMMANDS, type CommandGroup } from '../state/commands.ts';
import { Dialog } from './dialog.tsx';

const GROUPS: readonly CommandGroup[] = ['steps', 'view', 'document', 'page'];

/** Every key, from the same table that the keyboard reads. */
export function Help(): JSX.Element {
  const app = useApp();
  const texts = app.messages.value.page;
  const words = panelTexts(app).help;
  const close = (): void => void (app.dialog.value = null);
  return (
    <Dialog class="help" label={words.title} onClose={close}>
      <div class="head">
        <h2>{words.title}</h2>
        <button type="button" class="button" aria-label={texts.menu.close} onClick={close}>
          <Icon name="close" />
        </button>
      </div>
      {/* A scrolling region must be reachable by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div class="body" role="region" aria-label={words.title} tabIndex={0}>
        <p>{words.intro}</p>
        <p>{words.onNode}</p>
        <p>{words.onLeaf}</p>
        <p>{words.inProjector}</p>
        {app.settings.value.singleKeys ? null : <p>{words.singleKeysOff}</p>}
        {GROUPS.map((group) => (
          <section key={group}>
            <h3>{texts.commandGroups[group]}</h3>
            <table>
              <tbody>
                {COMMANDS.filter((command) => command.group === group && command.keys.length > 0).map(
                  (command) => (
                    <tr key={command.id}>
                      <th scope="row">{texts.commands[command.id]}</th>
                      <td>
                        <Keys keys={command.keys} />
                      </td>
                    </tr>
                  ),
                )}
              </tbody>
            </table>
          </section>
        ))}
        {app.network.value === null ? null : (
          <section>
            <h3>{words.network.title}</h3>
            <table>
              <tbody>
                {(['train', 'step', 'epoch'] as const).map((key) => (
                  <tr key={key}>
                    <th scope="row">{words.network[key]}</th>
                    <td>
                      <Keys keys={[TRAINING_KEYS[key]]} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        )}
      </div>
    </Dialog>
  );
}
