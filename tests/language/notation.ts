import { compile } from '@backflow/language';
import type { CompileOptions, Diagnostic } from '@backflow/language';
import { operationOf, numberAt } from '@backflow/engine';
import type { Recording } from '@backflow/engine';
import { en } from '@backflow/messages';

/*
 * A case is one line: a program, and what it gives in a short notation.
 *
 *     graph('x = 2, y = 3x')          'x=2, y=(mul 3 x)=6'
 *     problem('y = 2 +')              'y = 2 +‸ unexpected'
 *
 * A named node is shown by its definition, an unnamed one inside its user; `3` in a formula is a constant,
 * `1/2` one with a text. `‸` stands where a diagnostic begins; the text it covers is in ⟨ ⟩ if it covers any.
 */

const short = (x: number): string => String(Number(x.toPrecision(6)));

/** The whole graph, node by node in the order of recording. Unnamed nodes stand inside their users. */
export function graph(text: string, options: CompileOptions = {}): string {
  const { recording } = compiled(text, options);
  const parts: string[] = [];
  for (let node = 0; node < recording.count; node++) {
    const name = recording.names.get(node);
    if (name === undefined) continue;
    const formula = operationOf(recording, node) === null ? '' : `${expression(recording, node)}=`;
    parts.push(`${name}=${formula}${short(recording.value[node])}`);
  }
  return parts.join(', ');
}

/** The formula of the output alone, with names of other nodes. */
export function formula(text: string, options: CompileOptions = {}): string {
  const { recording } = compiled(text, options);
  return expression(recording, recording.output);
}

/** The name of the output and its value. */
export function output(text: string, options: CompileOptions = {}): string {
  const { recording } = compiled(text, options);
  return `${recording.names.get(recording.output) ?? '?'}=${short(recording.value[recording.output])}`;
}

function expression(recording: Recording, root: number): string {
  const operation = operationOf(recording, root);
  if (operation === null) return recording.names.get(root) ?? '?';
  const inputs: string[] = [];
  for (let at = recording.inputStart[root]; at < recording.inputStart[root + 1]; at++) {
    const entry = recording.inputs[at];
    if (entry < 0) inputs.push(recording.constantTexts.get(~entry) ?? short(numberAt(recording, entry)));
    else inputs.push(recording.names.get(entry) ?? expression(recording, entry));
  }
  return `(${operation.name} ${inputs.join(' ')})`;
}

/** Every diagnostic on its line of the program, with its code. */
export function problems(text: string, options: CompileOptions = {}): string[] {
  return compile(text, options).diagnostics.map((diagnostic) => shown(text, diagnostic));
}

/** The only diagnostic. */
export function problem(text: string, options: CompileOptions = {}): string {
  const all = problems(text, options);
  return all.length === 1 ? all[0] : `${all.length} problems: ${all.join(' | ')}`;
}

/** The English message of the first diagnostic. */
export function message(text: string, options: CompileOptions = {}): string {
  return compile(text, options).diagnostics[0]?.message(en) ?? '';
}

export function compiled(
  text: string,
  options: CompileOptions = {},
): { recording: Recording; names: ReadonlyMap<string, number> } {
  const { recording, names, diagnostics } = compile(text, options);
  if (recording === null) throw new Error(diagnostics.map((each) => shown(text, each)).join('\n'));
  return { recording, names };
}

function shown(text: string, { from, to, code, severity }: Diagnostic): string {
  const lineStart = text.lastIndexOf('\n', from - 1) + 1;
  const newline = text.indexOf('\n', from);
  const lineEnd = newline < 0 ? text.length : newline;
  const end = Math.min(to, lineEnd);
  const covered = end > from ? `⟨${text.slice(from, end)}⟩` : '';
  const place = `${text.slice(lineStart, from)}‸${covered}${text.slice(end, lineEnd)}`;
  return `${place}  ${severity === 'notice' ? 'notice ' : ''}${code}`;
}
