import { crc32, deflateRawSync } from 'node:zlib';

/** Shorter texts do not gain from compression. */
const PLAIN_BYTES = 180;

/**
 * The fragment of an address with which the page opens a document: format version 1; `p` plain or `z` raw deflate;
 * base64url of a JSON text; CRC-32 of the payload's bytes in base 36. The page reads it in `link/codec.ts`.
 */
export function documentLink(text: string): string {
  const json = Buffer.from(JSON.stringify({ text }));
  const packed = json.length > PLAIN_BYTES ? deflateRawSync(json) : json;
  const kind = packed === json ? 'p' : 'z';
  return `#1.${kind}${packed.toString('base64url')}.${crc32(packed).toString(36)}`;
}
