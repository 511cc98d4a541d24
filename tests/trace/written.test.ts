import { absoluteBackward, backward } from '@backflow/engine';
import type { Recording } from '@backflow/engine';
import { compile } from '@backflow/language';
import {
  liveGraphOf,
  namedGraphOf,
  weightLeaves,
  writeOut,
  writtenMultiplications,
  writtenStage,
} from '@backflow/trace';
import type { NamedOptions, Written, WrittenFormula } from '@backflow/trace';
import { assert, property } from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { anyDag } from './dags.ts';
import { FOUR_NODES, recorded } from './recordings.ts';

function example(name: string): Recording {
  const { recording } = compile(readFileSync(new URL(`../../examples/${name}.md`, import.meta.url), 'utf8'));
  return recording!;
}

function writtenOf(recording: Recording, options?: NamedOptions): Written {
  return writeOut(namedGraphOf(liveGraphOf(recording), options));
}

function nameOf(recording: Recording, node: number): string {
  return recording.names.get(node) ?? `#${node}`;
}

/** `dL/dO_{31}·dO_{31}/dw`, with `[L/O_{31}]` for what is stored. */
function textOf(recording: Recording, { products }: WrittenFormula): string {
  const output = nameOf(recording, recording.output);
  return products
    .map(({ factors }) =>
      factors
        .map((factor) =>
          factor.kind === 'stored'
            ? `[${output}/${nameOf(recording, factor.node)}]`
            : `${nameOf(recording, factor.of)}/${nameOf(recording, factor.by)}`,
        )
        .join(' · '),
    )
    .join(' + ');
}

const twenty = example('twenty-weights');

describe('twenty weights, written out', () => {
  const written = writtenOf(twenty);

  it('has a formula for each weight and none for the inputs', () => {
    const { formulas, omitted } = writtenStage(written, 0);
    expect(formulas).toHaveLength(20);
    expect(omitted).toBe(0);
    expect(formulas.map(({ node }) => nameOf(twenty, node)).every((name) => name.startsWith('w^'))).toBe(
      true,
    );
  });

  it('sums two paths for a weight of the first layer, with ∂O/∂w as one factor', () => {
    const { formulas } = writtenStage(written, 0);
    const texts = new Map(formulas.map((formula) => [nameOf(twenty, formula.node), textOf(twenty, formula)]));
    expect(texts.get('w^1_{11}')).toBe(
      'L/O_{31} · O_{31}/O_{21} · O_{21}/O_{11} · O_{11}/w^1_{11} + L/O_{31} · O_{31}/O_{22} · O_{22}/O_{11} · O_{11}/w^1_{11}',
    );
    expect(texts.get('w^2_{32}')).toBe('L/O_{31} · O_{31}/O_{22} · O_{22}/w^2_{32}');
    expect(texts.get('w^3_{21}')).toBe('L/O_{31} · O_{31}/w^3_{21}');
  });

  it('goes from 86 multiplications to 28, neuron by neuron', () => {
    const names = written.order.map((v) => nameOf(twenty, written.named.nodes[v]));
    expect(names).toEqual(['O_{31}', 'O_{21}', 'O_{22}', 'O_{11}', 'O_{12}', 'O_{13}']);
    const counts = [0, 1, 2, 3, 4, 5, 6].map((presses) => writtenMultiplications(written, presses));
    expect(counts).toEqual([86n, 86n, 72n, 58n, 48n, 38n, 28n]);
  });

  it('says in how many products the next one stands', () => {
    const times = [0, 1, 2, 3, 4, 5].map((presses) => writtenStage(written, presses).next!.times);
    expect(times).toEqual([32n, 15n, 15n, 8n, 8n, 8n]);
    expect(writtenStage(written, 6).next).toBeNull();
  });

  it('marks the factors that the next press replaces, and replaces them', () => {
    const before = writtenStage(written, 3);
    const first = before.formulas.find(({ node }) => nameOf(twenty, node) === 'w^1_{11}')!;
    expect(textOf(twenty, first)).toBe(
      '[L/O_{21}] · O_{21}/O_{11} · O_{11}/w^1_{11} + [L/O_{22}] · O_{22}/O_{11} · O_{11}/w^1_{11}',
    );
    expect(first.products.map(({ repeated }) => repeated)).toEqual([2, 2]);
    const after = writtenStage(written, 4);
    expect(textOf(twenty, after.stored[3])).toBe('[L/O_{21}] · O_{21}/O_{11} + [L/O_{22}] · O_{22}/O_{11}');
    expect(
      textOf(
        twenty,
        after.formulas.find(({ node }) => node === first.node)!,
      ),
    ).toBe('[L/O_{11}] · O_{11}/w^1_{11}');
  });

  it('keeps the value of every formula at every stage', () => {
    const truth = backward(twenty);
    for (let presses = 0; presses <= 6; presses++) {
      const stage = writtenStage(written, presses);
      for (const { node, value } of [...stage.formulas, ...stage.stored]) {
        expect(value).toBeCloseTo(truth[node], 14);
      }
    }
  });

  it('counts every · of what is written', () => {
    for (let presses = 0; presses <= 6; presses++) {
      const { formulas, stored, multiplications } = writtenStage(written, presses);
      const dots = [...formulas, ...stored].map((formula) => textOf(twenty, formula).split('·').length - 1);
      expect(BigInt(dots.reduce((sum, count) => sum + count, 0))).toBe(multiplications);
    }
  });

  it('keeps z where all names are wanted, and the inputs where all leaves are', () => {
    const all = writtenOf(twenty, { all: true });
    const formula = writtenStage(all, 0).formulas.find(({ node }) => nameOf(twenty, node) === 'w^3_{11}')!;
    expect(textOf(twenty, formula)).toBe('L/O_{31} · O_{31}/z_{31} · z_{31}/w^3_{11}');
    const graph = liveGraphOf(twenty);
    expect(writtenStage(writtenOf(twenty, { leaves: graph.leaves }), 0).formulas).toHaveLength(24);
  });
});

