import type { Chain, Sheet } from '../../packages/notes/src/sheet.ts';
import { printTerm } from './print-term.ts';

/** A chain in one line: `z = add(mul(w, a), b) = 0.5 @ a=2`. */
export function printChain(chain: Chain): string {
  const members = chain.members.map(
    ({ relation, term, problem }) => `${relation} ${term === null ? `?${problem?.code}` : printTerm(term)}`,
  );
  const at = chain.at.map(({ name, value }) => `${name.key}=${printTerm(value)}`).join(', ');
  const remark = chain.remark === '' ? '' : ` # ${chain.remark}`;
  return `${printTerm(chain.subject)} ${members.join(' ')}${at && ` @ ${at}`}${remark}`;
}

export function printChains(sheet: Sheet): string[] {
  return sheet.chains.map(printChain);
}
