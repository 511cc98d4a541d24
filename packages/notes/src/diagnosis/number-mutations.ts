import { evaluateFormula, OPERATIONS } from '@backflow/engine';
import type { Run } from '../run.ts';
import { digitsOf, significantDigits } from './agreement.ts';
import { shown } from './inquiry.ts';
import type { Inquiry } from './inquiry.ts';
import { formulaOfLeaf, isPlainCount } from './plain.ts';
import type { Mutation, Variant } from './variant.ts';
import { edgeText, slopeName } from './wording.ts';

/** The printed number itself, where a test on its digits succeeds. */
function asPrinted(inquiry: Inquiry, weight = 0): Variant {
  const { printed } = inquiry.question;
  return { where: [], weight, stated: true, value: () => printed?.value ?? NaN };
}

/** Digits of the printed number beside those of the truth, to as many places; both ways where it ends in a 5. */
function digitPairs(inquiry: Inquiry): { readonly stated: string; readonly due: string }[] {
  const { printed, truth } = inquiry.question;
  if (printed === null || !Number.isFinite(truth) || truth === 0) return [];
  const stated = digitsOf(printed.text);
  if (stated === null || stated.negative !== truth < 0) return [];
  const decimals = Math.max(0, stated.digits.length - stated.whole);
  const scaled = Math.abs(truth) / 10 ** stated.exponent;
  if (!(scaled < 1e15) || decimals > 15) return [];
  const texts = new Set([1 - 1e-9, 1 + 1e-9].map((off) => (scaled * off).toFixed(decimals).replace('.', '')));
  return [...texts].map((text) => {
    const width = Math.max(text.length, stated.digits.length);
    return { stated: stated.digits.padStart(width, '0'), due: text.padStart(width, '0') };
  });
}

/** One digit is another, was put in or left out (what follows is shifted). */
function* digitSlip(inquiry: Inquiry): Iterable<Variant> {
  for (const { stated, due } of digitPairs(inquiry)) yield* oneDigitOff(inquiry, stated, due);
}

function* oneDigitOff(inquiry: Inquiry, stated: string, due: string): Iterable<Variant> {
  // Zeros at the end say nothing.
  const digits = significantDigits(inquiry.question.printed!.text.replace(/0+$/u, ''));
  if (digits < 3 || stated === due) return;
  let at = 0;
  while (stated[at] === due[at]) at++;
  const changed = stated.slice(at + 1) === due.slice(at + 1);
  const rest = stated.length - at;
  // Put in at `at`: what follows is the truth, shifted; the last digit may have been rounded anew.
  const put = rest > 3 && close(stated.slice(at + 1), due.slice(at, -1));
  const left = rest > 3 && close(stated.slice(at, -1), due.slice(at + 1));
  // The more digits, the less can it be chance.
  if (changed) yield asPrinted(inquiry, digits >= 5 ? -26 : digits === 4 ? -2 : 2);
  else if (put || left) {
    // A zero in front of everything is a matter of the point.
    const shifted = due.replace(/^0+/u, '').startsWith(stated.replace(/^0+/u, '').slice(0, 3));
    yield asPrinted(inquiry, digits >= 6 ? (shifted ? -25 : -26) : 1);
  }
}

/** Equal, or different by one in the last digit. */
function close(a: string, b: string): boolean {
  return a.length === b.length && a.length > 0 && Math.abs(Number(a) - Number(b)) <= 1;
}

function* transposedDigits(inquiry: Inquiry): Iterable<Variant> {
  for (const { stated, due } of digitPairs(inquiry)) {
    const digits = significantDigits(inquiry.question.printed!.text);
    let at = 0;
    while (at < stated.length && stated[at] === due[at]) at++;
    const exchanged = due.slice(0, at) + (due[at + 1] ?? '') + (due[at] ?? '') + due.slice(at + 2);
    if (digits >= 2 && at < stated.length - 1 && exchanged === stated)
      yield asPrinted(inquiry, digits >= 4 ? -26 : digits === 3 ? 0 : 4);
  }
}

function* exponentSlip(inquiry: Inquiry): Iterable<Variant> {
  const { printed, truth } = inquiry.question;
  if (printed === null || !Number.isFinite(truth) || truth === 0 || printed.value === 0) return;
  const power = Math.round(Math.log10(Math.abs(printed.value / truth)));
  if (power === 0 || Math.abs(power) > 300) return;
  const scale = 10 ** -power;
  const unit = printed.unit * scale;
  const exact = Math.abs(printed.value * scale - truth) <= Math.max(unit / 2, 1e-9 * Math.abs(truth));
  // Integers and round numbers differ by powers of ten for many reasons.
  const digits = significantDigits(printed.text);
  if (exact) yield asPrinted(inquiry, digits >= 3 ? -26 : digits === 2 ? 0 : Math.abs(power) > 1 ? 0 : 20);
}

function* truncated(inquiry: Inquiry): Iterable<Variant> {
  const { printed, truth } = inquiry.question;
  if (printed === null || printed.unit === 0 || !Number.isFinite(truth)) return;
  // An integer is exact unless it says about; nothing is cut off to zero.
  if (printed.value === 0 || (printed.integer && !printed.about)) return;
  const cut = Math.trunc(truth / printed.unit + Math.sign(truth) * 1e-9) * printed.unit;
  if (Math.abs(cut - printed.value) < printed.unit * 1e-6 && cut !== truth) {
    const digits = significantDigits(printed.text) + 2;
    yield { ...asPrinted(inquiry), words: () => ({ truth: shown(truth, digits) }) };
  }
}

