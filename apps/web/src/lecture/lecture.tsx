import { loadLectureMessages } from '@backflow/messages';
import { effect } from '@preact/signals';
import { readerTexts } from '../look/reader-texts.ts';
import type { App } from '../state/app.ts';
import type { LectureDesk } from './contract.ts';
import { stageOf } from './stage.ts';
import { Problems, StopControl } from './stop-control.tsx';
import './lecture.css';

/** All that stops add to the page, as one piece that is fetched with the first document that names any. */
export async function lectureDeskOf(app: App): Promise<LectureDesk> {
  const texts = await readerTexts(app, loadLectureMessages);
  const { count, sentence, marks, move, at, problems, hasMemo } = stageOf(app);
  // What stops show is at hand before it is asked for.
  effect(() => {
    if (app.memo.value === null && hasMemo.value) void fetchMemo(app);
  });
  return {
    count,
    sentence,
    marks,
    move,
    Control: () => <StopControl at={at.value} count={count.value} texts={texts.value} />,
    Problems: ({ reveal }) => <Problems problems={problems.value} texts={texts.value} reveal={reveal} />,
  };
}

async function fetchMemo(app: App): Promise<void> {
  try {
    const { memoDeskOf } = await import('../memo/memo.tsx');
    const desk = await memoDeskOf(app);
    app.memo.value ??= desk;
  } catch {
    // Tried again when it is shown.
  }
}
