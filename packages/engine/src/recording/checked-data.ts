import { RecordingError } from '../errors.ts';

// Reads data from elsewhere part by part; each function throws RecordingError with the place, the find and what is due.

export function objectAt(path: string, found: unknown): ReadonlyMap<string, unknown> {
  if (typeof found !== 'object' || found === null || Array.isArray(found)) {
    throw new RecordingError(path, found, 'an object');
  }
  return new Map(Object.entries(found));
}

export function listAt(path: string, found: unknown, longest: number): readonly unknown[] {
  if (!Array.isArray(found)) throw new RecordingError(path, found, 'an array');
  if (found.length > longest) throw new RecordingError(path, found, `at most ${longest} entries`);
  return found;
}

export function pairAt(path: string, found: unknown): readonly unknown[] {
  if (!Array.isArray(found) || found.length !== 2) throw new RecordingError(path, found, 'a pair');
  return found;
}

export function arrayAt<T extends Uint8Array | Int32Array | Float64Array>(
  path: string,
  found: unknown,
  kind: abstract new (...given: never[]) => T,
  length?: number,
): T {
  if (!(found instanceof kind)) throw new RecordingError(path, found, 'a typed array of its kind');
  if (length !== undefined && found.length !== length) {
    throw new RecordingError(`${path}.length`, found.length, String(length));
  }
  return found;
}

export function integerAt(path: string, found: unknown, least = -(2 ** 31), most = 2 ** 31 - 1): number {
  if (typeof found !== 'number' || !Number.isInteger(found) || found < least || found > most) {
    throw new RecordingError(path, found, `a whole number from ${least} to ${most}`);
  }
  // Not −0.
  return found + 0;
}

export function textAt(path: string, found: unknown, longest: number): string {
  if (typeof found !== 'string' || found.length > longest) {
    throw new RecordingError(path, found, `a text of at most ${longest} characters`);
  }
  return found;
}

export function numberToJson(value: number): number | string {
  return Number.isFinite(value) && !Object.is(value, -0)
    ? value
    : Object.is(value, -0)
      ? '-0'
      : String(value);
}

export function numberFromJson(path: string, found: unknown): number {
  // 1e999 is a number of JSON and no double.
  if (typeof found === 'number' && Number.isFinite(found)) return found;
  switch (found) {
    case '-0':
      return -0;
    case 'NaN':
      return NaN;
    case 'Infinity':
      return Infinity;
    case '-Infinity':
      return -Infinity;
    default:
      throw new RecordingError(path, found, 'a finite number, or "NaN", "Infinity", "-Infinity", "-0"');
  }
}
