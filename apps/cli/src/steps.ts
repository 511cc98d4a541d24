import { keysOf, LEAF } from '@backflow/engine';
import { foldSums } from '@backflow/graph';
import {
  ALGORITHM_NAMES,
  ALGORITHMS,
  boundaries,
  caption,
  EVENT_KINDS,
  GRANULARITIES,
  liveGraphOf,
  STEP_LIMIT,
  traceAlgorithm,
  traceReverse,
  traceToJson,
  type AlgorithmName,
  type Granularity,
  type PassKind,
  type Trace,
} from '@backflow/trace';
import { choiceOption, optionText, wholeOption, type Call, type Command } from './command.ts';
import { jsonNumber, jsonObject } from './json.ts';
import { TooManySteps, WrongValue } from './problem.ts';
import { findNode, readProgram, type Program } from './program.ts';
import { readNumber } from './values.ts';
import { plain } from './width.ts';

/** Text is handed on in pieces of about this many characters, so that a reader who has had enough can say so. */
const PIECE = 1 << 16;

/** `backflow steps`: the run in words, or its events. */
export const steps: Command = async (call) => {
  const granularity = choiceOption(call, 'granularity', GRANULARITIES) ?? 'edge';
  const digits = wholeOption(call, 'digits', 2, 10) ?? 4;
  const { trace } = await readRun(call);
  if (call.options.has('trace')) {
    call.terminal.out.write(`${traceToJson(trace)}\n`);
    return 0;
  }
  writeLines(call, call.options.has('json') ? jsonLines(trace) : wordLines(call, trace, granularity, digits));
  return 0;
};

/**
 * The program, and its run over the sums as they are shown, with the update that `--lr` and `--params` ask for. A run that
 * was read is that run, unless another one is asked for.
 */
export async function readRun(call: Call): Promise<{ readonly program: Program; readonly trace: Trace }> {
  const learningRate = rateOf(call);
  const algorithm = choiceOption(call, 'algorithm', ALGORITHM_NAMES);
  if (algorithm !== undefined && learningRate !== undefined) {
    throw new WrongValue('--lr', optionText(call, 'lr')!, ({ expected }) => expected.noAlgorithm);
  }
  const program = await readProgram(call);
  if (program.trace !== undefined && algorithm === undefined && learningRate === undefined)
    return { program, trace: program.trace };
  if (algorithm !== undefined) return { program, trace: runOf(program, algorithm) };
  const { recording, shown } = foldSums(program.recording);
  const parameters = parametersOf(call, program)?.map((leaf) => shown[leaf]);
  const trace = traceReverse(recording, {
    ...(learningRate !== undefined && { learningRate }),
    ...(parameters !== undefined && { parameters }),
  });
  return { program, trace };
}

/** The run of an algorithm over the sums as they are compared, by twos. Throws `TooManySteps`. */
function runOf({ recording }: Program, algorithm: AlgorithmName): Trace {
  const trace = traceAlgorithm(recording, algorithm);
  if (trace !== null) return trace;
  const { operation, skipped } = recording;
  const evaluated = operation.filter((code, node) => code !== LEAF && skipped[node] === 0).length;
  const events = ALGORITHMS[algorithm].events(liveGraphOf(recording));
  throw new TooManySteps(algorithm, BigInt(evaluated) + events, STEP_LIMIT);
}

/** The number of `--lr`; undefined without it. Throws `WrongValue`. */
function rateOf(call: Call): number | undefined {
  const text = optionText(call, 'lr');
  if (text === undefined) {
    const parameters = optionText(call, 'params');
    if (parameters === undefined) return undefined;
    throw new WrongValue('--params', parameters, ({ expected }) => expected.rateForParameters);
  }
  const rate = readNumber(text);
  if (rate === null || !Number.isFinite(rate)) {
    throw new WrongValue('--lr', text, ({ expected }) => expected.finiteNumber);
  }
  return rate;
}

/** The leaves named by `--params`; undefined for all of them. */
function parametersOf(call: Call, program: Program): number[] | undefined {
  const written = call.options.get('params');
  if (written === undefined) return undefined;
  const names = written
    .join(',')
    .split(/[,;\s]+(?![^{]*\})/)
    .filter((name) => name !== '');
  if (names.length === 0)
    throw new WrongValue('--params', written.join(','), ({ expected }) => expected.names);
  return names.map((name) => {
    const node = findNode(program, '--params', name);
    if (program.recording.operation[node] === LEAF) return node;
    throw new WrongValue('--params', name, ({ expected }) => expected.leaf);
  });
}

function writeLines({ terminal }: Call, lines: Iterable<string>): void {
  let piece = '';
  for (const line of lines) {
    piece += `${line}\n`;
    if (piece.length < PIECE) continue;
    if (terminal.out.closed) return;
    terminal.out.write(piece);
    piece = '';
  }
  terminal.out.write(piece);
}

/** A heading for each pass, and below it a numbered sentence for each step. */
function* wordLines(
  { messages, texts, paint }: Call,
  trace: Trace,
  granularity: Granularity,
  digits: number,
): Generator<string> {
  const positions = boundaries(trace, granularity);
  const margin = String(positions.length - 1).length + 2;
  let pass: PassKind | null = null;
  for (let step = 1; step < positions.length; step++) {
    const begun = trace.passes.find(
      ({ from, to }) => from <= positions[step - 1] && positions[step - 1] < to,
    )!;
    if (begun.kind !== pass) {
      if (pass !== null) yield '';
      pass = begun.kind;
      yield paint('bold', messages.steps[headingOf(trace, pass)]);
    }
    const words = caption(trace, positions[step], granularity, texts, { digits });
    yield `${paint('dim', String(step).padStart(margin))}  ${plain(words)}`;
  }
}

/** What stands above a pass; what is none backwards in these two is told in their own words. */
function headingOf({ algorithm }: Trace, pass: PassKind): PassKind | 'tangents' | 'differences' {
  if (pass !== 'backward') return pass;
  return algorithm === 'forward' ? 'tangents' : algorithm === 'numeric' ? 'differences' : pass;
}

/** The events as an array of objects, one a line. */
function* jsonLines(trace: Trace): Generator<string> {
  const { algorithm, recording, kind, node, slot, value, length } = trace;
  const keys = keysOf(recording).map((key) => JSON.stringify(key));
  yield '[';
  for (let event = 0; event < length; event++) {
    const fields: [string, string][] = [
      ['step', String(event + 1)],
      ['kind', JSON.stringify(EVENT_KINDS[kind[event]])],
      ['node', keys[node[event]]],
    ];
    const is = EVENT_KINDS[kind[event]];
    const inputOf = (of: number): string => keys[recording.inputs[recording.inputStart[node[of]] + slot[of]]];
    if (is === 'contribute') {
      fields.push(['slot', String(slot[event])], ['input', inputOf(event)]);
    } else if (is === 'accumulate' && slot[event] >= 0) {
      // Its consumer is that of the `contribute` before it; tangents come from the input.
      const from = algorithm === 'forward' ? inputOf(event) : keys[node[event - 1]];
      fields.push(['from', from], ['slot', String(slot[event])]);
    }
    const marked = is === 'reuse' && algorithm !== 'memo';
    fields.push(['value', marked ? 'null' : jsonNumber(value[event])]);
    yield `${jsonObject(fields)}${event === length - 1 ? '' : ','}`;
  }
  yield ']';
}
