import type { Mistake } from '../report.ts';
import type { Change } from '../run.ts';
import type { Side } from './draft.ts';
import type { Page } from './page.ts';

/** How a member stands to the truth alone. */
export interface Settled {
  readonly verdict: 'right' | 'rounded' | 'wrong' | 'unknown';
  readonly scope: 'everywhere' | 'point' | null;
  /** NaN where it is not a number, or not known. */
  readonly truth: number;
  /** True for a formula that holds everywhere but at the document's point: it may stand on a kink. */
  readonly elsewhere?: boolean;
  readonly mistakes: readonly Mistake[];
  readonly remarks: readonly Remark[];
}

export interface Remark {
  readonly code: string;
  readonly data: Readonly<Record<string, string>>;
}

/** What a member is compared with. */
export interface Setting {
  readonly page: Page;
  readonly subject: Side;
  /** ∂A/∂B in the subject as the local partial. */
  readonly local: boolean;
  readonly at: Change | null;
  /** The sides before it in its chain, nearest last; without the subject. */
  readonly before: readonly Side[];
}

export function isNumeric(side: Side): boolean {
  return side.form === 'number' || side.form === 'numbers';
}
