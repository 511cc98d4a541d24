import { GENERATED, type DataSpec, type GeneratedName } from '@backflow/nn';

type Generated = DataSpec & { readonly kind: GeneratedName };

/** More examples are made only where they are trained on, which is done elsewhere. */
const MOST = 5000;

/** Data that are made in the page, for a document that has them and says nothing about training; null for others. */
export function madeHere(data: DataSpec | null): Generated | null {
  if (data === null || !(GENERATED as readonly string[]).includes(data.kind)) return null;
  const generated = data as Generated;
  return generated.count <= MOST ? generated : null;
}
