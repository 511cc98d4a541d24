import type { Recording } from '@backflow/engine';
import { compile, type CompileOptions, type DiagnosticCode, type DiagnosticRecord } from '@backflow/language';
import type { NetworkDocument } from '@backflow/language/network';

/** What a text says: a recording, or why there is none. Plain data, as it comes from a worker. */
export interface Compiled {
  readonly text: string;
  readonly recording: Recording | null;
  readonly problems: readonly DiagnosticRecord[];
  /** The network that the text describes; null for none. */
  readonly network: NetworkDocument | null;
}

/** What reads network lines, once it has been fetched. */
export const reader: Pick<CompileOptions, 'extension'> = {};

/** True for a text that may describe a network, while what reads it has still to be fetched. */
export const awaitsNetworks = (text: string): boolean =>
  reader.extension === undefined && /\bmlp\s*\(/.test(text);

/** Fetches what reads network lines; from then on they are read. */
export const fetchNetworks = async (): Promise<void> => {
  const { networks } = await import('@backflow/language/network');
  Object.assign(reader, { extension: networks() });
};

export function compileWhole(text: string, limits: CompileOptions['limits'] = {}): Compiled {
  const { recording, diagnostics, network } = compile(text, { limits, ...reader });
  return { text, recording, problems: diagnostics, network };
}

/** Texts and programs up to this size are compiled at once, without a worker. */
const NEAR = { textLength: 20_000, nodes: 3_000, edges: 12_000 } as const;

const TOO_LARGE: ReadonlySet<DiagnosticCode> = new Set(['too-many-nodes', 'too-many-edges']);

/** Compiles a small program on the spot; null if it is not small, which is known before it is expanded. */
export function compileNear(text: string): Compiled | null {
  if (text.length > NEAR.textLength) return null;
  const { nodes, edges } = NEAR;
  const compiled = compileWhole(text, { nodes, edges });
  return compiled.problems.some(({ code }) => TOO_LARGE.has(code)) ? null : compiled;
}
