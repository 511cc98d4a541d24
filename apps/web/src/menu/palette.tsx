import { formatNumber, nameToText, nodeTitle } from '@backflow/print';
import type { JSX } from 'preact';
import { useEffect, useId, useMemo, useRef, useState } from 'preact/hooks';
import { useSurface } from '../app-context.ts';
import { Keys } from '../look/command-button.tsx';
import { MathText } from '../look/math-text.tsx';
import { narrow } from '../look/media.ts';
import { panelTexts } from '../look/panel-texts.ts';
import { COMMANDS, isEnabled } from '../state/commands.ts';
import { Dialog } from './dialog.tsx';
import { examplesIn } from './examples.ts';
import { folded, searchFolded } from './search.ts';

/** One line of the palette. */
interface Choice {
  readonly id: string;
  readonly text: string;
  readonly side?: string;
  readonly keys?: readonly string[];
  readonly enabled: boolean;
  readonly perform: () => void;
}

const MOST = 60;
const TITLE_LENGTH = 40;

const foldedTexts = new WeakMap<Choice, string>();

/** All commands and examples, by a few letters of their name. */
export function Palette(): JSX.Element {
  const { app, hands } = useSurface();
  const texts = app.messages.value.page;
  const choices: Choice[] = [
    ...COMMANDS.filter(({ id }) => id !== 'palette' && id !== 'escape').map((command) => ({
      id: command.id,
      text: texts.commands[command.id],
      keys: command.keys,
      enabled: isEnabled(command, app),
      perform: () => command.perform(app, hands),
    })),
    ...examplesIn(texts).map((id) => ({
      id: `example ${id}`,
      text: texts.examples[id],
      side: texts.menu.examples,
      enabled: true,
      perform: () => hands.openExample(id),
    })),
  ];
  const words = panelTexts(app).palette;
  return <Chooser title={words.title} placeholder={words.placeholder} choices={choices} />;
}

/** All nodes, by name; the chosen one is selected and brought to the middle. */
export function Finder(): JSX.Element {
  const { app } = useSurface();
  const texts = panelTexts(app).palette;
  const digits = app.digits.value;
  const run = app.run.value;
  const choices: Choice[] = [];
  if (run !== null) {
    for (let node = 0; node < run.shown.count; node++) {
      const name = run.shown.names.get(node);
      choices.push({
        id: run.keys[node],
        text: name === undefined ? nodeTitle(run.shown, node, TITLE_LENGTH) : nameToText(name),
        side: formatNumber(run.shown.value[node], { digits }),
        enabled: true,
        perform: () => {
          app.select(node);
          // The inspector takes its place first, and the reader, not the step, now says where to look.
          app.update({ following: false });
          requestAnimationFrame(() => requestAnimationFrame(() => app.graph.value?.center(node)));
        },
      });
    }
  }
  return <Chooser title={texts.findTitle} placeholder={texts.findPlaceholder} choices={choices} />;
}

interface ChooserProps {
  readonly title: string;
  readonly placeholder: string;
  readonly choices: readonly Choice[];
}

function Chooser({ title, placeholder, choices }: ChooserProps): JSX.Element {
  const { app } = useSurface();
  const texts = panelTexts(app).palette;
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  const found = useMemo(() => {
    const foldedOf = (choice: Choice): string => {
      let text = foldedTexts.get(choice);
      if (text === undefined) foldedTexts.set(choice, (text = folded(`${choice.text} ${choice.side ?? ''}`)));
      return text;
    };
    return searchFolded(choices, query, foldedOf, MOST);
  }, [choices, query]);
  const current = Math.min(at, found.length - 1);

  useEffect(() => field.current?.focus(), []);

  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [current, query]);

  const choose = (choice: Choice | undefined): void => {
    if (choice === undefined || !choice.enabled) return;
    app.dialog.value = null;
    // After the dialog has given the focus back, so that a command that moves it has the last word.
    queueMicrotask(() => queueMicrotask(choice.perform));
  };

  return (
    <Dialog class="palette" label={title} onClose={() => (app.dialog.value = null)}>
      <div class="head">
        <input
          ref={field}
          type="text"
          role="combobox"
          aria-label={title}
          aria-expanded="true"
          aria-autocomplete="list"
          aria-controls={id}
          aria-activedescendant={found.length > 0 ? `${id}-${current}` : undefined}
          autocomplete="off"
          spellcheck={false}
          placeholder={placeholder}
          value={query}
          onInput={(event) => {
            setQuery(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter') choose(found[current]);
            else if (event.key === 'ArrowDown') setAt((current + 1) % Math.max(1, found.length));
            else if (event.key === 'ArrowUp') setAt((current - 1 + found.length) % Math.max(1, found.length));
            else return;
            event.preventDefault();
          }}
        />
      </div>
      <div ref={list} id={id} class="results" role="listbox" aria-label={title}>
        {found.map((choice, index) => (
          // Keys are handled by the input, which keeps the focus.
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
          <div
            key={choice.id}
            id={`${id}-${index}`}
            class="result"
            role="option"
            aria-selected={index === current}
            aria-disabled={choice.enabled ? undefined : 'true'}
            onClick={() => choose(choice)}
            onPointerMove={() => setAt(index)}
          >
            <span>
              <MathText text={choice.text} />
            </span>
            {choice.side === undefined ? null : <span class="side number">{choice.side}</span>}
            {choice.keys === undefined || narrow.value ? null : <Keys keys={choice.keys} />}
          </div>
        ))}
      </div>
      {found.length === 0 ? <p class="none">{texts.none}</p> : null}
      <p class="hidden-visually" role="status">
        {query === '' ? '' : texts.results(found.length)}
      </p>
    </Dialog>
  );
}
