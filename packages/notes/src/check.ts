import type { Report } from './report.ts';

/** Reads a page of notes, finds out what it speaks about, and judges every claim. Never throws on text. */
export function checkNotes(text: string): Report {
  return {
    text,
    claims: [],
    firstWrong: null,
    conventions: [],
    coverage: [],
    repairs: [],
    free: [],
    offer: null,
    recording: null,
    fromNotes: false,
  };
}
