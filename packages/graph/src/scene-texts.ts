import { LEAF, operationOf } from '@backflow/engine';
import type { Recording } from '@backflow/engine';
import {
  derivativeText,
  expressionOf,
  formatNumber,
  nameToText,
  nodeName,
  nodeTitle,
  toText,
} from '@backflow/print';

/** The texts of cards that do not change from step to step; each is made when first asked for. */
export interface CardTexts {
  /** The node's name, or its formula where it has none, shortened. */
  title(node: number): string;
  /** The name with its formula, as long as it may be. */
  full(node: number): string;
  /** What the card's chip says: `×`, `σ`, `× 3`; empty for a leaf. */
  symbol(node: number): string;
  /** `∂C/∂w1`, with the reader's own name of the output. */
  derivative(node: number): string;
}

/** Cards shorten by width; this only keeps formulas of whole networks out. */
const TITLE_LENGTH = 48;
/** Up to here an unnamed node's formula is repeated in its derivative; longer ones leave a gap. */
const SHORT_FORMULA = 7;

export function cardTexts(recording: Recording): CardTexts {
  const output = nodeName(recording, recording.output) ?? 'out';
  const title = (node: number): string => nameOf(recording, node) ?? nodeTitle(recording, node, TITLE_LENGTH);
  return {
    title: remembered(title),
    full: (node) => {
      const name = nameOf(recording, node);
      const formula = recording.operation[node] === LEAF ? '' : toText(expressionOf(recording, node));
      return name === null ? formula : formula === '' ? name : `${name} = ${formula}`;
    },
    symbol: remembered((node) => symbolOf(recording, node)),
    derivative: remembered((node) => {
      const name = nodeName(recording, node);
      if (name !== null) return derivativeText(output, name);
      const formula = title(node);
      return derivativeText(output, formula.length <= SHORT_FORMULA ? `(${formula})` : '…');
    }),
  };
}

/** `w^1_{31}` as w¹₃₁, where there are such letters. */
function nameOf(recording: Recording, node: number): string | null {
  const name = nodeName(recording, node);
  return name === null ? null : nameToText(name);
}

function remembered(make: (node: number) => string): (node: number) => string {
  const known = new Map<number, string>();
  return (node) => {
    let text = known.get(node);
    if (text === undefined) known.set(node, (text = make(node)));
    return text;
  };
}

/** The operation's symbol with the constants among its inputs, which have no card of their own. */
function symbolOf(recording: Recording, node: number): string {
  if (recording.operation[node] === LEAF) return '';
  const operation = operationOf(recording, node);
  if (operation === null) return '';
  const from = recording.inputStart[node];
  const to = recording.inputStart[node + 1];
  const { form } = operation.notation;
  if (form === 'signedSum') {
    // Pairs of a sign and a term: only a constant term says something that the title may not.
    let constants = '';
    for (let k = from; k + 1 < to; k += 2)
      if (recording.inputs[k + 1] < 0)
        constants += ` ${signOf(recording, k) < 0 ? '−' : '+'} ${constantText(recording, k + 1, false)}`;
    return operation.symbol + constants;
  }
  const constants: number[] = [];
  for (let k = from; k < to; k++) if (recording.inputs[k] < 0) constants.push(k);
  if (constants.length === 0 || constants.length > 2) return operation.symbol;
  const infix = form === 'infix' || form === 'fraction' || form === 'power';
  if (infix && constants.length === 1) {
    const k = constants[0];
    const text = constantText(recording, k, true);
    if (k > from) return form === 'power' ? `( )^{${text}}` : `${operation.symbol} ${text}`;
    return `${text} ${operation.symbol}`;
  }
  return `${operation.symbol} ${constants.map((k) => constantText(recording, k, false)).join(', ')}`;
}

function signOf(recording: Recording, entry: number): number {
  const input = recording.inputs[entry];
  return input < 0 ? recording.constants[~input] : recording.value[input];
}

/** A constant as the writer wrote it, in brackets where it would run into the symbol before it. */
function constantText(recording: Recording, entry: number, bracketed: boolean): string {
  const constant = ~recording.inputs[entry];
  const text =
    recording.constantTexts.get(constant) ?? formatNumber(recording.constants[constant], { digits: 4 });
  return bracketed && text.startsWith('−') ? `(${text})` : text;
}
