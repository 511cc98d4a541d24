import type { commandEn } from './command-en.ts';
import { en } from './en.ts';

export { en };

/** All texts of one language: strings, and functions from data to a string. */
export type Messages = typeof en;

export type Language = 'en' | 'de';

/** The texts of a language; anything but English is a chunk of its own. */
export async function loadMessages(language: Language): Promise<Messages> {
  return language === 'de' ? (await import('./de.ts')).de : en;
}

/** The texts of the command line. */
export type CommandMessages = typeof commandEn;

/** The command line's texts of a language; both are chunks of their own, which the page never loads. */
export async function loadCommandMessages(language: Language): Promise<CommandMessages> {
  return language === 'de'
    ? (await import('./command-de.ts')).commandDe
    : (await import('./command-en.ts')).commandEn;
}
