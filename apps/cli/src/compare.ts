import { ALGORITHM_NAMES, compareAlgorithms, type AlgorithmName } from '@backflow/trace';
import { comparisonJson } from './compare-json.ts';
import { comparisonLines } from './compare-text.ts';
import { wholeOption, type Call, type Command } from './command.ts';
import { nearest } from './nearest.ts';
import { WrongValue } from './problem.ts';
import { readProgram } from './program.ts';

/** `backflow compare`: what every algorithm gives for the gradient, and what it costs. */
export const compare: Command = async (call) => {
  const digits = wholeOption(call, 'digits', 2, 17) ?? 6;
  const names = namesOf(call);
  const program = await readProgram(call);
  const comparison = compareAlgorithms(program.recording, { names });
  const text = call.options.has('json')
    ? comparisonJson(comparison)
    : (await comparisonLines(call, program, comparison, digits)).join('\n');
  call.terminal.out.write(`${text}\n`);
  return 0;
};

/** The algorithms of `--algorithms`, in the order in which all are listed; without the option all of them. */
function namesOf(call: Call): readonly AlgorithmName[] {
  const written = call.options.get('algorithms');
  if (written === undefined) return ALGORITHM_NAMES;
  const words = written
    .join(',')
    .split(/[,;\s]+/)
    .filter((word) => word !== '');
  const known: ReadonlySet<string> = new Set(ALGORITHM_NAMES);
  const unknown = words.length === 0 ? '' : words.find((word) => !known.has(word));
  if (unknown !== undefined) {
    throw new WrongValue(
      '--algorithms',
      unknown,
      ({ expected }) => expected.oneOf(ALGORITHM_NAMES),
      nearest(unknown, ALGORITHM_NAMES),
    );
  }
  return ALGORITHM_NAMES.filter((name) => words.includes(name));
}
