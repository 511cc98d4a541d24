import * as v from 'valibot';
import { linkSchema, type LinkState } from '../link/schema.ts';

/** What a page knows when it is left: loaded again at once, it goes on from there. */
export interface Visit {
  /** The address at that moment; the page that is opened with another one is somebody else's. */
  readonly fragment: string;
  readonly state: LinkState;
  /** What the link or the example had brought. */
  readonly opened: LinkState | null;
}

const NAME = 'backflow.visit';
const schema = v.object({ fragment: v.string(), state: linkSchema, opened: v.nullable(linkSchema) });

/** Kept for this tab alone, until it is loaded again. Where nothing can be stored, the address has to do. */
export function leaveVisit(visit: Visit): void {
  try {
    sessionStorage.setItem(NAME, JSON.stringify(visit));
  } catch {
    forgetVisit();
  }
}

/** The visit that this tab left with this address; null where there was none. */
export function returnedVisit(fragment: string): Visit | null {
  try {
    const text = sessionStorage.getItem(NAME);
    const parsed = text === null ? null : v.safeParse(schema, JSON.parse(text));
    return parsed?.success === true && parsed.output.fragment === fragment ? parsed.output : null;
  } catch {
    return null;
  }
}

function forgetVisit(): void {
  try {
    sessionStorage.removeItem(NAME);
  } catch {
    // Then there is none.
  }
}
