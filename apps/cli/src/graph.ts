import { backward, recordingToJson, type Recording } from '@backflow/engine';
import { foldSums, toDot, toJson } from '@backflow/graph';
import { nodeName } from '@backflow/print';
import { boundaries, GRANULARITIES, traceReverse, type Granularity } from '@backflow/trace';
import { choiceOption, wholeOption, type Call, type Command } from './command.ts';
import { pictureAt } from './picture.ts';
import { readProgram } from './program.ts';

const FORMS = ['dot', 'json', 'svg', 'recording'] as const;

/** `backflow graph`: the graph of a formula in one of four forms. */
export const graph: Command = async (call) => {
  const form = choiceOption(call, 'as', FORMS) ?? 'dot';
  const granularity = choiceOption(call, 'granularity', GRANULARITIES) ?? 'edge';
  const theme = choiceOption(call, 'theme', ['light', 'dark'] as const) ?? 'light';
  const { recording } = await readProgram(call);
  call.terminal.out.write(WRITERS[form](call, recording, { granularity, theme }));
  return 0;
};

interface Look {
  readonly granularity: Granularity;
  readonly theme: 'light' | 'dark';
}

const WRITERS: Readonly<
  Record<(typeof FORMS)[number], (call: Call, recording: Recording, look: Look) => string>
> = {
  dot: (_, recording) => {
    const shown = foldSums(recording).recording;
    return toDot(shown, backward(shown));
  },
  json: (_, recording) => {
    const shown = foldSums(recording).recording;
    return `${JSON.stringify(toJson(shown, backward(shown)), null, 2)}\n`;
  },
  svg: (call, recording, { granularity, theme }) => {
    const trace = traceReverse(foldSums(recording).recording);
    const positions = boundaries(trace, granularity);
    const last = positions.length - 1;
    const step = wholeOption(call, 'at-step', 0, last) ?? last;
    const words = call.texts.graph;
    const title = words.label(nodeName(recording, recording.output)!);
    return pictureAt(trace, positions[step], { theme, words, title });
  },
  recording: (_, recording) => `${recordingToJson(recording)}\n`,
};
