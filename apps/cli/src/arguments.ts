import { parseArgs } from 'node:util';
import { nearest } from './nearest.ts';
import {
  FormulaLooksLikeOption,
  InputMissing,
  OptionWithoutValue,
  OptionWithValue,
  TooManyInputs,
  UnknownCommand,
  UnknownOption,
} from './problem.ts';

interface Option {
  readonly short?: string;
  /** How the value is written, as in an example; absent for a switch. */
  readonly value?: string;
}

/** Every option of every command. */
const OPTIONS = {
  at: { value: 'x=2,w=0.5' },
  of: { value: 'loss' },
  digits: { value: '6' },
  json: {},
  trace: {},
  program: { value: 'exam.md' },
  set: { value: 'x=2,w=0.5' },
  against: { value: 'other.md' },
  csv: {},
  granularity: { value: 'node' },
  algorithm: { value: 'preorder' },
  algorithms: { value: 'reverse,preorder' },
  lr: { value: '0.1' },
  params: { value: 'w1,w2' },
  as: { value: 'svg' },
  'at-step': { value: '7' },
  theme: { value: 'light' },
  port: { value: '8080' },
  site: { value: 'dist/site' },
  'no-open': {},
  data: { value: 'moons' },
  images: { value: 'train-images-idx3-ubyte.gz' },
  labels: { value: 'train-labels-idx1-ubyte.gz' },
  'test-images': { value: 't10k-images-idx3-ubyte.gz' },
  'test-labels': { value: 't10k-labels-idx1-ubyte.gz' },
  target: { value: 'price' },
  count: { value: '1000' },
  noise: { value: '0.1' },
  validation: { value: '0.2' },
  layers: { value: '784,16,16,10' },
  activation: { value: 'relu' },
  output: { value: 'softmax' },
  'no-bias': {},
  init: { value: 'he' },
  loss: { value: 'squared' },
  l1: { value: '0.0001' },
  l2: { value: '0.0001' },
  optimizer: { value: 'adam' },
  rate: { value: '0.1' },
  momentum: { value: '0.9' },
  schedule: { value: 'linear' },
  to: { value: '0.01' },
  factor: { value: '0.5' },
  every: { value: '10' },
  epochs: { value: '10' },
  batch: { value: '32' },
  'no-shuffle': {},
  tolerance: { value: '1e-6' },
  seed: { value: '1' },
  parameters: { value: 'model.json' },
  save: { value: 'model.json' },
  checkpoint: { value: 'checkpoint.json' },
  resume: { value: 'checkpoint.json' },
  out: { value: 'model.onnx' },
  lang: { value: 'en' },
  help: { short: 'h' },
  version: { short: 'V' },
} as const satisfies Record<string, Option>;

export type OptionName = keyof typeof OPTIONS;

/** Of `train`: data, network, training, files. */
// prettier-ignore
const TRAIN = [
  'data', 'target', 'images', 'labels', 'test-images', 'test-labels', 'count', 'noise', 'validation',
  'layers', 'activation', 'output', 'no-bias', 'init', 'parameters',
  'loss', 'l1', 'l2', 'optimizer', 'rate', 'momentum', 'schedule', 'to', 'factor', 'every', 'epochs', 'batch',
  'no-shuffle', 'tolerance', 'seed',
  'save', 'checkpoint', 'resume', 'json',
] as const satisfies readonly OptionName[];

/** The options that each command takes, in the order in which its help lists them. */
const COMMANDS = {
  grad: ['at', 'of', 'parameters', 'digits', 'json'],
  steps: ['at', 'of', 'parameters', 'granularity', 'algorithm', 'lr', 'params', 'digits', 'json', 'trace'],
  compare: ['at', 'of', 'parameters', 'algorithms', 'digits', 'json'],
  graph: ['as', 'at', 'of', 'parameters', 'at-step', 'granularity', 'theme'],
  show: ['at', 'of', 'parameters', 'port', 'site', 'no-open'],
  check: ['program', 'set', 'against', 'json', 'csv'],
  write: ['at', 'of', 'parameters', 'lr', 'params', 'digits'],
  train: TRAIN,
  export: ['as', 'out'],
  import: ['activation', 'output', 'layers', 'no-bias', 'out'],
  help: [],
} as const satisfies Record<string, readonly OptionName[]>;

