import type { CommandMessages, Language, Messages } from '@backflow/messages';
import type { OptionName } from './arguments.ts';
import { WrongValue } from './problem.ts';
import type { Paint, Terminal } from './terminal.ts';

/** All that a command is given. */
export interface Call {
  readonly terminal: Terminal;
  readonly language: Language;
  /** The command line's own texts, and those of the other rooms. */
  readonly messages: CommandMessages;
  readonly texts: Messages;
  readonly input: string;
  /** All that stand on the command line, for a command that takes several. */
  readonly inputs: readonly string[];
  readonly options: ReadonlyMap<OptionName, readonly string[]>;
  readonly paint: Paint;
}

/** Does the work and returns the exit status. Throws a `Problem` for what cannot be done. */
export type Command = (call: Call) => Promise<number>;

/** The last value given for an option, or undefined. */
export function optionText(call: Call, name: OptionName): string | undefined {
  return call.options.get(name)?.at(-1);
}

/** A whole number from `from` to `to`. */
export function wholeOption(call: Call, name: OptionName, from: number, to: number): number | undefined {
  const text = optionText(call, name);
  if (text === undefined) return undefined;
  const value = /^\d{1,15}$/.test(text.trim()) ? Number(text) : NaN;
  if (!(value >= from && value <= to)) {
    throw new WrongValue(`--${name}`, text, ({ expected }) => expected.wholeNumber(from, to));
  }
  return value;
}

/** One of a few words. */
export function choiceOption<T extends string>(
  call: Call,
  name: OptionName,
  choices: readonly T[],
): T | undefined {
  const text = optionText(call, name);
  if (text === undefined) return undefined;
  const choice = choices.find((word) => word === text.trim());
  if (choice === undefined)
    throw new WrongValue(`--${name}`, text, ({ expected }) => expected.oneOf(choices));
  return choice;
}
