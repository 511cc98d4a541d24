import type { Messages } from '@backflow/messages';

/** Something the page tells about itself, above the graph, until it is answered or closed. */
export interface Notice {
  readonly id: string;
  readonly tone: 'info' | 'warning';
  readonly text: (messages: Messages) => string;
  readonly actions: readonly NoticeAction[];
}

export interface NoticeAction {
  readonly label: (messages: Messages) => string;
  readonly perform: () => void;
}

/** A notice takes the place of an earlier one with the same id. */
export function withNotice(notices: readonly Notice[], notice: Notice): readonly Notice[] {
  return [...notices.filter(({ id }) => id !== notice.id), notice];
}

export function withoutNotice(notices: readonly Notice[], id: string): readonly Notice[] {
  return notices.some((notice) => notice.id === id) ? notices.filter((notice) => notice.id !== id) : notices;
}
