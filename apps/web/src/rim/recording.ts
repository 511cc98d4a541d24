import { recordingFromJson, type Recording } from '@backflow/engine';
import { collect } from '../link/bytes.ts';
import { compileWhole } from '../state/compiling.ts';

/** A recording file may have this many bytes. */
const MOST_BYTES = 64_000_000;

/** Thrown for an address of another place. */
class ForeignAddressError extends Error {
  override readonly name = 'ForeignAddressError';
}

/** A recording made elsewhere, as a text that gives the same numbers, or as it is where no text does. */
export type OpenedRecording =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'fixed'; readonly text: string; readonly recording: Recording };

export async function openRecording(address: string): Promise<OpenedRecording> {
  const url = new URL(address, location.href);
  if (url.origin !== location.origin) throw new ForeignAddressError(url.origin);
  const response = await fetch(url);
  if (!response.ok || response.body === null) throw new Error(`${response.status} ${response.statusText}`);
  const bytes = await collect(response.body, MOST_BYTES);
  const recording = recordingFromJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  const { programOf } = await import('./derivation.ts');
  const text = programOf(recording);
  const { recording: again } = compileWhole(text);
  if (again !== null && hasSameNumbers(recording, again)) return { kind: 'text', text };
  return { kind: 'fixed', text, recording };
}

/**
 * True if both have the same output and the same values, bit for bit. Names and order may differ: a label such as
 * `my loss` is no name in a program.
 */
function hasSameNumbers(a: Recording, b: Recording): boolean {
  if (a.count !== b.count || !Object.is(a.value[a.output], b.value[b.output])) return false;
  const ours = a.value.toSorted();
  const theirs = b.value.toSorted();
  return ours.every((value, index) => Object.is(value, theirs[index]));
}
