import type { Claim, Where } from '@backflow/notes';
import type { Recording } from '@backflow/engine';
import { EVENT_KINDS } from '@backflow/trace';
import type { LitPath } from '../state/app.ts';
import type { Run } from '../state/run.ts';

/** How the nodes of a report's recording are found in the graph that is shown. */
export interface Ground {
  readonly run: Run;
  readonly recording: Recording;
  /** Per node of the report's recording, the shown node that it is or is part of; -1 for none. */
  readonly shown: Int32Array;
}

/** The report's recording begins with the program's own, or is another one altogether: then names decide. */
export function groundOf(run: Run, recording: Recording): Ground {
  const shown = new Int32Array(recording.count).fill(-1);
  const { full, origin } = run;
  if (begins(recording, full)) {
    for (let node = 0; node < origin.length; node++) shown[origin[node]] = node;
    // The inner sums of a fold belong to their only user; users come later.
    for (let node = full.count - 1; node >= 0; node--) {
      if (shown[node] < 0) continue;
      for (let at = full.inputStart[node]; at < full.inputStart[node + 1]; at++) {
        const input = full.inputs[at];
        if (input >= 0 && shown[input] < 0) shown[input] = shown[node];
      }
    }
  } else {
    for (const [node, name] of recording.names) shown[node] = run.nodeOfKey.get(name) ?? -1;
  }
  return { run, recording, shown };
}

function begins(recording: Recording, full: Recording): boolean {
  if (recording.count < full.count) return false;
  for (let node = 0; node < full.count; node++)
    if (recording.operation[node] !== full.operation[node]) return false;
  return true;
}

/** What to light for a place: an edge with both its ends, or a node alone; null for what is not shown. */
export function litOf({ recording, shown, run }: Ground, { node, slot }: Where): LitPath | null {
  const consumer = shown[node] ?? -1;
  if (consumer < 0) return null;
  const alone = { nodes: [consumer], slots: [] };
  if (slot === null) return alone;
  const input = recording.inputs[recording.inputStart[node] + slot];
  const source = input === undefined || input < 0 ? -1 : shown[input];
  if (source < 0 || source === consumer) return alone;
  const at = slotOf(run, consumer, source, slot);
  return at < 0 ? alone : { nodes: [source, consumer], slots: [at] };
}

/** The slot in which a shown node uses another: the same as before folding where that is still so. */
function slotOf({ shown }: Run, consumer: number, source: number, slot: number): number {
  const from = shown.inputStart[consumer];
  const to = shown.inputStart[consumer + 1];
  if (from + slot < to && shown.inputs[from + slot] === source) return slot;
  for (let at = from; at < to; at++) if (shown.inputs[at] === source) return at - from;
  return -1;
}

/** The shown node that a claim is about; -1 for none. */
export function nodeOf({ shown }: Ground, { about }: Claim): number {
  return about === null ? -1 : (shown[about.node] ?? -1);
}

/** What to light where no slip has a place of its own: the node, or the edge that a local derivative is about. */
export function litOfClaim(ground: Ground, claim: Claim): LitPath | null {
  const node = nodeOf(ground, claim);
  if (node < 0) return null;
  const of = claim.about!.of === null ? -1 : ground.shown[claim.about!.of];
  const slot = of < 0 || of === node ? -1 : slotOf(ground.run, of, node, -1);
  return slot < 0 ? { nodes: [node], slots: [] } : { nodes: [node, of], slots: [slot] };
}

/** The number that the program gives for what a claim is about; null where that is not the output or a derivative of it. */
export function programsNumber(ground: Ground, claim: Claim): number | null {
  const { run, shown } = ground;
  const node = nodeOf(ground, claim);
  if (node < 0) return null;
  const { of } = claim.about!;
  if (of === null) return run.shown.value[node];
  const { arrivals, value, of: output } = run.trace;
  const last = arrivals.start[node + 1] - 1;
  return shown[of] === output && last >= arrivals.start[node] ? value[arrivals.events[last]] : null;
}

const CONTRIBUTE = EVENT_KINDS.indexOf('contribute');

/** The position at which the number that a claim is about is born; null where no step makes it. */
export function birthOf(ground: Ground, claim: Claim): number | null {
  const { run, shown } = ground;
  const { trace } = run;
  const node = nodeOf(ground, claim);
  if (node < 0) return null;
  const { of } = claim.about!;
  const { start, events } = of === null ? trace.values : trace.arrivals;
  if (of === null) return start[node] === start[node + 1] ? null : events[start[node]] + 1;
  const output = shown[of];
  if (output === trace.of) return start[node] === start[node + 1] ? null : events[start[node + 1] - 1] + 1;
  for (let event = 0; event < trace.length; event++) {
    if (trace.kind[event] !== CONTRIBUTE || trace.node[event] !== output) continue;
    if (run.shown.inputs[run.shown.inputStart[output] + trace.slot[event]] === node) return event + 1;
  }
  return null;
}
