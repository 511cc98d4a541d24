import { OPERATIONS, operationOf } from '@backflow/engine';
import type { OperationName, Recording } from '@backflow/engine';
import type { Expression } from './expression.ts';
import { nameOf, numberOf } from './expression.ts';
import { MOVED, unmoved } from './glyphs.ts';
import { nameToText } from './names.ts';
import { partialIn } from './partials.ts';
import type { Partial } from './partials.ts';
import { constantBinding } from './text.ts';
import {
  applicationBinding,
  BINDING,
  infixPlaces,
  inside,
  joined,
  place,
  signedPieces,
  write,
} from './writer.ts';
import type { Application, Piece, Style } from './writer.ts';

/** Operations nested deeper than this in one line get a line of their own. */
const DEEPEST = 40;

/**
 * A program that records the same computation: a line per named node, per leaf, and per unnamed node that is used more
 * than once; all other unnamed nodes stand inside the formula of their user.
 *
 * Names that no program can have (`my loss`, a name that is given twice, `c@1`) are replaced by similar ones that are
 * free; a derivative `∂L/∂w` is called `L_w`, and a comment says so. Operations on constants alone come back as a leaf or a constant. Groups are not written.
 */
export function programOf(recording: Recording): string {
  const { lines } = writtenProgram(recording);
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

/** What `programOf` calls the nodes that have a line of their own; all others stand inside a formula. */
export function programNames(recording: Recording): ReadonlyMap<number, string> {
  return writtenProgram(recording).names;
}

function writtenProgram(recording: Recording): {
  readonly lines: readonly string[];
  readonly names: ReadonlyMap<number, string>;
} {
  const { count, inputs, inputStart, output, value } = recording;
  const uses = new Int32Array(count);
  for (const entry of inputs) if (entry >= 0) uses[entry]++;
  const names = new ProgramNames(recording);
  const known: Expression[] = [];
  const depth = new Int32Array(count);
  const lines: string[] = [];
  const own = new Map<number, string>();
  for (let node = 0; node < count; node++) {
    const operation = operationOf(recording, node)?.name ?? null;
    const of: Expression[] = [];
    for (let at = inputStart[node]; at < inputStart[node + 1]; at++) {
      const entry = inputs[at];
      of.push(entry < 0 ? writtenConstant(recording, ~entry) : known[entry]);
      if (entry >= 0) depth[node] = Math.max(depth[node], depth[entry] + 1);
    }
    const formula: Expression = operation === null ? numberOf(value[node]) : { kind: 'apply', operation, of };
    const inline =
      operation !== null &&
      uses[node] === 1 &&
      node !== output &&
      depth[node] < DEEPEST &&
      !recording.names.has(node);
    if (inline) {
      known[node] = formula;
      continue;
    }
    depth[node] = 0;
    const name = names.nameFor(node);
    known[node] = nameOf(name);
    own.set(node, name);
    const meant = recording.names.get(node) ?? '';
    const comment = partialIn(meant) === null ? '' : `  # ${nameToText(meant)}`;
    lines.push(`${name} = ${write(formula, PROGRAM)}${comment}`);
  }
  if (count > 0 && output !== count - 1) lines.push(`output ${names.nameFor(output)}`);
  return { lines, names: own };
}

// Modifier letters (ᵃ, ₐ) are indices, not letters of a name.
const LETTER = String.raw`(?!\p{Lm})\p{L}\p{M}*`;
const WORD = String.raw`(?:${LETTER}|\p{Nd})+`;
const LOWERED = `[${MOVED.lowered.replace(/[₍₎₌]/g, '')}]+`;
const RAISED = `⁽[${MOVED.raised.replace(/[⁽⁾⁼]/g, '')}]+⁾`;
const INDEX = String.raw`(?:_\{[\w,+−-]+\}|${LOWERED})`;
const LEVEL = String.raw`[^\W_]+(?:[-−]\d)?`;
const LAYER = String.raw`(?:\^\{(?:\(${LEVEL}\)|\[${LEVEL}\]|${LEVEL})\}|\^\(${LEVEL}\)|\^[^\W_]+|${RAISED})`;
const VALID_NAME = new RegExp(
  String.raw`^${LETTER}(?:${WORD})?(?:_${WORD})*'*${INDEX}?(?:${LAYER}(?:${INDEX}|_\d+)?)?$`,
  'u',
);

/** A base that can take an index: letters, and a layer that is marked as one. */
const SIMPLE_NAME = new RegExp(String.raw`^${LETTER}(?:${LETTER})*(?:\^\{[(\[]${LEVEL}[)\]]\})?$`, 'u');

/** Gives every node a name of its own that a program can define. */
class ProgramNames {
  private readonly recording: Recording;
  private readonly names = new Map<number, string>();
  /** Names as the language compares them. */
  private readonly taken = new Set<string>(['output']);
  private next = 1;

  constructor(recording: Recording) {
    this.recording = recording;
    // Names that are valid as they stand come first, so that no replacement takes them.
    const odd: number[] = [];
    for (const [node, name] of [...recording.names].sort(([a], [b]) => a - b)) {
      if (VALID_NAME.test(name) && !this.taken.has(comparable(name))) this.give(node, name);
      else odd.push(node);
    }
    for (const node of odd) this.give(node, this.free(similar(recording.names.get(node) ?? '')));
    if (!this.names.has(recording.output) && recording.count > 0)
      this.give(recording.output, this.free('out'));
  }

  nameFor(node: number): string {
    const name = this.names.get(node);
    if (name !== undefined) return name;
    const letter = operationOf(this.recording, node) === null ? 'x' : 't';
    while (this.taken.has(`${letter}${this.next}`)) this.next++;
    return this.give(node, `${letter}${this.next}`);
  }

  private give(node: number, name: string): string {
    this.names.set(node, name);
    this.taken.add(comparable(name));
    return name;
  }

  private free(name: string): string {
    let free = name;
    for (let suffix = 2; this.taken.has(comparable(free)); suffix++) free = `${name}_${suffix}`;
    return free;
  }
}

/** What the language takes for the same name, whatever glyphs, braces and order of marks. */
function comparable(name: string): string {
  const written = name
    .normalize('NFC')
    .replace(GLYPHS, (glyphs) => {
      const text = Array.from(glyphs).map(unmoved).join('');
      return MOVED.lowered.includes(glyphs[0]) ? `_${text}` : `^${text}`;
    })
    .replaceAll('−', '-')
    .replace(/[{}]/g, '');
  const layer = /\^(?:\([^)]*\)|\[[^\]]*\]|[^\W_]+(?:-\d)?)/.exec(written)?.[0] ?? '';
  const rest = written.replace(layer, '').replace(/^(\p{L}+'*)_(?=\d+$)/u, '$1');
  // Layers in round brackets and in none are the same; those in square ones look like them.
  return rest + layer.replace(/[()[\]]/g, '');
}

const GLYPHS = new RegExp(`[${MOVED.lowered}]+|[${MOVED.raised}]+`, 'gu');

/** A valid name that resembles any text: `L_{wb}` for `∂²L/∂w∂b`, `W_{01}` for `W[0][1]`, `c_1` for `c@1`, `my_loss` for `my loss`. */
function similar(name: string): string {
  const partial = partialIn(name);
  if (partial !== null) return subscripted(partial);
  const [, vector, row, column] = /^(.*?)\[(\d+)\](?:\[(\d+)\])?$/su.exec(name) ?? [];
  if (row === undefined || !SIMPLE_NAME.test(vector)) return plain(name);
  const far = row.length > 1 || (column?.length ?? 0) > 1;
  return `${vector}_{${column === undefined ? row : row + (far ? ',' : '') + column}}`;
}

/** `L_w`, `y_{xx}`, `L_{w1,b1}`; words side by side where the names have marks of their own. */
function subscripted({ of, by }: Partial): string {
  const isLetters = by.every((name) => /^\p{L}$/u.test(name));
  const below = by.length === 1 || isLetters ? by.join('') : by.join(',');
  const index = by.length === 1 ? `_${below}` : `_{${below}}`;
  if (VALID_NAME.test(of + index) && by.every((name) => /^[\p{L}\p{Nd}]+$/u.test(name))) return of + index;
  return plain([of, ...by].join(' '));
}

/** A valid name made of the words of a text. */
function plain(name: string): string {
  const words =
    name
      .normalize('NFKC')
      .match(/[A-Za-zα-ωΑ-Ω\d]+/gu)
      ?.join('_') ?? '';
  const short = words.slice(0, 40).replace(/_$/, '');
  return short === '' ? 'x' : /^\d/.test(short) ? `x_${short}` : short;
}

const FRACTION = /^\s*(-?[\d.]+)\s*\/\s*([\d.]+)\s*$/;

/** The constant as written where that is a plain fraction, else its number. */
function writtenConstant(recording: Recording, constant: number): Expression {
  const value = recording.constants[constant];
  const text = recording.constantTexts.get(constant);
  const fraction = text === undefined ? null : FRACTION.exec(text);
  return fraction !== null && Number(fraction[1]) / Number(fraction[2]) === value
    ? numberOf(value, `${fraction[1]}/${fraction[2]}`)
    : numberOf(value);
}

/** Every digit of a number, in the characters of a program; what is not finite, as a division. */
function writtenNumber(value: number): string {
  if (Number.isNaN(value)) return '0/0';
  if (!Number.isFinite(value)) return value < 0 ? '-1/0' : '1/0';
  return Object.is(value, -0) ? '-0' : String(value);
}

const FORMS = {
  fraction: BINDING.product,
  power: BINDING.power,
  root: BINDING.atom,
  bars: BINDING.atom,
  call: BINDING.atom,
};

const PROGRAM: Style = {
  open: '(',
  close: ')',
  binding(expression) {
    if (expression.kind === 'number')
      return constantBinding(expression.text ?? writtenNumber(expression.value));
    return expression.kind === 'apply' ? applicationBinding(expression, FORMS) : BINDING.atom;
  },
  pieces(expression, leads) {
    if (expression.kind === 'number') return [expression.text ?? writtenNumber(expression.value)];
    if (expression.kind === 'name') return [expression.name];
    return expression.kind === 'apply' ? applicationPieces(expression, leads) : ['0/0'];
  },
};

const SIGNS: ReadonlyMap<OperationName, string> = new Map([
  ['add', ' + '],
  ['sub', ' - '],
  ['mul', '*'],
  ['greater', ' > '],
  ['less', ' < '],
  ['greaterEqual', ' >= '],
  ['lessEqual', ' <= '],
  ['equal', ' == '],
  ['notEqual', ' != '],
]);

function applicationPieces({ operation, of }: Application, leads: boolean): readonly Piece[] {
  const { notation } = OPERATIONS[operation];
  const [a, b] = of;
  const listed = (items: readonly Expression[]): Piece[] => ['[', ...joined(items, ', '), ']'];
  if (notation.form === 'infix') {
    const [left, right] = infixPlaces(of, notation.precedence, leads);
    return [left, SIGNS.get(operation) ?? notation.text, right];
  }
  if (notation.form === 'prefix') return ['-', place(a, BINDING.sign)];
  if (notation.form === 'fraction')
    return [place(a, BINDING.product, leads), '/', place(b, BINDING.product + 1)];
  if (notation.form === 'signedSum') return signedPieces(of, '-', leads);
  if (notation.form === 'power' && !(a.kind === 'name' && (a.name === 'e' || a.name.includes('^')))) {
    // With blanks behind a name: `w^2` may be a weight of layer 2.
    return [place(a, BINDING.atom), a.kind === 'name' ? ' ^ ' : '^', place(b, BINDING.atom)];
  }
  if (operation === 'dot') {
    const side = (parity: number): Piece[] => listed(of.filter((_, slot) => slot % 2 === parity));
    return ['dot(', ...side(0), ', ', ...side(1), ')'];
  }
  if (operation === 'affine') {
    const side = (parity: number): Piece[] => listed(of.filter((_, slot) => slot > 0 && slot % 2 === parity));
    return ['affine(', ...side(1), ', ', ...side(0), ', ', inside(of[0]), ')'];
  }
  if (operation === 'softmax') return ['softmax(', ...listed(of), ')[0]'];
  return [`${operation}(`, ...joined(of, ', '), ')'];
}
