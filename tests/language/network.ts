import { compile, type Compilation, type CompileOptions } from '@backflow/language';
import { networks, type NetworkOptions } from '@backflow/language/network';
import { en, loadMessages } from '@backflow/messages';

const de = await loadMessages('de');

/** A text, compiled with what reads network lines. */
export const read = (text: string, options: CompileOptions = {}, own: NetworkOptions = {}): Compilation =>
  compile(text, { ...options, extension: networks(own) });

/** What is said about a text, in English. */
export const said = (text: string, options: CompileOptions = {}): string[] =>
  read(text, options).diagnostics.map((diagnostic) => diagnostic.message(en));

export const saidInGerman = (text: string): string[] =>
  read(text).diagnostics.map((diagnostic) => diagnostic.message(de));

/** The text after every suggestion has been taken. */
export function mended(text: string): string {
  let result = text;
  for (const { from, to, suggestion } of read(text).diagnostics.toReversed()) {
    if (suggestion !== undefined) result = result.slice(0, from) + suggestion.replacement + result.slice(to);
  }
  return result;
}

export const MOONS = `net = mlp(2, 16, 16, 1, activation: relu, seed: 1)
data = moons(100, noise: 0.1, seed: 1)
loss = hinge(l2: 0.0001)
train = sgd(rate: 1, schedule: linear, to: 0.1, epochs: 100)
example = 7`;
