import type { LinkState } from '../link/schema.ts';

/** What a page knows when it is left: loaded again at once, it goes on from there. */
export interface Visit {
  /** The address at that moment; the page that is opened with another one is somebody else's. */
  readonly fragment: string;
  readonly state: LinkState;
  /** What the link or the example had brought. */
  readonly opened: LinkState | null;
}

const NAME = 'backflow.visit';

/** Kept for this tab alone, until it is loaded again. Where nothing can be stored, the address has to do. */
export function leaveVisit(visit: Visit): void {
  try {
    sessionStorage.setItem(NAME, JSON.stringify(visit));
  } catch {
    forgetVisit();
  }
}

/** The visit that this tab left with this address; null where there was none. */
export async function returnedVisit(fragment: string): Promise<Visit | null> {
  let text: string | null;
  try {
    text = sessionStorage.getItem(NAME);
  } catch {
    return null;
  }
  if (text === null) return null;
  const { visitIn } = await import('./stored.ts');
  const visit = visitIn(text);
  return visit?.fragment === fragment ? visit : null;
}

function forgetVisit(): void {
  try {
    sessionStorage.removeItem(NAME);
  } catch {
    // Then there is none.
  }
}
