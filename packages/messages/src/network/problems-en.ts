/** What an option or an argument may be. */
export interface ValueRange {
  /** A number: `least` and `most` are allowed themselves, `above` and `below` are not. */
  readonly number?: {
    readonly whole?: boolean;
    readonly least?: number;
    readonly above?: number;
    readonly below?: number;
    readonly most?: number;
  };
  readonly words?: readonly string[];
  /** A text in quotes. */
  readonly text?: boolean;
  /** One that is a word needs no quotes. */
  readonly bare?: boolean;
}

/** What a document has one of. */
export type LineRole = 'net' | 'data' | 'loss' | 'train' | 'example';

export interface Suggesting {
  readonly suggestion: string | null;
}

const ROLES: Readonly<Record<LineRole, string>> = {
  net: 'network',
  data: 'line of data',
  loss: 'loss',
  train: 'line of training',
  example: 'example',
};

const didYouMean = (suggestion: string | null): string =>
  suggestion === null ? '' : ` Did you mean ${suggestion}?`;

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

function rangeOf({ number, words = [], text = false }: ValueRange): string {
  const parts: string[] = [];
  if (number !== undefined) {
    const { whole = false, least, above, below, most } = number;
    const bounds = [
      ...(above === undefined ? [] : [`above ${above}`]),
      ...(least === undefined
        ? []
        : most === undefined
          ? [`from ${least} on`]
          : [`from ${least} to ${most}`]),
      ...(below === undefined ? [] : [`below ${below}`]),
    ];
    const kind = whole ? 'a whole number' : 'a number';
    parts.push(bounds.length === 0 ? kind : `${kind} ${bounds.join(', ')}`);
  }
  if (text) parts.push('a text in quotes');
  return listed([...parts, ...words]);
}

