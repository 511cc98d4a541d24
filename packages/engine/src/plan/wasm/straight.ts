import { Bytes } from './bytes.ts';
import { BACKWARD, BACKWARD_LENGTHS, FORWARD, FORWARD_LENGTHS } from './opcodes.ts';

/** A program of the machine, and where it stands in its memory. */
export interface Placed {
  readonly words: Int32Array;
  readonly address: number;
}

/** What such a module exports: functions that do what the programs do. */
export interface Straight {
  forward(): void;
  backward(): void;
}

/** Instructions per function: small ones are compiled well, and soon. */
const CHUNK = 256;
/** Longer lists of pairs are left to the machine's loop. */
const PAIRS = 8;

const F64 = 0x7c;
const I32 = 0x7f;
/** Imported functions with their types: parameters, results. */
const IMPORTS = {
  exp: [[F64], [F64]],
  tanh: [[F64], [F64]],
  sigmoid: [[F64], [F64]],
  sigmoidSlope: [[F64], [F64]],
  tanhSlope: [[F64], [F64]],
  unary: [[I32, F64], [F64]],
  unarySlope: [[I32, F64, F64], [F64]],
  binary: [[I32, F64, F64], [F64]],
  binarySlope: [[I32, I32, F64, F64, F64], [F64]],
  forward: [[I32], []],
  backward: [[I32], []],
} as const;
type Import = keyof typeof IMPORTS;
const IMPORT_NAMES = Object.keys(IMPORTS) as Import[];

const ADD = 0xa0;
const SUB = 0xa1;
const MUL = 0xa2;
const DIV = 0xa3;
const MAX = 0xa5;
const NEG = 0x9a;

/**
 * A module for one graph: the single instructions of the programs written out one after the other, without a loop that
 * looks up what comes next; everything else is a call of the machine at the place where it stands. So that the machine
 * stops there, the instructions written out are overwritten with `end` in `words`, which must then be put in memory.
 *
 * null if fewer than `least` or more than `most` instructions would be written out.
 */
export function straightModule(
  forward: Placed,
  backward: Placed,
  memory: ArrayBuffer,
  distance: number,
  { least, most }: { readonly least: number; readonly most: number },
): Uint8Array | null {
  const pairs = new Int32Array(memory, 0, memory.byteLength >> 2);
  const writers = [
    new Writer(forward, FORWARD_LENGTHS, 'forward', pairs, distance),
    new Writer(backward, BACKWARD_LENGTHS, 'backward', pairs, distance),
  ];
  const count = writers.reduce((sum, writer) => sum + writer.simple(), 0);
  if (count < least || count > most) return null;
  return moduleOf(writers.map((writer) => writer.functions()));
}

class Writer {
  private readonly program: Placed;
  private readonly lengths: readonly number[];
  private readonly direction: 'forward' | 'backward';
  private readonly pairs: Int32Array;
  private readonly distance: number;
  /** 1 at the first word of instructions that are written out. */
  private readonly chosen: Uint8Array;
  private code = new Bytes();

  constructor(
    program: Placed,
    lengths: readonly number[],
    direction: 'forward' | 'backward',
    pairs: Int32Array,
    distance: number,
  ) {
    this.program = program;
    this.lengths = lengths;
    this.direction = direction;
    this.pairs = pairs;
    this.distance = distance;
    this.chosen = new Uint8Array(program.words.length);
  }

  /** Chooses what is written out, and how much that is. */
  simple(): number {
    const { words } = this.program;
    const { chosen } = this;
    for (let at = 0; at < words.length; at += this.lengthAt(at)) {
      if (this.isSimple(at)) chosen[at] = 1;
      // The body of a repetition stays, and so does what a guard may pass over.
      if (words[at] === FORWARD.again) chosen.fill(0, at - words[at + 3], at);
    }
    if (this.direction === 'backward') {
      for (let at = 0; at < words.length; at += this.lengthAt(at)) {
        if (words[at] === BACKWARD.guard) chosen.fill(0, at, at + 3 + words[at + 2] / 4);
      }
    }
    return chosen.reduce((sum, one) => sum + one, 0);
  }

