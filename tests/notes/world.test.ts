import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { canonicalName } from '@backflow/language';
import { describe, expect, it } from 'vitest';
import type { Bound } from '../../packages/notes/src/bound.ts';
import type { Chain, Sheet } from '../../packages/notes/src/sheet.ts';
import type { NameTerm, Term } from '../../packages/notes/src/term.ts';
import { isUnbound } from '../../packages/notes/src/world.ts';
import type { World } from '../../packages/notes/src/world.ts';
import { evaluateBound } from '../../packages/notes/src/world/evaluate.ts';
import { createWorld } from '../../packages/notes/src/world/world.ts';

const examples = resolve(import.meta.dirname, '../../examples');
const at = { from: 0, to: 0 };

const name = (spelling: string): NameTerm => ({
  kind: 'name',
  key: canonicalName(spelling) ?? spelling,
  spelling,
  ...at,
});
const number = (value: number): Term => ({
  kind: 'number',
  value,
  unit: 1,
  integer: Number.isInteger(value),
  open: false,
  ...at,
});
const term = (of: string | number | Term): Term =>
  typeof of === 'string' ? name(of) : typeof of === 'number' ? number(of) : of;
type Part = string | number | Term;
const apply = (operation: (Term & { kind: 'apply' })['operation'], ...of: Part[]): Term => ({
  kind: 'apply',
  operation,
  of: of.map(term),
  ...at,
});
const d = (of: Part | null, by: Part, order = 1): Term => ({
  kind: 'derivative',
  of: of === null ? null : term(of),
  by: term(by),
  order,
  at: [],
  ...at,
});
const call = (callee: string, primes: number, ...of: Part[]): Term => ({
  kind: 'call',
  callee: name(callee),
  primes,
  of: of.map(term),
  ...at,
});
const slope = (operation: (Term & { kind: 'slope' })['operation'], of: Part): Term => ({
  kind: 'slope',
  operation,
  of: term(of),
  ...at,
});
const sum = (
  index: string | null,
  body: Part,
  first: Part | null = null,
  last: Part | null = null,
): Term => ({
  kind: 'series',
  operation: 'sum',
  index,
  first: first === null ? null : term(first),
  last: last === null ? null : term(last),
  body: term(body),
  ...at,
});
const list = (...items: Part[]): Term => ({ kind: 'list', items: items.map(term), ...at });
const chain = (subject: Part, ...members: Part[]): Chain => ({
  subject: term(subject),
  members: members.map((member) => ({
    relation: '=',
    term: term(member),
    alternatives: [],
    problem: null,
    ...at,
  })),
  at: [],
  remark: '',
  layout: 'line',
  ...at,
});

function worldOf(program: string, ...chains: Chain[]): World {
  const text = program.includes('```') ? program : '```backflow\n' + program + '\n```\n';
  const sheet: Sheet = { text, program: [at], chains, declarations: [], repairs: [] };
  return createWorld(sheet);
}

function example(file: string, ...chains: Chain[]): World {
  return worldOf(readFileSync(resolve(examples, file), 'utf8'), ...chains);
}

function bound(world: World, of: Part): Bound {
  const result = world.bind(term(of));
  if (isUnbound(result)) throw new Error(JSON.stringify(result));
  return result;
}

const value = (world: World, of: Part): number => evaluateBound(bound(world, of), world.run());
const values = (world: World, of: Part): number[] => {
  const items = world.bindEach!(term(of));
  if (items === null || 'code' in items) throw new Error(JSON.stringify(items));
  return items.map((item) => evaluateBound(item, world.run()));
};
const problem = (world: World, of: Part): object => {
  const result = world.bind(term(of));
  return isUnbound(result) ? result : { code: 'bound' };
};