describe('the formulas of other programs', () => {
  it('names what is used twice: four nodes', () => {
    const recording = recorded(...FOUR_NODES);
    const written = writtenOf(recording);
    expect(textOf(recording, writtenStage(written, 0).formulas[0])).toBe(
      'y/v · v/u · u/x + y/u · u/x + y/v · v/x',
    );
    expect([0, 1, 2].map((presses) => writtenMultiplications(written, presses))).toEqual([4n, 4n, 3n]);
    expect(writtenStage(written, 2).formulas[0].value).toBe(135);
  });

  it('differentiates by weights and biases where leaves are called so, else by all', () => {
    const names = (recording: Recording): string[] =>
      Array.from(weightLeaves(liveGraphOf(recording)), (leaf) => nameOf(recording, leaf));
    expect(names(recorded('w1 = 1', 'b = 2', 'x = 3', 'y = w1*x + b'))).toEqual(['w1', 'b']);
    expect(names(recorded('a = 1', 'b = 2', 'y = a*b'))).toEqual(['a', 'b']);
    expect(names(recorded('width = 1', 'b = 2', 'y = width*b'))).toEqual(['width', 'b']);
    expect(names(recorded('θ = 1', 't = 2', 'y = θ*t'))).toEqual(['θ']);
  });

  it('passes over z only where its one use is a named activation', () => {
    const joined = (...lines: string[]): number => {
      const { named } = writtenOf(recorded(...lines));
      return named.nodes.length;
    };
    // w, O and L; not z.
    expect(joined('w = 1', 'z = w*2', 'O = tanh(z)', 'L = O*O')).toBe(3);
    expect(joined('w = 1', 'z = w*2', 'O = tanh(z)', 'L = O*z')).toBe(4);
    expect(joined('w = 1', 'd = w - 2', 'L = d²')).toBe(3);
  });

  it('is 1 for an output that is itself a leaf', () => {
    const recording = recorded('x = 3');
    const stage = writtenStage(writtenOf(recording), 0);
    expect(stage.multiplications).toBe(0n);
    expect(stage.formulas[0].value).toBe(1);
    expect(stage.formulas[0].products).toEqual([{ factors: [], repeated: 0 }]);
  });

  it('counts what it leaves out', () => {
    const lines = ['x0 = 1'];
    for (let k = 1; k <= 8; k++) lines.push(`u${k} = sin(x${k - 1})·1`, `x${k} = u${k}·x${k - 1}`);
    const recording = recorded(...lines);
    const written = writtenOf(recording, { all: true });
    const { formulas } = writtenStage(written, 0);
    expect(formulas[0].products).toHaveLength(24);
    expect(formulas[0].omitted).toBe(256n - 24n);
    expect(formulas[0].value).toBeCloseTo(backward(recording)[0], 12);
  });

  it('writes no product that is too long, and counts it all the same', () => {
    const lines = ['x0 = 0.5'];
    for (let k = 1; k <= 3000; k++) lines.push(`x${k} = 1·x${k - 1}`);
    const written = writtenOf(recorded(...lines));
    const { formulas, multiplications } = writtenStage(written, 0);
    expect(formulas[0].products).toEqual([]);
    expect(formulas[0].omitted).toBe(1n);
    expect(formulas[0].value).toBe(1);
    expect(multiplications).toBe(2999n);
  });

  it('keeps gradients, never raises the count, and ends with one multiplication per factor below the output’s own', () => {
    let stages = 0;
    assert(
      property(anyDag, (recording) => {
        // Two of three operations get a name.
        const names = new Map(recording.names);
        for (let node = 0; node < recording.count; node++) {
          if (node % 3 > 0) names.set(node, names.get(node) ?? `n${node}`);
        }
        const named = { ...recording, names };
        const written = writtenOf(named);
        const truth = backward(named);
        const scale = absoluteBackward(named, named.output);
        let last = writtenMultiplications(written, 0);
        for (let presses = 0; presses <= written.order.length; presses++) {
          const stage = writtenStage(written, presses);
          expect(stage.multiplications <= last).toBe(true);
          last = stage.multiplications;
          for (const { node, value } of [...stage.formulas, ...stage.stored]) {
            if (!Number.isFinite(scale[node])) continue;
            expect(Math.abs(value - truth[node])).toBeLessThanOrEqual(1e-9 * scale[node]);
          }
          stages++;
        }
        const { start, below, nodes } = written.named;
        const root = nodes.length - 1;
        expect(last).toBe(BigInt(below.length - (start[root + 1] - start[root])));
      }),
      { seed: 45, numRuns: 300 },
    );
    expect(stages).toBeGreaterThan(500);
  });
});
