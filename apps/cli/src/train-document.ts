import { compile, LIMITS } from '@backflow/language';
import { networks } from '@backflow/language/network';
import type { Call } from './command.ts';
import { FormulaRefused, printDiagnostic } from './program.ts';
import { readSource } from './source.ts';
import { besides } from './train-data.ts';
import { NoNetwork } from './train-problem.ts';
import type { Parts } from './train-spec.ts';

/** UTF-8 takes at most three bytes for each UTF-16 unit that the language counts. */
const MOST_BYTES = 3 * LIMITS.textLength;

/** The network lines of the document; prints what is wrong with it. Throws a `Problem`. */
export async function readDocument(call: Call): Promise<Parts> {
  const { terminal, messages, input } = call;
  if (input === '-' && terminal.input.isTTY) terminal.err.write(`${messages.notices.awaiting}\n`);
  const source = await readSource(input, terminal, MOST_BYTES);
  const { recording, network, diagnostics } = compile(source.text, { extension: networks() });
  // The files are read next: what is shown without them is nothing to this command.
  const told = diagnostics.filter(({ data }) => !('problem' in data && data.problem === 'filesMissing'));
  for (const diagnostic of told) printDiagnostic(call, source, diagnostic);
  if (recording === null) throw new FormulaRefused();
  if (network === null) throw new NoNetwork(source.origin);
  const { data, loss, train } = network;
  return {
    network: network.network,
    data: data && besides(data, source.kind === 'file' ? input : ''),
    loss,
    train,
  };
}
