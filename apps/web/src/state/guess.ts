import { programParts, type DiagnosticCode, type DiagnosticRecord } from '@backflow/language';

/** What a text is: all of it program, a program in fences with notes around it, or notes alone. */
export type Kind = 'program' | 'document' | 'notes';

export function kindOf(text: string, notes: boolean): Kind {
  if (programParts(text).fences.length > 0) return 'document';
  return notes ? 'notes' : 'program';
}

const STOPS = /^ {0,3}(`{3,}|~{3,})[ \t]*stops\b/im;

const STOPS_BLOCK = /^ {0,3}(`{3,}|~{3,})[ \t]*stops\b[^]*?(?:^ {0,3}\1|$(?![^]))/gim;

/** Whether a document could name stops. */
export function mayStop(text: string): boolean {
  return STOPS.test(text);
}

/** Whether anything around the program could be a claim: what judges them need not be fetched where there is none. */
export function mayClaim(text: string): boolean {
  const { regions, fences } = programParts(text);
  if (fences.length === 0) return true;
  let at = 0;
  let prose = '';
  for (const { from, to } of regions) {
    prose += text.slice(at, from);
    at = to;
  }
  return CLAIM.test((prose + text.slice(at)).replace(STOPS_BLOCK, ''));
}

/** Problems that hardly a program has, and nearly every derivation. */
const OF_NOTES: ReadonlySet<DiagnosticCode> = new Set(['derivative', 'second-equals', 'unknown-command']);
const RELATION = /[=≈≤≥⇒]/;
/** Also what stands in tables, and inequalities. */
const CLAIM = /[=≈≤≥⇒←<>|]|\\[a-z]/i;

/** True for a text that is no program and makes claims, judged by what the compiler found wrong with it. */
export function looksLikeNotes(text: string, problems: readonly DiagnosticRecord[]): boolean {
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return false;
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (!lines.some((line) => RELATION.test(line))) return false;
  if (errors.some(({ code }) => OF_NOTES.has(code))) return true;
  const wrong = new Set(errors.map(({ line }) => line)).size;
  return wrong >= 3 && wrong * 2 > lines.length;
}
