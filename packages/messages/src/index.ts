import type { CommandMessages } from './command-en.ts';
import type { Messages } from './en.ts';
import type { MemoMessages } from './memo-en.ts';
import type { LectureMessages } from './lecture-en.ts';
import type { NetworkMessages } from './network-en.ts';
import type { NotesMessages } from './notes-en.ts';

export { en } from './en.ts';
export { accountDe } from './account-de.ts';
export { accountEn } from './account-en.ts';
export type { AccountMessages } from './account-en.ts';
export type { Messages } from './en.ts';
export type { CommandMessages } from './command-en.ts';
export type { LectureMessages } from './lecture-en.ts';
export type { MemoMessages } from './memo-en.ts';
export type { NetworkMessages } from './network-en.ts';
export type { RefusedNumbers } from './network/training-en.ts';
export { problemsDe } from './network/problems-de.ts';
export { problemsEn } from './network/problems-en.ts';
export type { LineRole, NetworkProblems, ValueRange } from './network/problems-en.ts';
export type { NotesMessages, Words } from './notes-en.ts';
export type { NotesPageMessages } from './notes-page-en.ts';
export { panelsDe } from './panels-de.ts';
export { panelsEn } from './panels-en.ts';
export type { PanelMessages } from './panels-en.ts';

export type Language = 'en' | 'de';

/** The page's texts of a language; each is a chunk of its own, so that a reader loads one. */
export async function loadMessages(language: Language): Promise<Messages> {
  return language === 'de' ? (await import('./de.ts')).de : (await import('./en.ts')).en;
}

/** The command line's texts of a language; both are chunks of their own, which the page never loads. */
export async function loadCommandMessages(language: Language): Promise<CommandMessages> {
  return language === 'de'
    ? (await import('./command-de.ts')).commandDe
    : (await import('./command-en.ts')).commandEn;
}

/** What is said about notes in a language; loaded by whoever checks notes. */
export async function loadNotesMessages(language: Language): Promise<NotesMessages> {
  return language === 'de'
    ? (await import('./notes-de.ts')).notesDe
    : (await import('./notes-en.ts')).notesEn;
}

/** The texts of the memoization view in a language; loaded with it. */
export async function loadMemoMessages(language: Language): Promise<MemoMessages> {
  return language === 'de' ? (await import('./memo-de.ts')).memoDe : (await import('./memo-en.ts')).memoEn;
}

/** What the page says in front of a class; loaded with stops and with the QR code. */
export async function loadLectureMessages(language: Language): Promise<LectureMessages> {
  return language === 'de'
    ? (await import('./lecture-de.ts')).lectureDe
    : (await import('./lecture-en.ts')).lectureEn;
}

/** The texts of the network view and of the problems of network lines in a language; loaded with them. */
export async function loadNetworkMessages(language: Language): Promise<NetworkMessages> {
  return language === 'de'
    ? (await import('./network-de.ts')).networkDe
    : (await import('./network-en.ts')).networkEn;
}
