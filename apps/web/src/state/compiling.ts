import type { Recording } from '@backflow/engine';
import { compile, type DiagnosticCode, type DiagnosticRecord } from '@backflow/language';

/** What a text says: a recording, or why there is none. Plain data, as it comes from a worker. */
export interface Compiled {
  readonly text: string;
  readonly recording: Recording | null;
  readonly problems: readonly DiagnosticRecord[];
}

export function compileWhole(text: string): Compiled {
  const { recording, diagnostics } = compile(text);
  return { text, recording, problems: diagnostics };
}

/** Texts and programs up to this size are compiled at once, without a worker. */
const NEAR = { textLength: 20_000, nodes: 3_000, edges: 12_000 } as const;

const TOO_LARGE: ReadonlySet<DiagnosticCode> = new Set(['too-many-nodes', 'too-many-edges']);

/** Compiles a small program on the spot; null if it is not small, which is known before it is expanded. */
export function compileNear(text: string): Compiled | null {
  if (text.length > NEAR.textLength) return null;
  const { nodes, edges } = NEAR;
  const { recording, diagnostics } = compile(text, { limits: { nodes, edges } });
  if (diagnostics.some(({ code }) => TOO_LARGE.has(code))) return null;
  return { text, recording, problems: diagnostics };
}
