import { evaluate, isLive, LEAF, partialsOf, reachable } from '@backflow/engine';
import type { Recording } from '@backflow/engine';
import type { AlgorithmName, Emit } from '@backflow/trace';

/*
 * The ten algorithms once more, as one would write them on a board: recursive, over lists, from their definitions. They
 * share nothing with those that they are compared with but the engine's local derivatives.
 */

export interface PlainUse {
  readonly consumer: number;
  readonly slot: number;
  readonly input: number;
  readonly local: number;
}

export interface Plain {
  readonly recording: Recording;
  readonly of: number;
  /** The nodes that `of` depends on, ascending, and the leaves among them. */
  readonly nodes: readonly number[];
  readonly leaves: readonly number[];
  /** Per node, the live uses that it makes, in slot order. */
  readonly uses: readonly (readonly PlainUse[])[];
  /** Per node, the live uses that are made of it, later consumers first, then in slot order. */
  readonly users: readonly (readonly PlainUse[])[];
}

export function plainOf(recording: Recording): Plain {
  const of = recording.output;
  const reached = reachable(recording, of);
  const all = Array.from({ length: recording.count }, (_, node) => node);
  const nodes = all.filter((node) => reached[node] === 1);
  const uses = all.map((consumer): PlainUse[] => {
    if (reached[consumer] === 0) return [];
    const start = recording.inputStart[consumer];
    return Array.from(partialsOf(recording, consumer), (local, slot) => ({
      consumer,
      slot,
      input: recording.inputs[start + slot],
      local,
    })).filter(({ slot }) => isLive(recording, consumer, slot));
  });
  const made = uses.flat().sort((a, b) => b.consumer - a.consumer || a.slot - b.slot);
  return {
    recording,
    of,
    nodes,
    leaves: nodes.filter((node) => recording.operation[node] === LEAF),
    uses,
    users: all.map((node) => made.filter(({ input }) => input === node)),
  };
}

type PlainAlgorithm = (plain: Plain, emit: Emit) => number[];

const zeros = ({ recording }: Plain): number[] => Array.from({ length: recording.count }, () => 0);

function give({ consumer, slot, input }: PlainUse, contribution: number, g: number[], emit: Emit): void {
  g[input] += contribution;
  emit('contribute', consumer, slot, contribution);
  emit('accumulate', input, slot, g[input]);
}

const pathSum: PlainAlgorithm = (plain, emit) => {
  const g = zeros(plain);
  const seen = new Set<number>();
  const down = (node: number, product: number): void => {
    emit(seen.has(node) ? 'recompute' : 'visit', node, -1, product);
    seen.add(node);
    for (const use of plain.uses[node]) {
      give(use, use.local * product, g, emit);
      down(use.input, use.local * product);
    }
  };
  g[plain.of] = 1;
  emit('seed', plain.of, -1, 1);
  down(plain.of, 1);
  return g;
};

const memo: PlainAlgorithm = (plain, emit) => {
  const g = zeros(plain);
  const table = new Map<number, number>();
  const ask = (node: number): number => {
    const entry = table.get(node);
    if (entry !== undefined) {
      emit('reuse', node, -1, entry);
      return entry;
    }
    if (node === plain.of) emit('seed', node, -1, (g[node] = 1));
    for (const use of plain.users[node]) give(use, use.local * ask(use.consumer), g, emit);
    emit('visit', node, -1, g[node]);
    table.set(node, g[node]);
    return g[node];
  };
  plain.leaves.forEach(ask);
  return g;
};

const reverse: PlainAlgorithm = (plain, emit) => {
  const g = zeros(plain);
  emit('seed', plain.of, -1, (g[plain.of] = 1));
  for (const node of plain.nodes.toReversed()) {
    emit('visit', node, -1, g[node]);
    for (const use of plain.uses[node]) give(use, use.local * g[node], g, emit);
  }
  return g;
};

const numeric: PlainAlgorithm = (plain, emit) => {
  const { recording, of } = plain;
  const g = zeros(plain);
  for (const leaf of plain.leaves) {
    const x = recording.value[leaf];
    const moved = x + 2 ** -26 * Math.max(1, Math.abs(x));
    const { value } = evaluate(recording, new Map([[leaf, moved]]));
    emit('update', leaf, -1, moved);
    for (const node of plain.nodes) if (!plain.leaves.includes(node)) emit('evaluate', node, -1, value[node]);
    g[leaf] = (value[of] - recording.value[of]) / (moved - x);
    emit('accumulate', leaf, -1, g[leaf]);
    emit('update', leaf, -1, x);
  }
  return g;
};

