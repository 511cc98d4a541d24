import { compile, nodeNamed } from '@backflow/language';
import type { Claim, Report } from '@backflow/notes';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The document of the first visit, and a report about it in which everything is filled in by hand. */
export const FIRST_SLIP = readFileSync(join(import.meta.dirname, '../../examples/first-slip.md'), 'utf8');

type Filled = Partial<Claim> & Pick<Claim, 'text' | 'verdict'>;

/** A claim of the text, found by a piece of its line. */
export function claimIn(text: string, filled: Filled): Claim {
  const from = text.indexOf(filled.text);
  if (from < 0) throw new Error(`The text has no ${filled.text}`);
  const before = text.slice(0, from);
  return {
    from,
    to: from + filled.text.length,
    line: before.split('\n').length,
    column: from - before.lastIndexOf('\n'),
    chain: 0,
    subject: filled.text,
    about: null,
    stated: null,
    truth: null,
    scope: null,
    convention: null,
    mistakes: [],
    inherits: null,
    repairs: [],
    remarks: [],
    ...filled,
  };
}

export function reportOf(text: string, claims: readonly Claim[], more: Partial<Report> = {}): Report {
  const first = claims.findIndex(({ verdict }) => verdict === 'wrong');
  return {
    text,
    claims,
    firstWrong: first < 0 ? null : first,
    conventions: [],
    coverage: [],
    repairs: [],
    free: [],
    offer: null,
    recording: compile(text).recording,
    fromNotes: false,
    problems: [],
    ...more,
  };
}

export function firstSlipReport(): Report {
  const compilation = compile(FIRST_SLIP);
  const node = (name: string): number => nodeNamed(compilation, name)!;
  const [z, a, C, w] = ['z', 'a', 'C', 'w'].map(node);
  const dz = { node: z, of: C };
  return reportOf(FIRST_SLIP, [
    claimIn(FIRST_SLIP, { text: 'z = 1.5·0.6 - 0.4', verdict: 'right', about: { node: z, of: null } }),
    claimIn(FIRST_SLIP, { text: 'a = σ(z) = 0.622', verdict: 'right', about: { node: a, of: null } }),
    claimIn(FIRST_SLIP, { text: 'C = (0.622 - 1)² = 0.143', verdict: 'right', about: { node: C, of: null } }),
    claimIn(FIRST_SLIP, {
      text: '∂C/∂a = 2(a - y)',
      verdict: 'right',
      about: { node: a, of: C },
      scope: 'everywhere',
    }),
    claimIn(FIRST_SLIP, {
      text: '∂C/∂a · σ(z)',
      verdict: 'wrong',
      about: dz,
      stated: '∂C/∂a · σ(z)',
      truth: '∂C/∂a · σ′(z)',
      mistakes: [
        {
          id: 'activation-for-derivative',
          gives: -0.47,
          where: [{ node: a, slot: 0 }],
          data: { found: 'σ(z) = 0.6225', due: 'σ′(z) = 0.2350', edge: 'z → a' },
        },
      ],
    }),
    claimIn(FIRST_SLIP, {
      text: '-0.755·0.622 = -0.470',
      verdict: 'follows',
      about: dz,
      stated: -0.47,
      truth: -0.1775,
      inherits: 4,
    }),
    claimIn(FIRST_SLIP, {
      text: '-0.470·0.6 = -0.282',
      verdict: 'follows',
      about: { node: w, of: C },
      stated: -0.282,
      truth: -0.1065,
      inherits: 4,
    }),
  ]);
}
