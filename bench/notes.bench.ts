// Checking pages of notes: 200 and 2,000 lines, all right, with one slip, and LaTeX as `backflow write` prints it. Run with
//
//     npm run bench:notes
//
// Time is processor time of this process, the median of eleven runs of a warm program: other work on the machine does not
// count.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { compile, programParts } from '@backflow/language';
import { en } from '@backflow/messages';
import { checkNotes } from '@backflow/notes';
import { derivationMarkdown, traceReverse } from '@backflow/trace';

const RUNS = 11;

/** A shipped example: its program, and its derivation as notes. */
function example(name: string): { readonly program: string; readonly equations: readonly string[] } {
  const text = readFileSync(resolve(import.meta.dirname, `../../examples/${name}.md`), 'utf8');
  const { recording } = compile(text);
  if (recording === null) throw new Error(`${name} is not a program`);
  const notes = derivationMarkdown(traceReverse(recording), en);
  const program = programParts(notes).regions.map(({ from, to }) => notes.slice(from, to));
  return {
    program: program.join('\n'),
    equations: notes.split('\n').filter((line) => line.startsWith('$$')),
  };
}

/** A chain `∂C/∂w = … = … ≈ 0.0822` as plain text: its left side and its last number. */
const plain = (equation: string): string =>
  equation.replace(
    /^\$\$\\frac\{\\partial (.*?)\}\{\\partial (.*?)\} .*?([^=≈]*)\$\$$/,
    (_, of: string, by: string, number: string) =>
      `d${bare(of)}/d${bare(by)} = ${bare(number.split(/=|\\approx/).at(-1)!)}`,
  );
const bare = (latex: string): string =>
  latex
    .replace(/\\mathrm\{(\w+)\}/g, '$1')
    .replaceAll('\\cdot', '*')
    .trim();

/** A page of so many lines: the program, then the lines over and over, with prose between. */
function page({ program }: { readonly program: string }, lines: readonly string[], count: number): string {
  const body = Array.from({ length: count }, (_, at) =>
    at % 10 === 9 ? 'The same again, by the chain rule:' : lines[at % lines.length],
  );
  return `\`\`\`backflow\n${program}\n\`\`\`\n\n${body.join('\n')}\n`;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
}

function time(name: string, text: string): void {
  let report = checkNotes(text);
  const times: number[] = [];
  for (let run = -4; run < RUNS; run++) {
    // A page that was never seen before: nothing may be remembered from the last run.
    const fresh = `${text}\nRun ${run}.\n`;
    const before = process.cpuUsage();
    report = checkNotes(fresh);
    const used = process.cpuUsage(before);
    if (run >= 0) times.push((used.user + used.system) / 1000);
  }
  const count = (verdict: string): number =>
    report.claims.filter((claim) => claim.verdict === verdict).length;
  const verdicts = ['right', 'rounded', 'follows', 'wrong', 'unknown'].map(
    (each) => `${count(each)} ${each}`,
  );
  console.log(
    `${name}: ${median(times).toFixed(0)} ms; ${report.claims.length} claims: ${verdicts.join(', ')}`,
  );
}

for (const name of ['neuron', 'mazur', 'twenty-weights']) {
  const { program, equations } = example(name);
  const numbers = equations.map(plain).filter((line) => line.startsWith('d'));
  for (const count of [200, 2_000]) {
    time(`${name}, ${count} lines of derivatives`, page({ program }, numbers, count));
    time(`${name}, ${count} lines of LaTeX`, page({ program }, equations, count));
  }
  const slipped = numbers.map((line, at) => (at === 1 ? line.replace(/= -?/, '= 1') : line));
  time(`${name}, 200 lines with a slip`, page({ program }, slipped, 200));
}
