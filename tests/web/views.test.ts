import { compile } from '@backflow/language';
import { describe, expect, it } from 'vitest';
import { curveOf, weightOf, whatIf } from '../../apps/web/src/inspector/facts.ts';
import { folded, search } from '../../apps/web/src/menu/search.ts';
import { depthsOf } from '../../apps/web/src/state/depth.ts';
import { statementAt } from '../../apps/web/src/state/places.ts';
import { runOf, type Run } from '../../apps/web/src/state/run.ts';
import { isSamePicture } from '../../apps/web/src/state/structure.ts';
import { fileNameOf, titleOf } from '../../apps/web/src/state/title.ts';
import { rowWindow } from '../../apps/web/src/table/window.ts';

const run = (text: string): Run => runOf(text, compile(text).recording!, { open: new Set(), rate: null });
const at = (program: Run, name: string): number => program.nodeOfKey.get(name)!;

describe('the search', () => {
  it('puts the best matches first', () => {
    const items = ['To the end', 'Find a node', 'Node step', 'Anode'];
    expect(search(items, 'node', (item) => item, 9)).toEqual(['Node step', 'Find a node', 'Anode']);
  });

  it.each([
    ['w⁽²⁾₁₁', 'w 2 11'],
    ['Zurück', 'zuruck'],
    ['∂E_total/∂w5', 'e total w5'],
  ])('reads %s as %j', (text, plain) => {
    expect(folded(text)).toBe(plain);
  });

  it('finds an indexed name by its digits alone', () => {
    expect(search(['w⁽²⁾₁₁', 'w⁽²⁾₁₂'], 'w211', (item) => item, 9)).toEqual(['w⁽²⁾₁₁']);
  });

  it('shows everything for no query, up to the limit', () => {
    expect(search([1, 2, 3], ' ', String, 2)).toEqual([1, 2]);
  });
});

describe('the rows of a long table', () => {
  it.each([
    [50, 0, { from: 0, to: 50 }],
    [10_000, 0, { from: 0, to: 32 }],
    [10_000, 36_000, { from: 988, to: 1032 }],
    [10_000, 360_000, { from: 9988, to: 10_000 }],
  ])('%i rows, scrolled to %i', (count, top, expected) => {
    expect(rowWindow(count, top, 720, 36)).toEqual(expected);
  });
});

describe('a title', () => {
  it.each([
    ['# A sum\n\n```backflow\nx = 1\n```', 'A sum', 'a-sum'],
    ['# Mazur’s net #\n~~~backflow\nx=1\n~~~', 'Mazur’s net', 'mazur-s-net'],
    ['# only a comment\nx = 1', null, 'backflow'],
    ['```backflow\nx = 1\n```', null, 'backflow'],
    ['# ../../etc\n```backflow\n```', '../../etc', 'etc'],
  ])('of %j is %j', (text, title, file) => {
    expect([titleOf(text), fileNameOf(text)]).toEqual([title, file]);
  });
});

describe('a statement', () => {
  const text = 'a = 1, b = 22\ny = a*b\n\nz = y + 1';
  const program = run(text);
  it.each([
    [0, 'a'],
    [5, 'a'],
    [8, 'b'],
    [13, 'b'],
    [14, 'y'],
    [21, 'y'],
    [25, 'z'],
  ])('at offset %i is that of %s', (offset, name) => {
    expect(statementAt(program, offset)).toBe(at(program, name));
  });

  it('is none on an empty line', () => {
    expect(statementAt(program, 22)).toBe(-1);
  });
});

describe('a picture', () => {
  const picture = (text: string) => ({ recording: run(text).shown, keys: run(text).keys });
  it('stays when only numbers and places change', () => {
    expect(isSamePicture(picture('x = 3\ny = x*x'), run('# note\nx = 4.5\ny = x*x'))).toBe(true);
  });

  it.each(['x = 3\ny = x*x*x', 'x = 3\nz = x*x', 'x = 3\ny = x+x', 'x = 3\ny = x*2', 'w = 3\ny = w*w'])(
    'is a new one for %j',
    (text) => {
      expect(isSamePicture(picture('x = 3\ny = x*x'), run(text))).toBe(false);
    },
  );
});

describe('depth', () => {
  it('is the longest way from a leaf', () => {
    const program = run('x = 1\nu = x*x\ny = u*x');
    expect(['x', 'u', 'y'].map((name) => depthsOf(program.shown)[at(program, name)])).toEqual([0, 1, 2]);
  });
});

describe('what if', () => {
  it('compares what happens with what the gradient promises', () => {
    const program = run('x = 3\ny = x*x');
    const { really, promised } = whatIf(program, at(program, 'x'), 0.01);
    expect(really).toBeCloseTo(0.0601, 12);
    expect(promised).toBeCloseTo(0.06, 12);
  });

  it('weighs a gradient against the others', () => {
    const program = run('a = 1, b = 1, c = 1\ny = 32*a - b/10 + 0*c');
    expect(weightOf(program, at(program, 'a'))).toEqual({
      direction: 'down',
      amount: 'aLot',
      than: { leaf: at(program, 'b'), times: 320, is: 'smaller' },
    });
    expect(weightOf(program, at(program, 'b'))).toEqual({
      direction: 'up',
      amount: 'little',
      than: { leaf: at(program, 'a'), times: 320, is: 'larger' },
    });
    expect(weightOf(program, at(program, 'c'))!.direction).toBe('none');
  });

  it('says nothing about a gradient that is no number', () => {
    const program = run('a = -1\ny = log(a)*a');
    expect(weightOf(program, at(program, 'a'))).toBeNull();
  });
});

describe('a curve', () => {
  it('goes through its operating point with the slope of the table', () => {
    const program = run('z = 0.5\na = sigmoid(z)');
    const curve = curveOf(program, at(program, 'a'))!;
    expect([curve.x, curve.y]).toEqual([0.5, program.shown.value[at(program, 'a')]]);
    expect(curve.slope).toBeCloseTo(0.2350037122, 9);
    expect(curve.pieces.length).toBe(1);
    expect(curve.low).toBeLessThanOrEqual(curve.y);
    expect(curve.high).toBeGreaterThanOrEqual(curve.y);
  });

  it('breaks where the operation is not defined', () => {
    const program = run('x = 2\ny = log(x)');
    for (const piece of curveOf(program, at(program, 'y'))!.pieces) {
      for (let i = 0; i < piece.length; i += 2) expect(piece[i]).toBeGreaterThan(0);
    }
    const tangent = run('x = 1\ny = tan(x)');
    expect(curveOf(tangent, at(tangent, 'y'))!.pieces.length).toBeGreaterThan(1);
  });

  it('is not drawn for sums, products and numbers that are not finite', () => {
    const program = run('x = -1\ny = x*x\nz = log(x)');
    expect(curveOf(program, at(program, 'y'))).toBeNull();
    expect(curveOf(program, at(program, 'z'))).toBeNull();
  });
});
