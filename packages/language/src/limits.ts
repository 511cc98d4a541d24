/** What a program may ask for before it is refused. Untrusted text (a link, a file) is held to the same. */
export interface Limits {
  /** Characters (UTF-16 units) of the whole text. */
  readonly textLength: number;
  /** Open brackets, signs, roots and exponents around one operand. */
  readonly depth: number;
  /** Nodes of the graph, counted before the first one is recorded. */
  readonly nodes: number;
  /** Edges of the graph (one for each use of a node), counted before the first node is recorded. */
  readonly edges: number;
  /** Problems reported at once. */
  readonly diagnostics: number;
}

export const LIMITS: Limits = {
  textLength: 200_000,
  depth: 256,
  nodes: 200_000,
  edges: 1_000_000,
  diagnostics: 100,
};
