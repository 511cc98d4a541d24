import { en } from './en.ts';

export { en };

/** All texts of one language: strings, and functions from data to a string. */
export type Messages = typeof en;

export type Language = 'en' | 'de';

/** The texts of a language; anything but English is a chunk of its own. */
export async function loadMessages(language: Language): Promise<Messages> {
  return language === 'de' ? (await import('./de.ts')).de : en;
}
