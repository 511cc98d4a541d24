import type { CompileOptions } from '@backflow/language';

/** What reads the network lines of a text, as an option of `compile`; fetched only where there may be some. */
export async function networkReader(text: string): Promise<Pick<CompileOptions, 'extension'>> {
  if (!/\bmlp\s*\(/.test(text)) return {};
  const { networks } = await import('@backflow/language/network');
  return { extension: networks() };
}