type CommandName = keyof typeof COMMANDS;

/** The commands that take any number of inputs. */
const MANY: ReadonlySet<CommandName> = new Set(['check']);

/** The commands that may do without: their options say what it would. */
const OPTIONAL: ReadonlySet<CommandName> = new Set(['train']);

const EVERYWHERE: readonly OptionName[] = ['lang', 'help', 'version'];

/** A command line, understood. */
export interface Invocation {
  /** Null when there is no command, only options. */
  readonly command: CommandName | null;
  /** What the command works on: the INPUT, or the command that `help` explains. */
  readonly input: string | null;
  /** All inputs, for a command that takes several; else the one. */
  readonly inputs: readonly string[];
  readonly options: ReadonlyMap<OptionName, readonly string[]>;
}

const isCommand = (text: string): text is CommandName => Object.hasOwn(COMMANDS, text);
const isOption = (text: string): text is OptionName => Object.hasOwn(OPTIONS, text);

/** Reads a command line (without `node` and the script). Throws a `Problem` for anything it does not know. */
export function readArguments(argv: readonly string[]): Invocation {
  // Not strict: the tokens say all there is to know, and our own complaints name the nearest option.
  const { tokens } = parseArgs({
    args: [...argv],
    strict: false,
    tokens: true,
    options: Object.fromEntries(
      Object.entries<Option>(OPTIONS).map(([name, option]) => [
        name,
        {
          type: option.value === undefined ? 'boolean' : 'string',
          ...(option.short && { short: option.short }),
        },
      ]),
    ),
  });
  const positionals = tokens.filter((token) => token.kind === 'positional').map((token) => token.value);
  const [word, ...inputs] = positionals;
  const command = word === undefined ? null : isCommand(word) ? word : undefined;

  const allowed: readonly OptionName[] = command ? [...COMMANDS[command], ...EVERYWHERE] : EVERYWHERE;
  const options = new Map<OptionName, string[]>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const { name, rawName, value, inlineValue } = token;
    if (command === undefined && !EVERYWHERE.includes(name as OptionName)) continue;
    if (!isOption(name) || !allowed.includes(name))
      throw unknownOption(argv, token, command ?? '', allowed, inputs.length);
    const option: Option = OPTIONS[name];
    if (option.value === undefined) {
      if (value !== undefined) throw new OptionWithValue(rawName);
    } else if (value === undefined || (!inlineValue && /^--[a-z]/.test(value))) {
      throw new OptionWithoutValue(rawName, `${rawName} ${option.value}`);
    }
    options.set(name, [...(options.get(name) ?? []), value ?? '']);
  }

  if (command === undefined) throw new UnknownCommand(word, nearest(word, Object.keys(COMMANDS)));
  if (command !== null && !options.has('help') && !options.has('version')) {
    if (inputs.length > 1 && !MANY.has(command)) throw new TooManyInputs(command, inputs);
    if (inputs.length === 0 && command !== 'help' && !OPTIONAL.has(command)) throw new InputMissing(command);
    if (command === 'help' && inputs.length === 1 && !isCommand(inputs[0])) {
      throw new UnknownCommand(inputs[0], nearest(inputs[0], Object.keys(COMMANDS)), false);
    }
  }
  return { command, input: inputs[0] ?? null, inputs, options };
}

function unknownOption(
  argv: readonly string[],
  token: { readonly index: number; readonly rawName: string },
  command: string,
  allowed: readonly OptionName[],
  inputs: number,
): UnknownOption | FormulaLooksLikeOption {
  const whole = argv[token.index];
  // `-x` is a formula where there is no other.
  if (!whole.startsWith('--') && (inputs === 0 || /^-[^a-zA-Z]|^-\w+[^\w-]/.test(whole))) {
    return new FormulaLooksLikeOption(whole, command);
  }
  const written = whole.startsWith('--') ? token.rawName : whole;
  const known = allowed.map((name) => `--${name}`);
  return new UnknownOption(written, command, nearest(written, known), known);
}
