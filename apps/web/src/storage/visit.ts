import { either, members, oneOf, text } from '../link/checked.ts';
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
const schema = members({
  fragment: text(Infinity),
  state: linkSchema,
  opened: either(linkSchema, oneOf(null)),
});

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
    const visit = schema(JSON.parse(sessionStorage.getItem(NAME) ?? 'null'));
    return visit?.fragment === fragment ? visit : null;
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
