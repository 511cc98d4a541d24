/** Thrown when packed bytes unfold to more than was allowed; nothing beyond the limit was kept. */
export class TooLargeError extends Error {
  readonly limit: number;
  constructor(limit: number) {
    super(`Expected at most ${limit} bytes, found more.`);
    this.limit = limit;
  }
}

/** Thrown for text or bytes that cannot be decoded. */
export class DamagedError extends Error {}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const DIGIT = new Map(Array.from(ALPHABET, (letter, digit) => [letter, digit]));

/** Base64url without padding (RFC 4648, section 5). */
export function toBase64Url(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const rest = bytes.length - i;
    const word = (bytes[i] << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    let group = ALPHABET[word >> 18] + ALPHABET[(word >> 12) & 63];
    if (rest > 1) group += ALPHABET[(word >> 6) & 63];
    if (rest > 2) group += ALPHABET[word & 63];
    parts.push(group);
  }
  return parts.join('');
}

export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  if (text.length % 4 === 1) throw new DamagedError(`Expected base64url, found ${text.length} letters.`);
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let word = 0;
  let bits = 0;
  let at = 0;
  for (const letter of text) {
    const digit = DIGIT.get(letter);
    if (digit === undefined) throw new DamagedError(`Expected a base64url letter, found ${letter}.`);
    word = ((word << 6) | digit) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (word >> bits) & 0xff;
    }
  }
  return bytes;
}

/** CRC-32 (ISO 3309), which tells a link that was cut short from a whole one. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

export async function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return collect(new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate-raw')), Infinity);
}

/** Packed bytes enter in pieces so small that even the densest of them unfolds to about a megabyte. */
const PIECE = 1024;

/** Unfolds raw deflate data, and stops with `TooLargeError` as soon as more than `limit` bytes have come out. */
export async function inflate(
  bytes: Uint8Array<ArrayBuffer>,
  limit: number,
): Promise<Uint8Array<ArrayBuffer>> {
  let at = 0;
  const pieces = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      pull(controller) {
        if (at >= bytes.length) return controller.close();
        controller.enqueue(bytes.subarray(at, (at += PIECE)));
      },
    },
    { highWaterMark: 0 },
  );
  try {
    return await collect(pieces.pipeThrough(new DecompressionStream('deflate-raw')), limit);
  } catch (error) {
    if (error instanceof TooLargeError) throw error;
    throw new DamagedError('Expected compressed data, found something else.', { cause: error });
  }
}

/** Reads a stream to its end, or cancels it once it has given more than `limit` bytes. */
export async function collect(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  limit: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = stream.getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > limit) {
      await reader.cancel().catch(() => undefined);
      throw new TooLargeError(limit);
    }
    chunks.push(value);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
