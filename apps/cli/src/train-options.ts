import type { CommandMessages } from '@backflow/messages';
import type { OptionName } from './arguments.ts';
import { optionText, type Call } from './command.ts';
import { nearest } from './nearest.ts';
import { WrongValue } from './problem.ts';
import { readNumber } from './values.ts';

/** One of a few words; what may have been meant by another is suggested. */
export function wordOption<T extends string>(
  call: Call,
  name: OptionName,
  words: readonly T[],
): T | undefined {
  const text = optionText(call, name);
  if (text === undefined) return undefined;
  const word = words.find((each) => each === text.trim());
  if (word !== undefined) return word;
  throw new WrongValue(`--${name}`, text, ({ expected }) => expected.oneOf(words), nearest(text, words));
}

/** A finite number from `from`, or above it, to below `below`. */
export function numberOption(
  call: Call,
  name: OptionName,
  range: { readonly from?: number; readonly above?: number; readonly below?: number } = {},
): number | undefined {
  const text = optionText(call, name);
  if (text === undefined) return undefined;
  const { from = -Infinity, above = -Infinity, below = Infinity } = range;
  const value = readNumber(text) ?? NaN;
  if (Number.isFinite(value) && value >= from && value > above && value < below) return value;
  const said = ({ expected }: CommandMessages): string => {
    if (below < Infinity) return expected.numberFromTo(from, below);
    if (above > -Infinity) return expected.numberAbove(above);
    return from > -Infinity ? expected.numberFrom(from) : expected.finiteNumber;
  };
  throw new WrongValue(`--${name}`, text, said);
}

const MOST_LAYERS = 1000;

/** Sizes of layers: `784,16,16,10`, also with spaces, `×` or `-` between them. */
export function sizesOption(call: Call, name: OptionName): readonly number[] | undefined {
  const text = optionText(call, name);
  if (text === undefined) return undefined;
  const parts = text.trim().split(/\s*[,;x×-]\s*|\s+/);
  const sizes = parts.map((part) => (/^\d{1,7}$/.test(part) ? Number(part) : 0));
  if (sizes.length < 2 || sizes.length > MOST_LAYERS || sizes.some((size) => size < 1)) {
    throw new WrongValue(`--${name}`, text, ({ expected }) => expected.sizes);
  }
  return sizes;
}

/** The name of a file; not nothing. */
export function fileOption(call: Call, name: OptionName): string | undefined {
  const text = optionText(call, name);
  if (text?.trim() === '') throw new WrongValue(`--${name}`, text, ({ expected }) => expected.file);
  return text;
}
