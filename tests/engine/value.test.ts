import { add, relu, Tape, value, Value } from '@backflow/engine';
import { describe, expect, it } from 'vitest';

describe("micrograd's README program", () => {
  it('gives 24.7041, 138.8338 and 645.5773', () => {
    const a = value(-4);
    const b = value(2);
    let c = a.add(b);
    let d = a.mul(b).add(b.pow(3));
    c = c.add(c.add(1));
    c = c.add(add(1, c).add(a.neg()));
    d = d.add(d.mul(2).add(relu(b.add(a))));
    d = d.add(d.mul(3).add(relu(b.sub(a))));
    const e = c.sub(d);
    const f = e.pow(2);
    let g = f.div(2);
    g = g.add(f.pow(-1).mul(10));
    g.backward();
    expect(g.data.toFixed(4)).toBe('24.7041');
    expect(a.grad.toFixed(4)).toBe('138.8338');
    expect(b.grad.toFixed(4)).toBe('645.5773');
  });
});

describe('a node used more than once', () => {
  it('keeps one edge for each use of x in x × x', () => {
    const x = value(3);
    const y = x.mul(x);
    expect(y.prev.map(({ index }) => index)).toEqual([x.index, x.index]);
    y.backward();
    expect(x.grad).toBe(6);
  });

  it('u = x·x, v = u + x, y = u·v at x = 3 has dy/dx = 135', () => {
    const x = value(3);
    const u = x.mul(x);
    u.mul(u.add(x)).backward();
    expect(x.grad).toBe(135);
  });
});

it('a chain of a million operations runs forward and backward', () => {
  const tape = new Tape();
  const x = tape.leaf(1);
  let y: Value = x;
  for (let i = 0; i < 1_000_000; i++) y = y.mul(1.000001);
  y.backward();
  expect(y.data).toBeCloseTo(Math.E, 4);
  expect(x.grad).toBeCloseTo(Math.E, 4);
});
