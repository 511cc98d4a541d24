import type { JSX } from 'preact';
import { useApp, useSurface } from '../app-context.ts';
import { CommandButton, Keys } from '../look/command-button.tsx';
import { Icon } from '../look/icons.tsx';
import { lazily } from '../look/lazy.tsx';
import { narrow } from '../look/media.ts';
import { commandOf, type CommandId } from '../state/commands.ts';
import { titleOf } from '../state/title.ts';
import { examplesIn } from './examples.ts';
import { Menu, MenuSection } from './menu.tsx';
import './top-bar.css';

const Preferences = lazily(async () => (await import('./preferences.tsx')).Preferences);

/** The head of the page: name, menus, undo, panels. */
export function TopBar(): JSX.Element {
  const app = useApp();
  const texts = app.messages.value.page;
  const { source, inspector } = app.session.value;
  const title = titleOf(app.history.value.document.text) ?? texts.untitled;
  return (
    <header class="top-bar">
      <h1>
        <Icon name="logo" />
        <span>{texts.title}</span>
      </h1>
      <nav aria-label={texts.menu.menu}>
        <Menu label={texts.menu.examples}>
          <ExampleItems />
        </Menu>
        {narrow.value ? (
          <Menu label={texts.menu.menu} icon="menu">
            <DocumentItems />
            <ViewItems />
            <Preferences />
          </Menu>
        ) : (
          <>
            <Menu label={texts.menu.document}>
              <DocumentItems />
            </Menu>
            <Menu label={texts.menu.view}>
              <ViewItems />
              <Preferences />
            </Menu>
          </>
        )}
      </nav>
      <p class="document-title" title={title}>
        {title}
      </p>
      <div class="tools">
        <CommandButton command="undo" icon="undo" />
        <CommandButton command="redo" icon="redo" />
        {narrow.value ? null : (
          <>
            <span class="divider" />
            <CommandButton command="toggleSource" icon="source" pressed={source} controls="source" />
            <CommandButton
              command="toggleInspector"
              icon="inspector"
              pressed={inspector}
              {...(inspector ? { controls: 'inspector' } : {})}
            />
            <span class="divider" />
          </>
        )}
        {narrow.value ? null : (
          <>
            <CommandButton command="palette" icon="search" />
            <CommandButton command="help" icon="help" />
          </>
        )}
      </div>
    </header>
  );
}

function ExampleItems(): JSX.Element {
  const { app, hands } = useSurface();
  const texts = app.messages.value.page;
  return (
    <MenuSection>
      {examplesIn(texts).map((id) => (
        <button key={id} type="button" class="button" onClick={() => hands.openExample(id)}>
          {texts.examples[id]}
        </button>
      ))}
    </MenuSection>
  );
}

/** A command as a line of a menu, with its key. */
function Item({ command }: { command: CommandId }): JSX.Element {
  return (
    <CommandButton command={command}>
      <span>{useApp().messages.value.page.commands[command]}</span>
      {narrow.value ? null : <Keys keys={commandOf(command).keys.slice(0, 1)} />}
    </CommandButton>
  );
}

function DocumentItems(): JSX.Element {
  const app = useApp();
  const texts = app.messages.value.page.menu;
  return (
    <>
      <MenuSection>
        <Item command="newDocument" />
        <Item command="open" />
        <Item command="save" />
        {app.origin.value === 'work' ? null : <Item command="backToWork" />}
        {app.opened.value === null ? null : <Item command="reset" />}
      </MenuSection>
      <MenuSection>
        <Item command="writeNotes" />
        <Item command="share" />
        <Item command="qr" />
      </MenuSection>
      <MenuSection title={texts.exportHeading}>
        <Item command="exportSvg" />
        <Item command="exportPng" />
        <Item command="exportDerivation" />
        <Item command="exportMarked" />
      </MenuSection>
    </>
  );
}

function ViewItems(): JSX.Element {
  return (
    <MenuSection>
      <Item command="fit" />
      <Item command="follow" />
      <Item command="find" />
      <Item command="predict" />
      {narrow.value ? <Item command="palette" /> : null}
      <Item command="projector" />
      <Item command="help" />
    </MenuSection>
  );
}
