export { checkNotes, compareNotes, compileNotes } from './check.ts';
export type { CheckOptions } from './check.ts';
export { judgeNumber } from './judging/typed.ts';
export { MISTAKE_IDS } from './report.ts';
export type {
  Claim,
  Convention,
  ConventionId,
  Coverage,
  Mistake,
  MistakeId,
  NoteVerdict,
  Report,
  Where,
} from './report.ts';
export type { Repair } from './sheet.ts';