function roundedTo(x: number, decimals: number): number {
  const scale = 10 ** decimals;
  return (Math.sign(x) * Math.round(Math.abs(x) * scale)) / scale;
}

/** One intermediate number rounded before it was used: a value, a local derivative, a gradient. */
function* roundedTooEarly(inquiry: Inquiry): Iterable<Variant> {
  const { printed } = inquiry.question;
  if (printed === null || printed.unit === 0) return;
  const decimals = Math.max(0, Math.round(-Math.log10(printed.unit)));
  if (decimals > 12) return;
  const { run, recording, question } = inquiry;
  // Rounding moves a number a little.
  const far = Math.abs(printed.value - question.truth) > 0.02 * Math.abs(question.truth) ? 26 : 0;
  for (let places = decimals; places >= Math.max(1, decimals - 4); places--) {
    const weight = 6 * (decimals - places) + far;
    for (const edge of inquiry.pathEdges) {
      if (!inquiry.spares(0.2)) return;
      const local = run.local[edge.edge];
      const rounded = roundedTo(local, places);
      if (rounded !== local) {
        yield {
          where: inquiry.where(edge.edge),
          weight,
          words: () => ({
            edge: edgeText(inquiry, edge),
            found: shown(rounded),
            due: `${slopeName(inquiry, edge)} = ${shown(local)}`,
          }),
          slip: { edge: edge.edge, local: (at) => roundedTo(at.local[edge.edge], places) },
        };
      }
      // The slope from the rounded result or argument: 0.75·(1 − 0.75).
      const rule = OPERATIONS[edge.operation].rule(edge.slot, inquiry.arity(edge.node));
      const inputs = (at: Run): number[] =>
        Array.from({ length: inquiry.arity(edge.node) }, (_, slot) => {
          const entry = inquiry.entry(edge.node, slot);
          return entry >= 0 ? at.value[entry] : recording.constants[~entry];
        });
      const fromResult = (at: Run): number =>
        evaluateFormula(rule, inputs(at), roundedTo(at.value[edge.node], places));
      const fromInputs = (at: Run): number =>
        evaluateFormula(
          rule,
          inputs(at).map((x) => roundedTo(x, places)),
          at.value[edge.node],
        );
      for (const local2 of [fromResult, fromInputs]) {
        yield {
          where: inquiry.where(edge.edge),
          weight: weight + 1,
          words: () => ({ edge: edgeText(inquiry, edge), found: shown(local2(run)), due: shown(local) }),
          slip: { edge: edge.edge, local: local2 },
        };
      }
      const { derivative } = inquiry;
      if (derivative === null) continue;
      const { of } = derivative;
      const gradient = run.gradient(of)[edge.node];
      if (edge.node === of || roundedTo(gradient, places) === gradient) continue;
      yield {
        where: [{ node: edge.node, slot: null }],
        weight,
        words: () => ({
          node: inquiry.name(edge.node),
          found: shown(roundedTo(gradient, places)),
          due: shown(gradient),
        }),
        change: (at) => ({
          gradients: new Map([[of, new Map([[edge.node, roundedTo(at.gradient(of)[edge.node], places)]])]]),
        }),
      };
    }
    for (const node of inquiry.cone) {
      if (!inquiry.spares(0.2)) return;
      const value = run.value[node];
      if (node === inquiry.valueNode || inquiry.isLeaf(node) || roundedTo(value, places) === value) continue;
      yield {
        where: [{ node, slot: null }],
        weight,
        words: () => ({
          node: inquiry.name(node),
          found: shown(roundedTo(value, places)),
          due: shown(value),
        }),
        change: (at) => ({ values: new Map([[node, roundedTo(at.value[node], places)]]) }),
      };
    }
  }
}

/** Things counted: a wrong integer for a formula of integers. */
function* wrongCount(inquiry: Inquiry): Iterable<Variant> {
  const { printed, truth, subject } = inquiry.question;
  if (printed === null || !printed.integer || printed.value < 0 || printed.value === truth) return;
  if (!Number.isInteger(truth) || truth < 0 || !isPlainCount(inquiry)) return;
  // A name for a number of things, as against a sum that somebody works out.
  const counted = subject.kind === 'value' && formulaOfLeaf(inquiry, subject.node) !== null;
  yield asPrinted(inquiry, counted ? -45 : 31);
}

/** A range that is not that of its subject. */
function* wrongRange(inquiry: Inquiry): Iterable<Variant> {
  const { relation } = inquiry.question;
  if (relation !== '=' && relation !== '≈' && relation !== '←' && relation !== '∝') {
    const { value } = inquiry.question;
    yield { where: [], stated: true, value: () => value };
  }
}

/** What is left for a wrong number: the formula is right, or there is none, and the number is not what it gives. */
function* badArithmetic(inquiry: Inquiry): Iterable<Variant> {
  const { printed, value, form } = inquiry.question;
  if (printed !== null) yield asPrinted(inquiry);
  else if (form === 'numbers' && Number.isFinite(value))
    yield { where: [], stated: true, value: () => value };
}

/** Mistakes in writing a number. */
export const NUMBER_MUTATIONS: readonly Mutation[] = [
  { id: 'truncated', rank: 1, find: truncated },
  { id: 'rounded-too-early', rank: 2, find: roundedTooEarly },
  { id: 'transposed-digits', rank: 34, find: transposedDigits },
  { id: 'digit-slip', rank: 35, find: digitSlip },
  { id: 'exponent-slip', rank: 35, find: exponentSlip },
  { id: 'wrong-count', rank: 60, find: wrongCount },
  { id: 'wrong-range', rank: 3, find: wrongRange },
  { id: 'bad-arithmetic', rank: 90, find: badArithmetic },
];