describe("Mazur's network", () => {
  const world = example(
    'mazur.md',
    chain('δ_o1', 0.1385),
    chain('w5_new', apply('sub', 0.4, apply('mul', 0.5, 0.08217))),
  );

  it('finds nodes by any spelling of their names', () => {
    for (const spelling of ['w5', 'w_5', 'w₅', 'W5', 'ω_5', 'w_{5}'])
      expect(value(world, spelling)).toBe(0.4);
    expect(value(world, 'net_{h1}')).toBeCloseTo(0.3775, 12);
    expect(value(world, 'z_{h1}')).toBeCloseTo(0.3775, 12);
    expect(value(world, 'a_{h1}')).toBeCloseTo(0.593269992, 9);
  });

  it('takes E, L and C for the loss, and says so', () => {
    for (const spelling of ['E', 'L', 'C', 'E_total', 'E_{total}']) {
      expect(value(world, spelling)).toBeCloseTo(0.298371109, 9);
    }
    expect(world.readAs!('L')).toMatchObject({ code: 'loss-alias', read: 'E_total' });
    expect(world.readAs!('E_total')).toBeNull();
  });

  it('reads dw5, dE_dw5, δ_{o1} and their kin as derivatives', () => {
    const w5 = 0.08216704056423077;
    expect(value(world, d('E_total', 'w5'))).toBeCloseTo(w5, 12);
    expect(value(world, d(null, 'w5'))).toBeCloseTo(w5, 12);
    for (const spelling of ['dw5', 'dE_dw5', 'dE_total_dw5', 'dw_5', 'grad_w5', 'w5_grad', 'dEdw5']) {
      expect(value(world, spelling)).toBeCloseTo(w5, 12);
    }
    for (const spelling of ['δ_{o1}', 'δ_o1', 'delta_o1']) {
      expect(value(world, spelling)).toBeCloseTo(0.13849856162855698, 12);
    }
  });

  it('knows the slots of a direct use', () => {
    const partial = bound(world, d('out_o1', 'net_o1'));
    expect(partial).toMatchObject({ kind: 'derivative', slots: [0] });
    expect(bound(world, d('E_total', 'w5'))).toMatchObject({ slots: [] });
  });

  it('differentiates formulas', () => {
    expect(value(world, d(apply('mul', 'w5', 'out_h1'), 'w5'))).toBeCloseTo(0.593269992, 9);
    const square = apply('pow', apply('sub', 'out_o1', 't1'), 2);
    expect(value(world, d(square, 'out_o1'))).toBeCloseTo(2 * (0.7513650695523157 - 0.01), 12);
    expect(value(world, d(square, 'net_o1'))).toBeCloseTo(2 * 0.7413650695523157 * 0.18681560180895948, 12);
  });

  it('finds the node that a formula stands for below the line', () => {
    const net = apply('add', apply('add', apply('mul', 'w5', 'out_h1'), apply('mul', 'w6', 'out_h2')), 'b2');
    expect(value(world, d('E_total', net))).toBeCloseTo(0.13849856162855698, 12);
  });

  it('takes the rate of an update from the formula', () => {
    expect(value(world, 'w5_new')).toBeCloseTo(0.4 - 0.5 * 0.08216704056423077, 12);
  });

  it('cuts joined names', () => {
    expect(value(world, 'w1i1')).toBeCloseTo(0.15 * 0.05, 15);
  });

  it('suggests a name for one that nobody defines', () => {
    expect(problem(world, 'out_h3')).toMatchObject({ code: 'unknown-name', name: 'out_h3' });
    expect((problem(world, 'net_o3') as { suggestion: string }).suggestion).toMatch(/^net_o/);
    expect(problem(world, { kind: 'elided', ...at })).toEqual({ code: 'elided' });
  });

  it('has twenty samples, the same every time', () => {
    const other = example('mazur.md');
    for (let index = 0; index < 20; index++) {
      const run = world.sample(index);
      expect(run).not.toBeNull();
      expect([...run!.value]).toEqual([...other.sample(index)!.value]);
    }
    expect(world.sample(20)).toBeNull();
    expect(new Set(Array.from({ length: 20 }, (_, i) => world.sample(i)!.value[0])).size).toBe(20);
  });
});

