import { defineFromJson, recordingFromJson, type Recording } from '@backflow/engine';
import { collect } from '../link/bytes.ts';
import { brought } from '../state/bounded-worker.ts';
import { compileWhole } from '../state/compiling.ts';

/** A recording file may have this many bytes. */
const MOST_BYTES = 64_000_000;

/** Numbers that differ by this share of themselves are the same, computed by others. */
const ROUNDING = 1e-9;
/** Smaller ones than this share of the largest may be all rounding: differences of what is nearly equal. */
const ROUNDING_BELOW = 1e-3;

/** Thrown for an address of another place. */
class ForeignAddressError extends Error {
  override readonly name = 'ForeignAddressError';
}

/** A recording made elsewhere, as a text that gives the same numbers, or as it is where no text does. */
export type OpenedRecording =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'fixed'; readonly text: string; readonly recording: Recording };

/** `operations`: the address of the operations that the recording uses and the table does not have. */
export async function openRecording(address: string, operations: string | null): Promise<OpenedRecording> {
  let whole = true;
  if (operations !== null) {
    brought.definitions = await textAt(operations);
    whole = defineFromJson(brought.definitions).every((operation) => operation.whole);
  }
  const recording = recordingFromJson(await textAt(address));
  const { programOf } = await import('./derivation.ts');
  const text = programOf(recording);
  const { recording: again } = compileWhole(text);
  if (whole && again !== null && hasSameNumbers(recording, again)) return { kind: 'text', text };
  return { kind: 'fixed', text, recording };
}

async function textAt(address: string): Promise<string> {
  const url = new URL(address, location.href);
  if (url.origin !== location.origin) throw new ForeignAddressError(url.origin);
  const response = await fetch(url);
  if (!response.ok || response.body === null) throw new Error(`${response.status} ${response.statusText}`);
  return new TextDecoder('utf-8', { fatal: true }).decode(await collect(response.body, MOST_BYTES));
}

/**
 * True if both have the same output and the same values. Names and order may differ: a label such as `my loss` is no name
 * in a program. So may last bits, since the program may have run on another JavaScript engine with an `exp` of its own.
 */
function hasSameNumbers(a: Recording, b: Recording): boolean {
  const ours = a.value.toSorted();
  const theirs = b.value.toSorted();
  const largest = ours.reduce((most, x) => (Number.isFinite(x) ? Math.max(most, Math.abs(x)) : most), 0);
  const isSame = (x: number, y: number): boolean =>
    Object.is(x, y) ||
    (Number.isFinite(x) && Math.abs(x - y) <= ROUNDING * Math.max(Math.abs(x), ROUNDING_BELOW * largest));
  return (
    a.count === b.count &&
    isSame(a.value[a.output], b.value[b.output]) &&
    ours.every((value, index) => isSame(value, theirs[index]))
  );
}
