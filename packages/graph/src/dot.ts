import { isLive, keysOf, operationOf, partialsOf, type Recording } from '@backflow/engine';
import { derivativeText, formatNumber, nodeName } from '@backflow/print';

export interface DotOptions {
  /** Significant digits of the numbers. Default 4. */
  readonly digits?: number;
}

/**
 * The recording in the DOT language of Graphviz: a box per node with name, operation, value and gradient,
 * an arrow per use, labelled with the local derivative and drawn dashed where no gradient passes. Leaves
 * are rounded. Names may hold any characters.
 */
export function toDot(recording: Recording, gradients?: Float64Array, options: DotOptions = {}): string {
  const number = (x: number): string => formatNumber(x, { digits: options.digits ?? 4 });
  const keys = keysOf(recording);
  const outputName = nodeName(recording, recording.output)!;
  const lines = [
    'digraph backflow {',
    '  rankdir=LR;',
    '  ordering=in;',
    '  node [shape=box, fontname="Helvetica,Arial,sans-serif", fontsize=11];',
    '  edge [fontname="Helvetica,Arial,sans-serif", fontsize=9];',
  ];
  for (let node = 0; node < recording.count; node++) {
    const symbol = operationOf(recording, node)?.symbol ?? null;
    const title = [nodeName(recording, node), symbol].filter((part) => part !== null).join('  ');
    const rows = [title === '' ? '•' : title, recording.skipped[node] ? '—' : number(recording.value[node])];
    if (gradients) {
      const name = nodeName(recording, node);
      const derivative = name === null ? '∂' : derivativeText(outputName, name);
      rows.push(`${derivative} = ${number(gradients[node])}`);
    }
    const label = rows.map(escapeText).join('\\n');
    const style = symbol === null ? ', style=rounded' : '';
    lines.push(`  n${node} [label="${label}", tooltip="${escapeText(keys[node])}"${style}];`);
  }
  for (let node = 0; node < recording.count; node++) {
    const from = recording.inputStart[node];
    const arity = recording.inputStart[node + 1] - from;
    if (arity === 0) continue;
    const partials = partialsOf(recording, node);
    for (let slot = 0; slot < arity; slot++) {
      const input = recording.inputs[from + slot];
      if (input < 0) continue;
      const style = isLive(recording, node, slot)
        ? `label="${escapeText(number(partials[slot]))}"`
        : 'style=dashed';
      lines.push(`  n${input} -> n${node} [${style}];`);
    }
  }
  lines.push('}', '');
  return lines.join('\n');
}

/**
 * Text for use between double quotes. A backslash would start one of DOT's escapes (`\N` is the node's
 * name), so it is doubled; line ends and other control characters become spaces.
 */
function escapeText(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f]+/g, ' ').replace(/["\\]/g, '\\$&');
}