describe('a network of four layers', () => {
  const world = example(
    'twenty-weights.md',
    chain('w_{12}^{(1)}', -0.3),
    chain('δ^{(L)}', 0),
    chain(d('L', 'w^{(l)}_{jk}'), apply('mul', 'δ_{k}^{(l)}', 'O_j')),
  );

  it('finds weights by layer and index', () => {
    for (const spelling of [
      'w^1_{12}',
      'w_{12}^{(1)}',
      'ω^1_{12}',
      'w1_12',
      'W^{[1]}_{12}',
      'w_{1,2}^{(1)}',
    ]) {
      expect(value(world, spelling)).toBe(-0.3);
    }
  });

  it('finds activations by layer', () => {
    const O11 = value(world, 'O_{11}');
    for (const spelling of ['O11', 'O^{(1)}_1', 'a^{(1)}_1', 'O_{1,1}', 'a_1^{(1)}'])
      expect(value(world, spelling)).toBe(O11);
    expect(value(world, 'z^{(2)}_2')).toBe(value(world, 'z_{22}'));
    expect(value(world, 'a^{(L)}')).toBe(value(world, 'O_{31}'));
    expect(value(world, 'w^{(L)}_{21}')).toBe(-0.5);
  });

  it('reads error signals of a layer', () => {
    expect(value(world, 'δ^{(L)}')).toBe(value(world, d('L', 'z_{31}')));
    expect(value(world, 'δ^{(2)}_1')).toBe(value(world, d('L', 'z_{21}')));
    expect(value(world, 'δ_{21}')).toBe(value(world, d('L', 'z_{21}')));
    expect(value(world, 'δ')).toBe(value(world, d('L', 'z_{31}')));
    expect(values(world, 'δ^{(2)}')).toEqual([
      value(world, d('L', 'z_{21}')),
      value(world, d('L', 'z_{22}')),
    ]);
  });

  it('turns the order of indices', () => {
    const turned = world.withIndexOrder!('to-from')!;
    expect(value(turned, 'w^1_{12}')).toBe(0.1);
    expect(value(turned, 'O_{12}')).toBe(value(world, 'O_{12}'));
    expect(world.withIndexOrder!('from-to')).toBeNull();
  });

  it('expands sums over the names that exist', () => {
    const total = sum('j', apply('mul', 'w^{3}_{j1}', 'O_{2j}'));
    expect(value(world, total)).toBeCloseTo(value(world, 'z_{31}'), 12);
    const bounded = sum('j', apply('mul', 'w^{(L)}_{j1}', 'a^{(L-1)}_j'), 0, apply('sub', 'n_L', 1));
    expect(value(world, bounded)).toBeCloseTo(value(world, 'z_{31}'), 12);
    const paths = sum('k', apply('mul', d('L', 'z_{2k}'), d('z_{2k}', 'O_{11}')));
    expect(value(world, paths)).toBeCloseTo(value(world, d('L', 'O_{11}')), 12);
  });

  it('takes a name without indices for all of its elements', () => {
    expect(values(world, 'x')).toEqual([1, 0, 1, 1]);
    expect(values(world, apply('sub', list(1, 0, 1, 1), 'x'))).toEqual([0, 0, 0, 0]);
    const product = apply('mul', { kind: 'transpose', of: name('W^{(3)}'), ...at }, 'O_2');
    expect(value(world, product)).toBeCloseTo(value(world, 'z_{31}'), 12);
    expect(world.bindEach!(name('L'))).toBeNull();
    expect(values(world, d('L', 'w^{(2)}'))).toHaveLength(6);
  });
});

describe('a chain of neurons with symbolic layers', () => {
  const world = example('chain-of-neurons.md');

  it('finds the names as they are written', () => {
    expect(value(world, 'w^{(L)}')).toBe(1.5);
    expect(value(world, 'W^{[L]}')).toBe(1.5);
    expect(value(world, 'C_0')).toBe(value(world, 'C'));
  });

  it('reads σ′ and f′ of the notes as the slope of the activation', () => {
    const z = value(world, 'z^{(L)}');
    const expected = Math.exp(-z) / (1 + Math.exp(-z)) ** 2;
    expect(value(world, slope('sigmoid', 'z^{(L)}'))).toBeCloseTo(expected, 12);
    expect(value(world, call('f', 1, 'z^{(L)}'))).toBeCloseTo(expected, 12);
    expect(value(world, call('φ', 0, 'z^{(L)}'))).toBe(value(world, 'a^{(L)}'));
  });

  it('multiplies a name by a parenthesis behind it, unless it is a function of what stands there', () => {
    const a = value(world, 'a^{(L)}');
    expect(value(world, call('a^{(L)}', 0, apply('sub', 1, 'a^{(L)}')))).toBeCloseTo(a * (1 - a), 15);
    expect(value(world, call('C', 0, 'a^{(L)}'))).toBe(value(world, 'C'));
  });

  it('reads δ^{(L)} and δ^{(L-1)}', () => {
    expect(value(world, 'δ^{(L-1)}')).toBe(value(world, d('C', 'z^{(L-1)}')));
  });
});

describe('names that only the notes define', () => {
  const world = worldOf(
    'x = 2\ny = x^3',
    chain('k', apply('mul', 2, 'y')),
    chain(call('f', 0, 't'), apply('add', apply('pow', 't', 2), 1)),
    chain('c', 5),
    chain('p', 'q'),
    chain('q', 'p'),
  );

  it('stand for their formulas', () => {
    expect(value(world, 'k')).toBe(16);
    expect(value(world, d('k', 'x'))).toBe(24);
    expect(value(world, d('k', 'y'))).toBe(2);
  });

  it('can be functions, with derivatives', () => {
    expect(value(world, call('f', 0, 3))).toBe(10);
    expect(value(world, call('f', 1, 3))).toBe(6);
    expect(value(world, call('f', 2, 3))).toBe(2);
    expect(value(world, call('f', 0, call('f', 0, 'x')))).toBe(26);
    expect(value(world, d(call('f', 0, 'x'), 'x'))).toBe(4);
  });

  it('are unknown where only a number is given, but may be used', () => {
    expect(problem(world, 'c')).toMatchObject({ code: 'unknown-name', name: 'c' });
    expect(value(world, apply('add', 'c', 1))).toBe(6);
  });

  it('mean nothing where they define one another', () => {
    expect(problem(world, 'p')).toMatchObject({ code: 'unknown-name' });
  });

  it('has second derivatives and derivatives at another point', () => {
    expect(value(world, d('y', 'x', 2))).toBeCloseTo(12, 9);
    expect(
      value(world, {
        ...(d('y', 'x') as Term & { kind: 'derivative' }),
        at: [{ name: name('x'), value: number(1) }],
      }),
    ).toBe(3);
    expect(value(world, call('y', 1, 1))).toBe(3);
    expect(value(world, call('y', 0, 3))).toBe(27);
  });
});

