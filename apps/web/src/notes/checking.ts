import { checkNotes, type Report } from '@backflow/notes';
import { reader } from '../state/compiling.ts';

/** A report as plain data, without what the judges keep to themselves: it has to pass from a worker to the page. */
export function checkedPlain(text: string): Report {
  const report = checkNotes(text, reader);
  return {
    ...report,
    claims: report.claims.map((claim) => ({
      ...claim,
      mistakes: claim.mistakes.map(({ id, gives, where, data }) => ({ id, gives, where, data })),
    })),
  };
}
