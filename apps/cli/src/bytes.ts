import {
  accessSync,
  constants,
  createReadStream,
  existsSync,
  readdirSync,
  statSync,
  type Stats,
} from 'node:fs';
import { open, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { nearest } from './nearest.ts';
import { UnreadableInput } from './problem.ts';
import { FileNotWritten } from './train-problem.ts';

/** The bytes of a file of at most `limit`. Throws `UnreadableInput`. */
export async function readBytes(folder: string, file: string, limit: number): Promise<Buffer> {
  const path = resolve(folder, file);
  let found: Stats | undefined;
  try {
    found = statSync(path, { throwIfNoEntry: false });
  } catch {
    found = undefined;
  }
  if (found === undefined) {
    throw new UnreadableInput(file, { kind: 'missing', suggestion: similarFile(path, file) });
  }
  if (found.isDirectory()) throw new UnreadableInput(file, { kind: 'folder' });
  if (found.isFile() && found.size > limit) {
    throw new UnreadableInput(file, { kind: 'large', bytes: found.size, limit });
  }
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const part of createReadStream(path) as AsyncIterable<Buffer>) {
      size += part.length;
      if (size > limit) throw new UnreadableInput(file, { kind: 'large', bytes: null, limit });
      parts.push(part);
    }
  } catch (error) {
    if (error instanceof UnreadableInput) throw error;
    throw new UnreadableInput(file, { kind: 'system', message: messageOf(error) });
  }
  return Buffer.concat(parts);
}

function similarFile(path: string, file: string): string | null {
  try {
    const name = nearest(basename(path), readdirSync(dirname(path)));
    return name && join(dirname(file), name);
  } catch {
    return null;
  }
}

/** A file of text in UTF-8. Throws `UnreadableInput`. */
export async function readText(folder: string, file: string, limit: number): Promise<string> {
  const bytes = await readBytes(folder, file, limit);
  const zero = bytes.indexOf(0);
  if (zero >= 0) throw new UnreadableInput(file, { kind: 'binary', at: zero });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UnreadableInput(file, { kind: 'encoding' });
  }
}

/** Writes a file as a whole or not at all: whoever reads it meanwhile reads the one that was there. Throws `FileNotWritten`. */
export async function writeWhole(folder: string, file: string, content: string | Uint8Array): Promise<void> {
  const path = resolve(folder, file);
  const beside = `${path}.${process.pid}.part`;
  try {
    // A device or a pipe has no place that another file could take.
    checkWritable(folder, file);
    if (existsSync(path) && !statSync(path).isFile()) return await writeFile(path, content);
    const handle = await open(beside, 'w');
    try {
      await handle.writeFile(content);
      // On the disk before it takes the other's place.
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true }).catch(() => {});
    if (error instanceof FileNotWritten) throw error;
    throw new FileNotWritten(file, {
      kind: 'system',
      message: messageOf(error).replaceAll(beside, file).replaceAll(path, file),
    });
  }
}

/** Throws `FileNotWritten` where `writeWhole` would certainly fail: to be asked before hours of work. */
export function checkWritable(folder: string, file: string): void {
  const path = resolve(folder, file);
  try {
    const there = statSync(path, { throwIfNoEntry: false });
    if (there?.isDirectory()) throw new FileNotWritten(file, { kind: 'folder' });
    if (there === undefined && !existsSync(dirname(path))) {
      throw new FileNotWritten(file, { kind: 'nowhere' });
    }
    if (there !== undefined) accessSync(path, constants.W_OK);
    // A file is replaced as a whole, which its folder has to allow.
    if (there?.isFile() ?? true) accessSync(dirname(path), constants.W_OK);
  } catch (error) {
    if (error instanceof FileNotWritten) throw error;
    throw new FileNotWritten(file, { kind: 'system', message: messageOf(error) });
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
