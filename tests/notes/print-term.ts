import type { Term } from '../../packages/notes/src/term.ts';

const INFIX: Readonly<Record<string, string>> = {
  add: '+',
  sub: '-',
  mul: '*',
  div: '/',
  pow: '^',
  less: '<',
  greater: '>',
  lessEqual: '<=',
  greaterEqual: '>=',
  equal: '==',
  notEqual: '!=',
};

/** A term with every bracket: what the tests of reading compare. */
export function printTerm(term: Term): string {
  switch (term.kind) {
    case 'number':
      return `${term.value}${term.open ? '…' : ''}`;
    case 'constant':
      return `#${term.name}`;
    case 'name':
      return term.key;
    case 'derivative': {
      const of = term.of === null ? '?' : printTerm(term.of);
      const order = term.order === 1 ? '' : `^${term.order}`;
      const at = term.at.map(({ name, value }) => `${name.key}=${printTerm(value)}`).join(',');
      return `D${order}[${of}; ${printTerm(term.by)}]${at === '' ? '' : `|${at}`}`;
    }
    case 'apply': {
      const sign = INFIX[term.operation];
      const of = term.of.map(printTerm);
      if (sign !== undefined) return `(${of.join(sign)})`;
      return term.operation === 'neg' ? `-${of[0]}` : `${term.operation}(${of.join(', ')})`;
    }
    case 'slope':
      return `${term.operation}'(${printTerm(term.of)})`;
    case 'call':
      return `${term.callee.key}${"'".repeat(term.primes)}<${term.of.map(printTerm).join(', ')}>`;
    case 'series': {
      const bounds = [
        term.index ?? '',
        term.first === null ? '' : printTerm(term.first),
        term.last === null ? '' : printTerm(term.last),
      ];
      return `${term.operation}{${bounds.join(';')}}(${printTerm(term.body)})`;
    }
    case 'list':
      return `[${term.items.map(printTerm).join(', ')}]`;
    case 'cases':
      return `cases(${term.branches
        .map(
          ({ value, condition }) =>
            `${printTerm(value)} if ${condition === null ? '*' : printTerm(condition)}`,
        )
        .join('; ')})`;
    case 'transpose':
      return `T(${printTerm(term.of)})`;
    case 'elided':
      return '…';
  }
}
