import { FUNCTIONS, functionNamed } from '@backflow/language';
import type { LanguageFunction } from '@backflow/language';

/** What a name means as a function: `σ′`, `sigmoid_prime` and `dtanh` are slopes. */
export interface NotesFunction {
  readonly callee: LanguageFunction;
  /** Number of primes. */
  readonly primes: number;
}

/** Spellings that programs do not use. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['sigma', 'sigmoid'],
  ['logistic', 'sigmoid'],
  ['sigm', 'sigmoid'],
  ['sig', 'sigmoid'],
  ['expit', 'sigmoid'],
  ['arcsin', 'asin'],
  ['arccos', 'acos'],
  ['arctan', 'atan'],
  ['arctan2', 'atan2'],
  ['fabs', 'abs'],
  ['sgn', 'sign'],
  ['heaviside', 'step'],
  ['maximum', 'max'],
  ['minimum', 'min'],
  ['tg', 'tan'],
  ['th', 'tanh'],
  ['lg', 'log10'],
  ['LSE', 'logsumexp'],
]);

const PRIMED = /^(\p{L}+?)(?:_?(?:prime|derivative|deriv|grad|backward)|Prime|Derivative|Deriv)$/u;
const DIFFERENTIAL = /^d_?(sigmoid|sigma|σ|tanh|relu|ReLU|softplus|leakyRelu|logistic)$/u;

/** The function a name means, with its primes; null if it means none. */
export function notesFunction(key: string): NotesFunction | null {
  const primes = /'*$/.exec(/^[^_^]*/.exec(key)![0])![0].length;
  const base = primes === 0 ? key : key.replace(/'+/, '');
  const callee = calleeNamed(base);
  if (callee !== null) return { callee, primes };
  if (primes > 0) return null;
  const slope = PRIMED.exec(base)?.[1] ?? DIFFERENTIAL.exec(base)?.[1];
  const sloped = slope === undefined ? null : calleeNamed(slope);
  return sloped === null ? null : { callee: sloped, primes: 1 };
}

function calleeNamed(key: string): LanguageFunction | null {
  const known = functionNamed(key) ?? FUNCTIONS.get(ALIASES.get(key) ?? '');
  if (known !== undefined) return known;
  // ReLU, Sigmoid, SOFTMAX.
  const lower = key.toLowerCase();
  if (key.length < 4 || lower === key || !/^[A-Z]/.test(key)) return null;
  return functionNamed(lower) ?? FUNCTIONS.get(ALIASES.get(lower) ?? '') ?? null;
}

/** Functions that are written without parentheses around their argument. */
export const BARE: ReadonlySet<string> = new Set(
  'sin cos tan asin acos atan sinh cosh tanh exp log log2 log10 sqrt sigmoid relu softplus abs'.split(' '),
);
/** Functions that are joined with their argument: `2sinx`. */
export const GLUED = /^(sin|cos|tan|tanh|sinh|cosh|exp|ln|log|sqrt)(\p{L}\d{0,3}(?:_.*)?)$/u;
/** Words that begin like a function and are none. */
export const NOT_GLUED: ReadonlySet<string> = new Set(['cost', 'sing', 'tank', 'logs', 'since', 'tans']);

/** The functions whose inverse is written with −1. */
export const INVERSES: ReadonlyMap<string, string> = new Map([
  ['sin', 'asin'],
  ['cos', 'acos'],
  ['tan', 'atan'],
]);
