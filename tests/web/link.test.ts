import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc32, fromBase64Url, inflate, toBase64Url, TooLargeError } from '../../apps/web/src/link/bytes.ts';
import { decodeLink, encodeLink } from '../../apps/web/src/link/codec.ts';
import { LINK_BYTES } from '../../apps/web/src/link/limits.ts';
import type { LinkState } from '../../apps/web/src/link/schema.ts';

const whole: LinkState = {
  text: '# A product\n\n```backflow\nx = 3\ny = x·x\n```\n'.repeat(8),
  step: { pass: 'backward', kind: 'contribute', key: 'y', slot: 1 },
  view: {
    mode: 'table',
    camera: { x: 1.5, y: -2, ratio: 0.25 },
    source: false,
    selected: 'w^{(2)}_{11}',
    hide: ['menu'],
  },
};

const packed = (json: string): string => {
  const bytes = new Uint8Array(deflateRawSync(json));
  return `#1.z${toBase64Url(bytes)}.${crc32(bytes).toString(36)}`;
};

const plain = (json: string): string => {
  const bytes = new TextEncoder().encode(json);
  return `#1.p${toBase64Url(bytes)}.${crc32(bytes).toString(36)}`;
};

describe('a link', () => {
  it('brings back document, step and view', async () => {
    expect(await decodeLink(await encodeLink(whole))).toEqual({ kind: 'state', state: whole });
  });

  it('says that a text is notes', async () => {
    const notes = { text: 'dy/dx = 2', view: { notes: true } };
    expect(await decodeLink(await encodeLink(notes))).toEqual({ kind: 'state', state: notes });
  });

  it('is plain when short and compressed when long', async () => {
    expect(await encodeLink({ text: 'y = x' })).toMatch(/^#1\.p/);
    const long = await encodeLink(whole);
    expect(long).toMatch(/^#1\.z/);
    expect(long.length).toBeLessThan(JSON.stringify(whole).length);
  });

  it('carries any text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 400 }), async (text) => {
        expect(await decodeLink(await encodeLink({ text }))).toEqual({ kind: 'state', state: { text } });
      }),
      { seed: 20, numRuns: 100 },
    );
  });

  it('is told from none at all', async () => {
    expect(await decodeLink('')).toEqual({ kind: 'none' });
    expect(await decodeLink('#')).toEqual({ kind: 'none' });
  });

  it('never opens when cut anywhere', async () => {
    for (const link of [await encodeLink(whole), await encodeLink({ text: 'y = x' })]) {
      for (let length = 2; length < link.length; length++) {
        const decoded = await decodeLink(link.slice(0, length));
        expect(decoded.kind, `${length} of ${link.length}`).toBe('failure');
      }
      expect(await decodeLink(link.slice(0, link.length / 2))).toEqual({ kind: 'failure', failure: 'cut' });
    }
  });

  it.each([
    ['#hello', 'damaged'],
    ['#2.zAAAA.0', 'newer'],
    ['#1.zAA AA.0', 'damaged'],
    ['#1.qAAAA.0', 'damaged'],
    ['#1.zAAAA.0.0', 'damaged'],
    [`#1.p${'A'.repeat(3_000_001)}.0`, 'large'],
  ] as const)('%.20s… is %s', async (fragment, failure) => {
    expect(await decodeLink(fragment)).toEqual({ kind: 'failure', failure });
  });

  it.each([
    ['no text', '{}'],
    ['a list', '[]'],
    ['null', 'null'],
    ['half a JSON text', '{"text":"x'],
    ['a camera at infinity', '{"text":"x","view":{"camera":{"x":1e999,"y":0,"ratio":1}}}'],
    ['a camera without a size', '{"text":"x","view":{"camera":{"x":0,"y":0,"ratio":0}}}'],
    ['an unknown mode', '{"text":"x","view":{"mode":"tree"}}'],
    ['a fractional slot', '{"text":"x","step":{"pass":"b","kind":"seed","key":"y","slot":0.5}}'],
    ['a key of 3,000 letters', `{"text":"x","view":{"selected":"${'k'.repeat(3000)}"}}`],
    ['deep nesting', '['.repeat(50_000)],
  ])('with %s is damaged', async (_what, json) => {
    expect(await decodeLink(plain(json))).toEqual({ kind: 'failure', failure: 'damaged' });
  });

  it('drops members it does not know, and cannot reach a prototype', async () => {
    const decoded = await decodeLink(
      plain('{"text":"x","extra":1,"__proto__":{"mode":"table"},"view":{"__proto__":{"mode":"table"}}}'),
    );
    expect(decoded).toEqual({ kind: 'state', state: { text: 'x', view: {} } });
    expect(({} as { mode?: string }).mode).toBeUndefined();
  });

  it('refuses a bomb of 50 MB', async () => {
    const bomb = packed(JSON.stringify({ text: ' '.repeat(50_000_000) }));
    expect(bomb.length).toBeLessThan(100_000);
    expect(await decodeLink(bomb)).toEqual({ kind: 'failure', failure: 'large' });
  });

  it('stops unfolding a bomb at the limit', async () => {
    const bomb = new Uint8Array(deflateRawSync(new Uint8Array(50_000_000)));
    let unfolded = 0;
    const Native = globalThis.DecompressionStream;
    class Counting extends Native {
      override readonly readable: ReadableStream<Uint8Array<ArrayBuffer>>;
      constructor(format: CompressionFormat) {
        super(format);
        const counter = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>(
          {
            transform(chunk, controller) {
              unfolded += chunk.length;
              controller.enqueue(chunk);
            },
          },
          undefined,
          { highWaterMark: 0 },
        );
        this.readable = super.readable.pipeThrough(counter);
      }
    }
    globalThis.DecompressionStream = Counting;
    try {
      await expect(inflate(bomb, LINK_BYTES)).rejects.toBeInstanceOf(TooLargeError);
    } finally {
      globalThis.DecompressionStream = Native;
    }
    expect(unfolded).toBeLessThan(2 * LINK_BYTES);
  });

  it('accepts two megabytes less a little', async () => {
    const decoded = await decodeLink(packed(JSON.stringify({ text: ' '.repeat(LINK_BYTES - 100) })));
    expect(decoded.kind).toBe('state');
  });
});

describe('base64url', () => {
  it('brings back any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const text = toBase64Url(bytes);
        expect(text).toBe(Buffer.from(bytes).toString('base64url'));
        expect(fromBase64Url(text)).toEqual(bytes);
      }),
      { seed: 21 },
    );
  });

  it('has the published check value of CRC-32', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
  });
});