describe('vectors and matrices', () => {
  const world = worldOf(
    'W = [[1, 2], [3, 4]]\nx = [5, 6]\nb = [0.5, -0.5]\nz = W x + b\na = σ(z)\nL = sum(a)',
  );

  it('count from 1 where the notes do', () => {
    expect(value(world, 'W[0][1]')).toBe(2);
    expect(value(world, 'w_{12}')).toBe(2);
    expect(value(world, 'x_1')).toBe(5);
    const zero = worldOf('W = [[1, 2], [3, 4]]\nx = [5, 6]\nz = W x\nL = sum(z)', chain('w_{01}', 2));
    expect(value(zero, 'w_{01}')).toBe(2);
    expect(value(zero, 'w_{11}')).toBe(4);
  });

  it('are multiplied as matrices', () => {
    expect(values(world, apply('add', apply('mul', 'W', 'x'), 'b'))).toEqual(values(world, 'z'));
    expect(values(world, d('L', 'W'))).toHaveLength(4);
    expect(values(world, 'δ').length).toBe(2);
  });

  it('do not go together in any shape', () => {
    const result = world.bindEach!(apply('add', 'x', list(1, 2, 3)));
    expect(result).toMatchObject({ code: 'shapes' });
  });
});

describe('samples', () => {
  it('stay on the branches of the point and in the domains', () => {
    const world = worldOf(
      'x = -1\nw = 0.4\np = 0.7\nh = relu(w * x)\ng = where(x > 0, sqrt(x), -x)\nL = h + g + log(p) + log(1 - p) + |w|',
    );
    for (let index = 0; index < 20; index++) {
      const run = world.sample(index);
      expect(run).not.toBeNull();
      expect(value(world, 'h')).toBe(0);
      expect(run!.value[0]).toBeLessThan(0);
      expect(Number.isFinite(run!.value[world.output])).toBe(true);
    }
  });

  it('are null where there is no such point', () => {
    const world = worldOf('x = 1\ny = sqrt(x - 1) + sqrt(1 - x)');
    expect(world.sample(0)).toBeNull();
  });
});

describe('what has no node of its own', () => {
  it('is any number in a line that speaks only of functions', () => {
    const identity = apply('mul', apply('sigmoid', 'u'), apply('sub', 1, apply('sigmoid', 'u')));
    const world = worldOf('x = 2\ny = x^2', chain(slope('sigmoid', 'u'), identity), chain('v', 3));
    expect(world.free).toEqual(['u']);
    const run = world.sample(0)!;
    expect(evaluateBound(bound(world, identity), run)).toBeCloseTo(
      evaluateBound(bound(world, slope('sigmoid', 'u')), run),
      12,
    );
    expect(problem(world, 'v')).toMatchObject({ code: 'unknown-name' });
  });

  it('is the argument of a σ that stands alone', () => {
    const world = worldOf('x = 2\ny = x^2', chain("σ'", apply('mul', 'σ', apply('sub', 1, 'σ'))));
    expect(bound(world, "σ'")).toMatchObject({ kind: 'slope', operation: 'sigmoid' });
  });

  it('is a step of a weight', () => {
    const world = worldOf('w = 2\nL = w^2', chain('η', 0.1));
    expect(value(world, 'Δw')).toBeCloseTo(-0.4, 12);
    expect(value(world, call('new', 0, 'w'))).toBeCloseTo(1.6, 12);
    expect(value(world, 'loss')).toBe(4);
  });

  it('is held fixed in a local reading', () => {
    const world = worldOf('x = 3\nu = x^2\ny = x * u + sin(x)');
    const partial = bound(world, d('y', 'x'));
    expect(partial).toMatchObject({ partial: true });
    expect(evaluateBound(partial, world.run(), { local: true })).toBeCloseTo(9 + Math.cos(3), 12);
    expect(evaluateBound(partial, world.run(), { local: false })).toBeCloseTo(27 + Math.cos(3), 12);
  });
});
