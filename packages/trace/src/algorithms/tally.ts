import { ACCUMULATE, CONTRIBUTE, EVALUATE, RECOMPUTE, REUSE, SEED, UPDATE, VISIT } from '../events.ts';
import { checkPosition } from '../state.ts';
import type { Trace } from '../trace.ts';

/** What a run has cost up to a position; see `Counters`. */
export interface Tally {
  readonly visits: number;
  readonly multiplications: number;
  readonly additions: number;
  readonly hits: number;
  readonly forwardPasses: number;
}

/** What one event counts as: a column of a tally. Column 0 is for events that cost nothing. */
const CODE = { visits: 1, multiplications: 2, additions: 3, hits: 4, forwardPasses: 5 } as const;
const COLUMNS = 6;

/** Events between two stored tallies. */
const BLOCK = 256;

interface Ledger {
  /** Per event, a column. */
  readonly code: Uint8Array;
  /** The tally before every BLOCK-th event, one row after the other. */
  readonly before: Int32Array;
}

const known = new WeakMap<Trace, Ledger>();

/**
 * What a run has cost when a position is reached: the counters of its algorithm, which they come to at the end. The
 * first forward pass is not counted; a further one counts from its beginning. O(1), after O(length) once per trace.
 * Throws PositionError.
 */
export function tallyAt(trace: Trace, position: number): Tally {
  checkPosition(trace, position);
  let ledger = known.get(trace);
  if (ledger === undefined) known.set(trace, (ledger = ledgerOf(trace)));
  const { code, before } = ledger;
  const block = Math.floor(position / BLOCK);
  const row = before.slice(block * COLUMNS, (block + 1) * COLUMNS);
  for (let event = block * BLOCK; event < position; event++) row[code[event]]++;
  return {
    visits: row[CODE.visits],
    multiplications: row[CODE.multiplications],
    additions: row[CODE.additions],
    hits: row[CODE.hits],
    forwardPasses: row[CODE.forwardPasses],
  };
}

function ledgerOf(trace: Trace): Ledger {
  const code = codesOf(trace);
  const before = new Int32Array((Math.floor(code.length / BLOCK) + 1) * COLUMNS);
  const row = new Int32Array(COLUMNS);
  for (let event = 0; event < code.length; event++) {
    row[code[event]]++;
    if ((event + 1) % BLOCK === 0) before.set(row, ((event + 1) / BLOCK) * COLUMNS);
  }
  return { code, before };
}

function codesOf({ algorithm, kind, length, node, passes, recording }: Trace): Uint8Array {
  const code = new Uint8Array(length);
  const begun = passes.find((pass) => pass.kind === 'backward')?.from ?? length;
  /** Per node, the pass in which it last got something. */
  const got = new Int32Array(recording.count);
  let pass = 0;
  let moved = false;
  for (let event = begun; event < length; event++) {
    switch (kind[event]) {
      case SEED:
        pass++;
        if (algorithm === 'forward') code[event] = CODE.forwardPasses;
        break;
      case VISIT:
      case RECOMPUTE:
      case EVALUATE:
        code[event] = CODE.visits;
        break;
      case CONTRIBUTE:
        code[event] = CODE.multiplications;
        break;
      case ACCUMULATE:
        if (got[node[event]] === pass && pass > 0 && algorithm !== 'overwrite') code[event] = CODE.additions;
        got[node[event]] = pass;
        break;
      case REUSE:
        code[event] = CODE.hits;
        break;
      case UPDATE:
        // There and back again: only a leaf that is moved makes a pass.
        moved = algorithm === 'numeric' && !moved;
        if (moved) code[event] = CODE.forwardPasses;
        break;
    }
  }
  return code;
}