  /** The bodies of functions that, one after the other, do what the program does. */
  functions(): Bytes[] {
    const { words, address } = this.program;
    const { chosen } = this;
    const functions: Bytes[] = [];
    let inside = 0;
    let machine = false;
    const begin = (): void => {
      // One local: the gradient at hand.
      this.code = new Bytes().unsigned(1).unsigned(1).byte(F64);
      inside = 0;
    };
    const end = (): void => {
      if (inside > 0) functions.push(this.code.byte(0x0b));
      begin();
    };
    begin();
    for (let at = 0; at < words.length;) {
      const next = at + this.lengthAt(at);
      if (chosen[at] === 1) {
        if (this.direction === 'forward') this.forward(at);
        else this.backward(at);
        words[at] = FORWARD.end;
        machine = false;
        inside++;
      } else if (!machine && words[at] !== FORWARD.end) {
        this.code.byte(0x41).signed(address + 4 * at);
        this.call(this.direction);
        machine = true;
        inside++;
      }
      if (inside === CHUNK) end();
      at = next;
    }
    end();
    return functions;
  }

  private lengthAt(at: number): number {
    const { words } = this.program;
    const length = this.lengths[words[at]];
    return words[at] === FORWARD.again ? length + words[at + 3] : length;
  }

  private isSimple(at: number): boolean {
    const { words } = this.program;
    const opcode = words[at];
    if (this.direction === 'forward') {
      if (opcode === FORWARD.gather) return words[at + 3] <= PAIRS;
      return (
        (opcode >= FORWARD.add && opcode <= FORWARD.multiplyAdd) ||
        opcode === FORWARD.unary ||
        opcode === FORWARD.binary
      );
    }
    if (opcode === BACKWARD.gather) return words[at + 3] <= PAIRS;
    return (
      (opcode >= BACKWARD.add && opcode < BACKWARD.dot) ||
      (opcode >= BACKWARD.unary && opcode < BACKWARD.many)
    );
  }

  private forward(at: number): void {
    const { words } = this.program;
    const opcode = words[at];
    const [d, a, b, c] = [words[at + 1], words[at + 2], words[at + 3], words[at + 4]];
    const { code } = this;
    this.zero();
    switch (opcode) {
      case FORWARD.add:
      case FORWARD.sub:
      case FORWARD.mul:
      case FORWARD.div:
        this.load(a)
          .load(b)
          .op(ADD + opcode - FORWARD.add);
        break;
      case FORWARD.neg:
        this.load(a).op(NEG);
        break;
      case FORWARD.relu:
        this.load(a).constant(0).op(MAX);
        break;
      case FORWARD.exp:
        this.load(a).call('exp');
        break;
      case FORWARD.tanh:
        this.load(a).call('tanh');
        break;
      case FORWARD.sigmoid:
        this.load(a).call('sigmoid');
        break;
      case FORWARD.multiplyAdd:
        this.load(c).load(a).load(b).op(MUL).op(ADD);
        break;
      case FORWARD.gather:
        this.load(c);
        for (let k = 0; k < b; k++)
          this.load(this.pair(a, 2 * k))
            .load(this.pair(a, 2 * k + 1))
            .op(MUL)
            .op(ADD);
        break;
      case FORWARD.unary:
        code.byte(0x41).signed(b);
        this.load(a).call('unary');
        break;
      default:
        code.byte(0x41).signed(c);
        this.load(a).load(b).call('binary');
    }
    this.store(d);
  }

  private backward(at: number): void {
    const { words } = this.program;
    const opcode = words[at];
    const [d, a, b, c] = [words[at + 1], words[at + 2], words[at + 3], words[at + 4]];
    const { code } = this;
    const g = (): this => this.op(0x20, 0);
    this.loadGradient(d).op(0x21, 0);
    if (opcode < BACKWARD.neg) {
      const family = Math.floor((opcode - BACKWARD.add) / 3);
      const mask = ((opcode - BACKWARD.add) % 3) + 1;
      if (mask & 1) {
        this.begin(a);
        if (family === 2) this.load(b).op(0x20, 0).op(MUL);
        else if (family === 3) this.constant(1).load(b).op(DIV).op(0x20, 0).op(MUL);
        else g();
        this.finish(a, ADD);
      }
      if (mask & 2) {
        this.begin(b);
        if (family === 2) this.load(a).op(0x20, 0).op(MUL);
        else if (family === 3) this.load(d).load(b).op(DIV).op(NEG).op(0x20, 0).op(MUL);
        else g();
        this.finish(b, family === 1 ? SUB : ADD);
      }
    } else if (opcode >= BACKWARD.multiplyAdd && opcode < BACKWARD.dot) {
      const mask = opcode - BACKWARD.multiplyAdd + 1;
      if (mask & 4) this.contribute(c, g);
      if (mask & 1) this.contribute(a, () => this.load(b).op(0x20, 0).op(MUL));
      if (mask & 2) this.contribute(b, () => this.load(a).op(0x20, 0).op(MUL));
    } else if (opcode === BACKWARD.gather) {
      const flags = words[at + 5];
      if (flags & 4) this.contribute(c, g);
      for (let k = b - 1; k >= 0; k--) {
        const [left, right] = [this.pair(a, 2 * k), this.pair(a, 2 * k + 1)];
        if (flags & 1) this.contribute(left, () => this.load(right).op(0x20, 0).op(MUL));
        if (flags & 2) this.contribute(right, () => this.load(left).op(0x20, 0).op(MUL));
      }
    } else if (opcode >= BACKWARD.binary) {
      const mask = opcode - BACKWARD.binary + 1;
      for (const slot of [0, 1]) {
        if ((mask & (1 << slot)) === 0) continue;
        this.begin(slot === 0 ? a : b);
        code.byte(0x41).signed(c).byte(0x41).signed(slot);
        this.load(a).load(b).load(d).call('binarySlope').op(0x20, 0).op(MUL);
        this.finish(slot === 0 ? a : b, ADD);
      }
    } else {
      this.begin(a);
      if (opcode === BACKWARD.neg) g();
      else if (opcode === BACKWARD.exp) this.load(d);
      else if (opcode === BACKWARD.relu) this.constant(1).load(d).load(d).constant(0).op(0x64).op(0x1b);
      else if (opcode === BACKWARD.tanh) this.load(a).call('tanhSlope');
      else if (opcode === BACKWARD.sigmoid) this.load(a).call('sigmoidSlope');
      else {
        code.byte(0x41).signed(b);
        this.load(a).load(d).call('unarySlope');
      }
      if (opcode !== BACKWARD.neg) this.op(0x20, 0).op(MUL);
      this.finish(a, opcode === BACKWARD.neg ? SUB : ADD);
    }
  }

