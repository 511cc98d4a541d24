import { compile, type CompileOptions } from '@backflow/language';
import type { DocumentExample, NetworkDocument } from '@backflow/language/network';
import type { Call } from './command.ts';
import { UnreadableInput } from './problem.ts';
import type { Source } from './source.ts';
import { besides, readExamples } from './train-data.ts';
import { fileOption } from './train-options.ts';
import { NoNetwork } from './train-problem.ts';
import { readWeights } from './weights.ts';
import { plain } from './width.ts';

type Reader = Pick<CompileOptions, 'extension'>;

/** What reads the network lines of a text, as an option of `compile`; fetched only where there may be some. */
export async function networkReader(text: string): Promise<Reader> {
  if (!/\bmlp\s*\(/.test(text)) return {};
  const { networks } = await import('@backflow/language/network');
  return { extension: networks() };
}

/**
 * The same for a source, with the weights of `--parameters` and the example from the files that it names; these may be missing,
 * which is said. Throws a `Problem`.
 */
export async function networkReaderOf(
  call: Call,
  source: Source,
  values: ReadonlyMap<string, number>,
): Promise<Reader> {
  const reader = await networkReader(source.text);
  const file = fileOption(call, 'parameters');
  const network = reader.extension === undefined ? null : compile(source.text, { values, ...reader }).network;
  if (network === null) {
    if (file !== undefined && reader.extension === undefined) throw new NoNetwork(source.origin);
    return reader;
  }
  const read = file === undefined ? null : await readWeights(call.terminal.folder, file, network.network);
  const example = await exampleOfFiles(call, source, network);
  if (read === null && example === null) return reader;
  const { networks } = await import('@backflow/language/network');
  return {
    extension: networks({
      ...(read !== null && { parameters: read.parameters }),
      ...(example !== null && { example: () => example }),
    }),
  };
}

async function exampleOfFiles(
  call: Call,
  source: Source,
  { network, data, loss, example }: NetworkDocument,
): Promise<DocumentExample | null> {
  if (data?.kind !== 'csv' && data?.kind !== 'images') return null;
  try {
    const { dataset } = await readExamples(
      call,
      besides(data, source.kind === 'file' ? call.input : ''),
      null,
    );
    const { exampleOf } = await import('@backflow/language/network');
    return example < dataset.size ? exampleOf(dataset, example, { network, loss }) : null;
  } catch (error) {
    if (!(error instanceof UnreadableInput && error.reason.kind === 'missing')) throw error;
    const { messages, terminal } = call;
    terminal.err.write(`${messages.notice}: ${plain(messages.train.zeros(error.origin))}\n`);
    return null;
  }
}
