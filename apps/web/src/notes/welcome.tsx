import type { NotesPageMessages } from '@backflow/messages';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
// The text of the file, not the module.
// oxlint-disable-next-line import/default
import code from '../../../../examples/gradients.ts?raw';
import { useSurface } from '../app-context.ts';
import { Icon } from '../look/icons.tsx';
import { Dialog } from '../menu/dialog.tsx';
import { initialSession } from '../state/session.ts';
import { useNotesTexts } from './use-texts.ts';
import './welcome.css';

/** What a first visitor may do next: four doors, above the film of the first derivation. */
export function Welcome(): JSX.Element | null {
  const { app, hands } = useSurface();
  const texts = useNotesTexts()?.page.welcome ?? null;
  const [showsCode, setShowsCode] = useState(false);
  if (texts === null) return null;
  const leave = (): void => void (app.welcome.value = false);
  const through =
    (act: () => void): (() => void) =>
    () => {
      leave();
      app.pause();
      act();
    };
  const checkMine = (): void => {
    app.replaceDocument('');
    app.update({ notes: true, source: true, tab: 'source', mode: 'graph' });
    setTimeout(() => app.editor.peek()?.focus());
  };
  const stepThrough = (): void => {
    app.update({ tab: 'graph', mode: 'graph' });
    app.toStart();
    focusPlay();
  };
  const openLesson = (): void => {
    hands.openExample('why-memoize');
    app.update({ mode: 'memo', tab: 'memo', memo: initialSession.memo });
    focusPlay();
  };
  return (
    <>
      <div class="welcome" role="region" aria-label={texts.label}>
        <p>{app.playing.value ? texts.playing : texts.found}</p>
        <button type="button" class="button outlined" onClick={through(checkMine)}>
          {texts.check}
        </button>
        <button type="button" class="button outlined" onClick={through(stepThrough)}>
          {texts.step}
        </button>
        <button type="button" class="button outlined" onClick={through(openLesson)}>
          {texts.memoize}
        </button>
        <button type="button" class="button outlined" onClick={() => setShowsCode(true)}>
          {texts.code}
        </button>
        <button type="button" class="button" aria-label={texts.close} onClick={leave}>
          <Icon name="close" />
        </button>
      </div>
      {showsCode ? <Code texts={texts} onClose={() => setShowsCode(false)} /> : null}
    </>
  );
}

/** The door is gone; what the reader came for is next. */
function focusPlay(): void {
  document.querySelector<HTMLElement>('.transport .play')?.focus();
}

type Texts = NotesPageMessages['welcome'];

function Code({ texts, onClose }: { readonly texts: Texts; readonly onClose: () => void }): JSX.Element {
  const [copied, setCopied] = useState(false);
  const copy = (): void => {
    navigator.clipboard.writeText(code).then(
      () => setCopied(true),
      () => undefined,
    );
  };
  return (
    <Dialog class="welcome-code" label={texts.codeTitle} onClose={onClose}>
      <div class="head">
        <h2>{texts.codeTitle}</h2>
        <button type="button" class="button" aria-label={texts.close} onClick={onClose}>
          <Icon name="close" />
        </button>
      </div>
      <div class="body">
        <p>{texts.codeIntro}</p>
        {/* A scrolling region must be reachable by keyboard. */}
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
        <pre tabIndex={0}>{code}</pre>
        <button type="button" class="button outlined" onClick={copy}>
          {copied ? texts.copied : texts.copy}
        </button>
      </div>
    </Dialog>
  );
}
