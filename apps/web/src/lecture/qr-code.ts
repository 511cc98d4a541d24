import encodeQR from 'qr';

/** What the largest code holds, version 40 at the lowest level of correction. */
export const MOST_BYTES = 2953;
/** Codes up to this many modules a side are still read when some of it is damaged or out of focus. */
const EASY = 97;
/** The quiet zone that the standard asks for, in modules. */
const QUIET = 4;

/** A QR code as a path of unit squares, the quiet zone around it included. */
export interface Code {
  /** Modules a side. */
  readonly size: number;
  readonly path: string;
}

/** Null where the text is too long for any code. */
export function codeOf(text: string): Code | null {
  if (new TextEncoder().encode(text).length > MOST_BYTES) return null;
  // More correction where it costs no readability.
  let rows = encodeQR(text, 'raw', { ecc: 'low', encoding: 'byte', border: QUIET });
  for (const ecc of ['medium', 'quartile'] as const) {
    try {
      const safer = encodeQR(text, 'raw', { ecc, encoding: 'byte', border: QUIET });
      if (safer.length > Math.max(rows.length, EASY)) break;
      rows = safer;
    } catch {
      break;
    }
  }
  let path = '';
  for (const [y, row] of rows.entries()) {
    for (let x = 0; x < row.length; x++) {
      if (!row[x]) continue;
      const from = x;
      while (x + 1 < row.length && row[x + 1]) x++;
      path += `M${from} ${y}h${x + 1 - from}v1H${from}z`;
    }
  }
  return { size: rows.length, path };
}