/** What is wrong with network lines, in English. Empty `found` is the end of the line. */
export const problemsEn = {
  unknownWord: ({ found, suggestion }: Suggesting & { found: string }): string =>
    `${found}(…) is neither a function nor a word of network lines.${didYouMean(suggestion)}`,
  bareWord: ({ found, usage }: { found: string; usage: string }): string =>
    `${found} needs its parentheses, as in ${usage}.`,
  secondLine: ({ role, line }: { role: LineRole; line: number }): string =>
    `A document has one ${ROLES[role]}, and the first is on line ${line}.`,
  needsNet: ({ found }: { found: string }): string =>
    `${found} needs a network. Write one, as in net = mlp(2, 16, 16, 1).`,
  needsData: ({ found }: { found: string }): string =>
    `${found} needs data. Write a line, as in data = moons(100).`,
  needsLoss: ({ found }: { found: string }): string =>
    `${found} needs a loss. Write a line, as in loss = squared().`,

  unexpected: ({ found, due }: { found: string; due: 'value' | 'separator' }): string =>
    `Expected ${due === 'value' ? 'a value' : 'a comma or )'}, found ${found === '' ? 'the end of the line' : found}.`,
  equals: ({ option }: { option: string }): string => `Options take a colon. Write ${option}: and the value.`,
  unclosed: (): string => 'This ( is never closed.',
  after: ({ found }: { found: string }): string =>
    `A network line ends with its parenthesis; found ${found} behind it.`,
  late: ({ found }: { found: string }): string =>
    `What has no name comes before the options; found ${found} behind one.`,

  sizes: ({ found }: { found: number }): string =>
    `mlp takes two numbers or more, the inputs and the units of each layer; found ${found === 0 ? 'none' : 'one'}.`,
  arguments: ({ word, most, found }: { word: string; most: number; found: string }): string =>
    `${word} takes ${most === 0 ? 'options only' : `at most ${counted(most, 'value', 'values')} without a name`}, found ${found}.`,
  files: ({ word, count, found }: { word: string; count: number; found: number }): string =>
    `${word} takes ${count === 1 ? 'the name of a file' : 'the names of two files, pictures and labels'}, found ${found === 0 ? 'none' : found}.`,
  unknownOption: ({
    word,
    found,
    options,
    suggestion,
  }: Suggesting & { word: string; found: string; options: readonly string[] }): string =>
    `${word} has no option ${found}.${suggestion === null ? ` Expected ${listed(options)}.` : didYouMean(suggestion)}`,
  optionTwice: ({ found }: { found: string }): string => `${found} is said twice.`,
  argument: ({
    word,
    found,
    range,
    suggestion,
  }: Suggesting & { word: string; found: string; range: ValueRange }): string =>
    `${word} takes ${rangeOf(range)}, found ${found}.${didYouMean(suggestion)}`,
  value: ({
    name,
    found,
    range,
    suggestion,
  }: Suggesting & { name: string; found: string; range: ValueRange }): string =>
    `${name} is ${found}, expected ${rangeOf(range)}.${didYouMean(suggestion)}`,
  hiddenSoftmax: (): string =>
    'softmax takes all sums of the last layer and is none for hidden units. Write output: softmax.',
  unused: ({ found, option, words }: { found: string; option: string; words: readonly string[] }): string =>
    `${found} changes nothing here: it belongs to ${option}: ${listed(words)}.`,

  inputs: ({ data, inputs, found }: { data: string; inputs: number; found: number }): string =>
    `An example of ${data} has ${counted(inputs, 'input', 'inputs')}, but the network takes ${found}. Expected ${inputs} as its first number.`,
  outputs: ({ data, classes, found }: { data: string; classes: number; found: number }): string =>
    classes === 0
      ? `${data} wants 1 number, but the network gives ${found}. Expected 1 as its last number.`
      : `${data} has ${classes} classes, but the network gives ${counted(found, 'output', 'outputs')}. Expected ${classes === 2 ? '1 or 2' : classes} as its last number.`,
  lossOutput: ({ loss, found, words }: { loss: string; found: string; words: readonly string[] }): string =>
    `${loss} is made for an output of ${listed(words)}, found ${found}. Write output: ${words[0]} in the network’s line.`,
  lossOne: (): string =>
    'crossEntropy compares classes and needs two outputs or more, found 1. For one output write binaryCrossEntropyWithLogits.',
  lossClasses: ({ loss, data }: { loss: string; data: string }): string =>
    `${loss} is for classes, but ${data} has numbers to be predicted. Expected squared, meanSquared or absolute.`,
  softmaxOne: (): string =>
    'softmax of one output is always 1. Expected two outputs or more, or output: sigmoid.',

  exampleValue: ({ found }: { found: string }): string =>
    `example is ${found === '' ? 'empty' : found}, expected a whole number from 0 on.`,
  exampleRange: ({ data, found, count }: { data: string; found: number; count: number }): string =>
    `There is no example ${found}: ${data} has ${count}, ${count === 1 ? 'number 0' : `from 0 to ${count - 1}`}.`,
  call: ({ name, inputs, found }: { name: string; inputs: number; found: string }): string =>
    `${name} takes ${inputs === 1 ? 'one number' : `a vector of ${inputs}, or ${inputs} numbers`}; found ${found}.`,
  early: ({ name }: { name: string }): string => `${name} is used above its line. Write its line first.`,
  vectorOf: ({ count }: { count: number }): string => `a vector of ${count}`,
  matrixOf: ({ rows, columns }: { rows: number; columns: number }): string =>
    `a matrix of ${counted(rows, 'row', 'rows')} and ${counted(columns, 'column', 'columns')}`,
  numbersOf: ({ count }: { count: number }): string =>
    count === 0 ? 'nothing' : counted(count, 'number', 'numbers'),
  mixed: (): string => 'several values that are not all numbers',
  filesMissing: ({ files }: { files: readonly string[] }): string =>
    `Until ${files.join(' and ')} ${files.length === 1 ? 'is' : 'are'} given, the example is all zeros.`,
};

export type NetworkProblems = typeof problemsEn;