  /** The address of one half of a pair. */
  private pair(at: number, k: number): number {
    return this.pairs[(at >>> 2) + k];
  }

  private contribute(slot: number, term: () => void): void {
    this.begin(slot);
    term();
    this.finish(slot, ADD);
  }

  private begin(slot: number): void {
    this.zero();
    this.loadGradient(slot);
  }

  private finish(slot: number, opcode: number): void {
    this.op(opcode);
    this.store(slot + this.distance);
  }

  private op(opcode: number, operand?: number): this {
    this.code.byte(opcode);
    if (operand !== undefined) this.code.unsigned(operand);
    return this;
  }

  private zero(): this {
    this.code.byte(0x41).byte(0);
    return this;
  }

  private constant(x: number): this {
    this.code.byte(0x44).float(x);
    return this;
  }

  private load(address: number): this {
    this.zero();
    this.code.byte(0x2b).byte(3).unsigned(address);
    return this;
  }

  private loadGradient(slot: number): this {
    return this.load(slot + this.distance);
  }

  private store(address: number): void {
    this.code.byte(0x39).byte(3).unsigned(address);
  }

  private call(name: Import): this {
    this.code.byte(0x10).unsigned(IMPORT_NAMES.indexOf(name));
    return this;
  }
}

function moduleOf([forward, backward]: readonly Bytes[][]): Uint8Array {
  const bodies = [...forward, ...backward];
  const first = IMPORT_NAMES.length;
  const callAll = (from: number, count: number): Bytes => {
    const code = new Bytes().unsigned(0);
    for (let i = 0; i < count; i++) code.byte(0x10).unsigned(first + from + i);
    return code.byte(0x0b);
  };
  bodies.push(callAll(0, forward.length), callAll(forward.length, backward.length));

  const types = new Bytes().unsigned(1 + IMPORT_NAMES.length);
  types.byte(0x60).unsigned(0).unsigned(0);
  const imports = new Bytes().unsigned(1 + IMPORT_NAMES.length);
  IMPORT_NAMES.forEach((name, i) => {
    types.byte(0x60);
    for (const list of IMPORTS[name]) {
      types.unsigned(list.length);
      for (const type of list) types.byte(type);
    }
    imports
      .name('m')
      .name(name)
      .byte(0)
      .unsigned(1 + i);
  });
  imports.name('m').name('memory').byte(2).byte(0).unsigned(1);
  const functions = new Bytes().unsigned(bodies.length);
  for (let i = 0; i < bodies.length; i++) functions.unsigned(0);
  const last = first + bodies.length - 1;
  const exports = new Bytes().unsigned(2);
  exports
    .name('forward')
    .byte(0)
    .unsigned(last - 1);
  exports.name('backward').byte(0).unsigned(last);
  const code = new Bytes().unsigned(bodies.length);
  for (const body of bodies) code.block(body);

  const module = new Bytes().all(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
  for (const [id, section] of [
    [1, types],
    [2, imports],
    [3, functions],
    [7, exports],
    [10, code],
  ] as const) {
    module.byte(id).block(section);
  }
  return module.view().slice();
}
