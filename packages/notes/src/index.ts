export { checkNotes } from './check.ts';
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
