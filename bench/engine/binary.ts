// The workloads as a reader of micrograd writes them: Values, one operation of one or two inputs at a time.
import { Tape } from '@backflow/engine';
import type { Value } from '@backflow/engine';
import { CHAIN, DIGIT, digit, initialParameters, LADDER, MOONS, moons } from './data.ts';
import type { Training, WorkloadName } from './training.ts';
import { workload } from './training.ts';

/** A workload on a tape, and what a step of it records after the tape's `start`. */
export interface Program {
  readonly tape: Tape;
  readonly parameters: readonly Value[];
  /** What the learning rate multiplies the gradient by; 0 where nothing is trained. */
  readonly rate: number;
  /** The examples' numbers. */
  readonly data: Float64Array;
  /** Records the loss; `data` as Values. */
  readonly loss: (data: readonly Value[]) => Value;
}

/** How many operations a step records. */
export function operationsOf(name: WorkloadName): number {
  const { kind, size } = workload(name);
  return { W1: 65_075, W2: 25_991, W3: size, W4: 3 * size }[kind];
}

export function binaryProgram(name: WorkloadName): Program {
  const { kind, size } = workload(name);
  const tape = new Tape();
  if (kind === 'W1') {
    const parameters = Array.from(initialParameters(MOONS), (p) => tape.leaf(p));
    const network = networkOf(parameters, MOONS.sizes);
    const { x, y } = moons();
    const loss = (data: readonly Value[]): Value => moonsLoss(network, parameters, data, y);
    return { tape, parameters, rate: MOONS.rate, data: x, loss };
  }
  if (kind === 'W2') {
    const parameters = Array.from(initialParameters(DIGIT), (p) => tape.leaf(p));
    const network = networkOf(parameters, DIGIT.sizes);
    const { x, wanted } = digit();
    const loss = (data: readonly Value[]): Value => digitLoss(network, data, wanted);
    return { tape, parameters, rate: DIGIT.rate, data: x, loss };
  }
  const parameters = Array.from(kind === 'W3' ? CHAIN : LADDER, (p) => tape.leaf(p));
  const loss = (): Value => (kind === 'W3' ? chain(parameters, size) : ladder(parameters, size));
  return { tape, parameters, rate: 0, data: new Float64Array(0), loss };
}

/** Records every step anew, sweeps back through it, and forgets it. */
export function eager(name: WorkloadName): Training {
  const { tape, parameters, rate, data, loss: lossOf } = binaryProgram(name);
  const start = tape.mark();
  const initial = parameters.map((p) => p.data);
  const record = (): Value =>
    lossOf(data.length === 0 ? [] : Array.from(data, (number) => tape.leaf(number)));

  record();
  const recorded = tape.size - start.count - data.length;
  tape.reset(start);
  if (recorded !== operationsOf(name)) {
    throw new Error(`${name}: ${recorded} operations recorded, expected ${operationsOf(name)}`);
  }
  return {
    step() {
      const loss = record();
      for (const p of parameters) p.grad = 0;
      loss.backward();
      if (rate !== 0) for (const p of parameters) p.data -= rate * p.grad;
      const { data } = loss;
      tape.reset(start);
      return data;
    },
    restart: () => parameters.forEach((p, i) => (p.data = initial[i])),
    gradient: () => parameters.map((p) => p.grad),
  };
}

interface Unit {
  readonly weights: readonly Value[];
  readonly bias: Value;
}

function networkOf(parameters: readonly Value[], sizes: readonly number[]): Unit[][] {
  let at = 0;
  return sizes.slice(1).map((units, layer) =>
    Array.from({ length: units }, () => {
      const end = at + sizes[layer];
      const unit = { weights: parameters.slice(at, end), bias: parameters[end] };
      at = end + 1;
      return unit;
    }),
  );
}

function weightedSum({ weights, bias }: Unit, x: readonly Value[]): Value {
  let sum = bias;
  for (let i = 0; i < x.length; i++) sum = sum.add(weights[i].mul(x[i]));
  return sum;
}

function sumOf(terms: readonly Value[]): Value {
  let sum = terms[0];
  for (let i = 1; i < terms.length; i++) sum = sum.add(terms[i]);
  return sum;
}

function moonsLoss(network: Unit[][], parameters: readonly Value[], data: readonly Value[], y: Float64Array) {
  const [first, second, [last]] = network;
  const losses: Value[] = [];
  for (let i = 0; i < y.length; i++) {
    const x = [data[2 * i], data[2 * i + 1]];
    const h1 = first.map((unit) => weightedSum(unit, x).relu());
    const h2 = second.map((unit) => weightedSum(unit, h1).relu());
    losses.push(weightedSum(last, h2).mul(-y[i]).add(1).relu());
  }
  const decay = sumOf(parameters.map((p) => p.mul(p))).mul(MOONS.decay);
  return sumOf(losses)
    .mul(1 / y.length)
    .add(decay);
}

function digitLoss(network: Unit[][], data: readonly Value[], wanted: Float64Array): Value {
  let x = data;
  for (const layer of network) {
    const from = x;
    x = layer.map((unit) => weightedSum(unit, from).sigmoid());
  }
  return sumOf(
    x.map((output, i) => {
      const miss = output.sub(wanted[i]);
      return miss.mul(miss);
    }),
  );
}

function chain([x0, c, d]: readonly Value[], operations: number): Value {
  let x = x0;
  for (let i = 0; i < operations; i += 2) x = x.mul(c).add(d);
  return x;
}

function ladder([y0, h, k]: readonly Value[], rungs: number): Value {
  let y = y0;
  for (let i = 0; i < rungs; i++) y = y.mul(h).add(y.mul(k));
  return y;
}
