import * as v from 'valibot';
import { crc32, DamagedError, deflate, fromBase64Url, inflate, toBase64Url, TooLargeError } from './bytes.ts';
import { LINK_BYTES } from './limits.ts';
import { linkSchema, type LinkState } from './schema.ts';

/**
 * `#1.p<payload>.<check>`: format version 1; `p` plain or `z` raw deflate; base64url of a JSON text;
 * the CRC-32 of the payload's bytes in base 36, so that a link cut short is told from a whole one.
 */
const VERSION = '1';
/** Shorter texts do not gain from compression. */
const PLAIN_BYTES = 180;
/** A fragment longer than this is not read at all. */
const FRAGMENT_LENGTH = 3_000_000;

export type LinkFailure = 'cut' | 'damaged' | 'large' | 'newer';

export type DecodedLink =
  | { readonly kind: 'none' }
  | { readonly kind: 'state'; readonly state: LinkState }
  | { readonly kind: 'failure'; readonly failure: LinkFailure };

/** The fragment, with its `#`, that carries this state. */
export async function encodeLink(state: LinkState): Promise<string> {
  const json = new TextEncoder().encode(JSON.stringify(state));
  const packed = json.length > PLAIN_BYTES ? await deflate(json) : json;
  const kind = packed === json ? 'p' : 'z';
  return `#${VERSION}.${kind}${toBase64Url(packed)}.${crc32(packed).toString(36)}`;
}

/** Reads a fragment as written by `encodeLink`. Never throws, never allocates more than the limits. */
export async function decodeLink(fragment: string): Promise<DecodedLink> {
  const text = fragment.startsWith('#') ? fragment.slice(1) : fragment;
  if (text === '') return { kind: 'none' };
  if (text.length > FRAGMENT_LENGTH) return failure('large');
  const version = /^(\d{1,6})\./.exec(text)?.[1];
  if (version === undefined) return failure(/^\d{1,6}$/.test(text) ? 'cut' : 'damaged');
  if (version !== VERSION) return failure('newer');
  const parts = text.slice(version.length + 1).split('.');
  if (parts.length === 1) return failure('cut');
  const [body, check] = parts;
  if (parts.length > 2 || !/^[pz]/.test(body)) return failure('damaged');
  try {
    const packed = fromBase64Url(body.slice(1));
    const expected = crc32(packed).toString(36);
    if (expected !== check) return failure(expected.startsWith(check) ? 'cut' : 'damaged');
    const json = body.startsWith('z') ? await inflate(packed, LINK_BYTES) : packed;
    const state = v.safeParse(linkSchema, JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json)));
    return state.success ? { kind: 'state', state: state.output } : failure('damaged');
  } catch (error) {
    if (error instanceof TooLargeError) return failure('large');
    if (error instanceof DamagedError || error instanceof SyntaxError || error instanceof TypeError) {
      return failure('damaged');
    }
    throw error;
  }
}

function failure(failure: LinkFailure): DecodedLink {
  return { kind: 'failure', failure };
}