const forward: PlainAlgorithm = (plain, emit) => {
  const g = zeros(plain);
  for (const leaf of plain.leaves) {
    const tangent = zeros(plain);
    const moving = new Set([leaf]);
    emit('seed', leaf, -1, (tangent[leaf] = 1));
    for (const node of plain.nodes) {
      for (const { consumer, slot, input, local } of plain.uses[node]) {
        const contribution = moving.has(input) ? local * tangent[input] : 0;
        if (moving.has(input)) moving.add(node);
        tangent[node] += contribution;
        emit('contribute', consumer, slot, contribution);
        emit('accumulate', node, slot, tangent[node]);
      }
      emit('visit', node, -1, tangent[node]);
    }
    g[leaf] = tangent[plain.of];
  }
  return g;
};

const overwrite: PlainAlgorithm = (plain, emit) => {
  const g = zeros(plain);
  emit('seed', plain.of, -1, (g[plain.of] = 1));
  for (const node of plain.nodes.toReversed()) {
    emit('visit', node, -1, g[node]);
    for (const { slot, input, local } of plain.uses[node]) {
      g[input] = local * g[node];
      emit('contribute', node, slot, g[input]);
      emit('accumulate', input, slot, g[input]);
    }
  }
  return g;
};

const accumulateEarly: PlainAlgorithm = (plain, emit) => {
  const g = zeros(plain);
  const seen = new Set<number>();
  const recurse = (node: number): void => {
    emit(seen.has(node) ? 'recompute' : 'visit', node, -1, g[node]);
    seen.add(node);
    for (const use of plain.uses[node]) give(use, use.local * g[node], g, emit);
    for (const use of plain.uses[node]) recurse(use.input);
  };
  emit('seed', plain.of, -1, (g[plain.of] = 1));
  recurse(plain.of);
  return g;
};

const preorder: PlainAlgorithm = (plain, emit) => {
  const g = zeros(plain);
  const seen = new Set<number>();
  const recurse = (node: number): void => {
    seen.add(node);
    emit('visit', node, -1, g[node]);
    for (const use of plain.uses[node]) give(use, use.local * g[node], g, emit);
    for (const { input } of plain.uses[node]) {
      if (seen.has(input)) emit('reuse', input, -1, NaN);
      else recurse(input);
    }
  };
  emit('seed', plain.of, -1, (g[plain.of] = 1));
  recurse(plain.of);
  return g;
};

const breadthFirst: PlainAlgorithm = (plain, emit) => {
  const g = zeros(plain);
  emit('seed', plain.of, -1, (g[plain.of] = 1));
  const queue = [plain.of];
  for (const node of queue) {
    emit('visit', node, -1, g[node]);
    for (const use of plain.uses[node]) give(use, use.local * g[node], g, emit);
    for (const { input } of plain.uses[node]) {
      if (queue.includes(input)) emit('reuse', input, -1, NaN);
      else queue.push(input);
    }
  }
  return g;
};

const postorder: PlainAlgorithm = (plain, emit) => {
  const g = zeros(plain);
  const seen = new Set<number>();
  const recurse = (node: number): void => {
    seen.add(node);
    for (const { input } of plain.uses[node]) {
      if (seen.has(input)) emit('reuse', input, -1, NaN);
      else recurse(input);
    }
    emit('visit', node, -1, g[node]);
    for (const use of plain.uses[node]) give(use, use.local * g[node], g, emit);
  };
  emit('seed', plain.of, -1, (g[plain.of] = 1));
  recurse(plain.of);
  return g;
};

export const PLAIN_ALGORITHMS: Readonly<Record<AlgorithmName, PlainAlgorithm>> = {
  'path-sum': pathSum,
  memo,
  reverse,
  numeric,
  forward,
  overwrite,
  'accumulate-early': accumulateEarly,
  preorder,
  'breadth-first': breadthFirst,
  postorder,
};
