import type { Messages } from '@backflow/messages';
import { exampleText } from '../menu/examples.ts';
import type { App } from '../state/app.ts';
import type { Hands } from '../state/commands.ts';
import type { NoticeAction } from '../state/notice.ts';
import { fileNameOf } from '../state/title.ts';
import { chooseFile, download, listenToDrops, type Opened } from './files.ts';
import type { Desk } from './desk.ts';

/** Pixels per layout unit of an exported picture. */
const PNG_SCALE = 2;

/** What the commands do outside the state: files, clipboard, pictures. */
export function handsOf(app: App, desk: Desk): Hands {
  const text = (): string => app.history.peek().document.text;
  const tell = (
    id: string,
    tone: 'info' | 'warning',
    words: (messages: Messages) => string,
    actions: readonly NoticeAction[] = [],
  ): void => app.tell({ id, tone, text: words, actions });

  function take(opened: Opened | null): void {
    if (opened === null) return;
    switch (opened.kind) {
      case 'text':
        app.replaceDocument(opened.text);
        app.opened.value = { text: opened.text };
        return;
      case 'large': {
        const size = `${(opened.size / 1e6).toFixed(1)} MB`;
        return tell('file', 'warning', (messages) => messages.page.notices.fileTooLarge(size));
      }
      case 'unreadable':
        return tell('file', 'warning', (messages) => messages.page.notices.fileUnreadable);
    }
  }

  listenToDrops(document, take);

  async function share(): Promise<void> {
    try {
      const address = await desk.address();
      if (address === null) return tell('share', 'warning', (messages) => messages.page.notices.linkTooLong);
      await navigator.clipboard.writeText(address);
      tell('share', 'info', (messages) => messages.page.notices.copied);
    } catch {
      tell('share', 'warning', (messages) => messages.page.notices.copyFailed);
    }
  }

  async function derivation(): Promise<string | null> {
    const run = app.run.peek();
    if (run === null) return null;
    const { derivationMarkdown } = await import('./derivation.ts');
    return derivationMarkdown(run.trace, app.messages.peek());
  }

  async function exportDerivation(): Promise<void> {
    const markdown = await derivation();
    if (markdown === null) return;
    download(`${fileNameOf(text())}-derivation.md`, new Blob([markdown], { type: 'text/markdown' }));
  }

  return {
    newDocument() {
      app.replaceDocument('');
      app.opened.value = null;
      app.update({ tab: 'source', source: true });
      // After the menu has given the focus back.
      setTimeout(() => app.editor.peek()?.focus());
    },
    openExample: (id) =>
      void exampleText(id).then((example) => {
        app.replaceDocument(example);
        app.opened.value = { text: example };
      }),
    open: () => void chooseFile().then(take),
    save() {
      const isDocument = /^(```|~~~)/m.test(text());
      download(
        `${fileNameOf(text())}.${isDocument ? 'md' : 'txt'}`,
        new Blob([text()], { type: 'text/plain' }),
      );
    },
    share: () => void share(),
    exportSvg() {
      app.graph
        .peek()
        ?.svg()
        .then(
          (svg) => download(`${fileNameOf(text())}.svg`, new Blob([svg], { type: 'image/svg+xml' })),
          () => tell('picture', 'warning', (messages) => messages.page.notices.imageFailed),
        );
    },
    exportPng() {
      app.graph
        .peek()
        ?.png(PNG_SCALE)
        .then(
          (image) => download(`${fileNameOf(text())}.png`, image),
          () => tell('picture', 'warning', (messages) => messages.page.notices.imageFailed),
        );
    },
    exportDerivation: () => void exportDerivation(),
    writeNotes: () =>
      void derivation().then((markdown) => {
        if (markdown !== null) app.replaceDocument(markdown);
      }),
    backToWork: () => void desk.backToWork(),
    reset: () => desk.reset(),
    address: () => desk.addressForOthers(),
  };
}
