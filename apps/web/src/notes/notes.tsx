import { loadNotesMessages } from '@backflow/messages';
import type { App } from '../state/app.ts';
import { readerTexts } from '../look/reader-texts.ts';
import { download } from '../rim/files.ts';
import { fileNameOf } from '../state/title.ts';
import { Chip } from './conventions-menu.tsx';
import type { NotesDesk } from './contract.ts';
import { notesStateOf } from './desk.ts';
import { LinesOfNode } from './lines-of-node.tsx';
import { markedMarkdown } from './markdown.ts';
import { Panel } from './panel.tsx';
import { Strip } from './strip.tsx';

/** All that the page does with notes, as one piece that is fetched when a document has any. */
export async function notesDeskOf(app: App): Promise<NotesDesk> {
  const texts = await readerTexts(app, loadNotesMessages);
  const { state, desk } = notesStateOf(app, texts);
  return {
    ...desk,
    exportMarked() {
      const found = state.judged.peek();
      if (found === null) return;
      const name = `${fileNameOf(found.report.text)}-marked.md`;
      const text = markedMarkdown(found, texts.peek(), app.digits.peek());
      download(name, new Blob([text], { type: 'text/markdown' }));
    },
    Panel: () => <Panel state={state} />,
    Strip: () => <Strip state={state} />,
    Chip: () => <Chip state={state} />,
    NodeLines: ({ run, node }) => <LinesOfNode state={state} run={run} node={node} />,
  };
}
