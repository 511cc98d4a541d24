import { createReadStream, readdirSync, statSync, type Stats } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { nearest } from './nearest.ts';
import { UnreadableInput } from './problem.ts';
import type { Terminal } from './terminal.ts';

/** A program, and where it came from. */
export interface Source {
  /** What stands before a line number: a file's name, `stdin`, `formula`, `notes`. */
  readonly origin: string;
  readonly text: string;
  /** `formula`: it stands on the command line. */
  readonly kind: 'formula' | 'file' | 'stdin';
}

/**
 * Finds out what an INPUT is: `-` is standard input, an existing path is a file, anything else is a formula, or notes
 * where `written` says so. Reads at most `limit` bytes. Throws `UnreadableInput`.
 */
export async function readSource(
  input: string,
  terminal: Terminal,
  limit: number,
  written: 'formula' | 'notes' = 'formula',
): Promise<Source> {
  if (input === '-')
    return { origin: 'stdin', kind: 'stdin', text: await readAll('stdin', terminal.input.chunks(), limit) };
  if (input.trim() === '') throw new UnreadableInput(written, { kind: 'empty' });
  const path = resolve(terminal.folder, input);
  const found = statusOf(path);
  if (found === undefined) {
    if (isPlainlyPath(input)) {
      throw new UnreadableInput(input, { kind: 'missing', suggestion: similarFile(path, input) });
    }
    return { origin: written, kind: 'formula', text: input };
  }
  if (found.isDirectory()) throw new UnreadableInput(input, { kind: 'directory' });
  if (found.isFile() && found.size > limit) {
    throw new UnreadableInput(input, { kind: 'large', bytes: found.size, limit });
  }
  return { origin: input, kind: 'file', text: await readAll(input, createReadStream(path), limit) };
}

/** `examples/mazur.md` or `a/b`: a formula that does not work and may have been meant as a file. */
export function mayBePath(input: string): boolean {
  return /^[^\s=()*+^]*\/[^\s=()*+^]*$/.test(input);
}

/** Nobody writes a formula like this. */
function isPlainlyPath(input: string): boolean {
  return (
    /^[^\n=()*+^]+\.(md|txt|bf)$/.test(input) || /^(\.{0,2}|~)\/[^\n=()*+^]*$|^[A-Za-z]:[\\/]/.test(input)
  );
}

function statusOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    // A name too long, a NUL, a file used as a folder: no such path.
    return undefined;
  }
}

function similarFile(path: string, input: string): string | null {
  try {
    const name = nearest(basename(path), readdirSync(dirname(path)));
    return name && join(dirname(input), name);
  } catch {
    return null;
  }
}

async function readAll(origin: string, chunks: AsyncIterable<Uint8Array>, limit: number): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of chunks) {
      size += chunk.length;
      if (size > limit) throw new UnreadableInput(origin, { kind: 'large', bytes: null, limit });
      parts.push(chunk);
    }
  } catch (error) {
    if (error instanceof UnreadableInput) throw error;
    throw new UnreadableInput(origin, {
      kind: 'system',
      message: error instanceof Error ? error.message : String(error),
    });
  }
  return decode(origin, Buffer.concat(parts));
}

/** UTF-8, or UTF-16 where a byte order mark says so (the redirections of Windows write it). */
function decode(origin: string, bytes: Uint8Array): string {
  const [first, second] = bytes;
  const wide = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  const zero = bytes.indexOf(0);
  if (!wide && zero >= 0) throw new UnreadableInput(origin, { kind: 'binary', at: zero });
  const encoding = !wide ? 'utf-8' : first === 0xff ? 'utf-16le' : 'utf-16be';
  let text: string;
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new UnreadableInput(origin, { kind: 'encoding' });
  }
  if (text.trim() === '') throw new UnreadableInput(origin, { kind: 'empty' });
  return text;
}
