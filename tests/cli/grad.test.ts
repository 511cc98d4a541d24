import { describe, expect, it } from 'vitest';
import { gradients, run } from './run.ts';

const L = ['L = (a*b + c)*f', '--at', 'a=2,b=-3,c=10,f=-2'];

describe('backflow grad', () => {
  it('prints a table of nodes with value and gradient', async () => {
    const { status, out, err } = await run(['grad', ...L]);
    expect(err).toBe('');
    expect(status).toBe(0);
    expect(out).toBe(
      [
        'node  formula      value  gradient',
        'a                      2         6',
        'b                     −3        −4',
        'c                     10        −2',
        'f                     −2         4',
        '      a·b             −6        −2',
        '      a·b + c          4        −2',
        'L     (a·b + c)·f     −8         1',
        '',
        'gradient = ∂L/∂node',
        '',
      ].join('\n'),
    );
  });

  it('prints as many digits as it is asked for', async () => {
    const table = async (...options: string[]): Promise<string> =>
      (await run(['grad', 'y = x/3', '--at', 'x=2', ...options])).out;
    expect(await table()).toMatch(/0\.666667 +1\n/);
    expect(await table('--digits', '3')).toMatch(/0\.667 +1\n/);
    expect(await table('--digits', '17')).toMatch(/0\.6666666666666666 +1\n/);
    expect((await run(['grad', 'y = x', '--digits', '99'])).status).toBe(2);
    expect((await run(['grad', 'y = x', '--digits', 'many'])).err).toContain('found many');
  });

  it('fits its table to the terminal', async () => {
    const formula = `y = ${Array.from({ length: 20 }, (_, i) => `sin(x*${i + 1})`).join(' + ')}`;
    const { out } = await run(['grad', formula, '--at', 'x=1'], { columns: 60, env: { NO_COLOR: '1' } });
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(60);
    expect(out).toContain('…');
  });

  it('prints JSON with every digit of every named node', async () => {
    const { out } = await run(['grad', '--json', 'u = x/3\ny = u*u', '--at', 'x=1']);
    expect(JSON.parse(out)).toEqual({
      output: 'y',
      value: (1 / 3) ** 2,
      values: { x: 1, u: 1 / 3, y: (1 / 3) ** 2 },
      grads: { x: (2 * (1 / 3)) / 3, u: 2 * (1 / 3), y: 1 },
    });
  });

  it('gives 0 to a node without a path', async () => {
    const { grads } = await gradients(['a = 2, b = 3, unused = a*b, y = a*a']);
    expect(Object.fromEntries(grads)).toEqual({ a: 4, b: 0, unused: 0, y: 1 });
  });

  it('calls an output without a name out', async () => {
    const { output, values, grads } = await gradients(['a*b', '--at', 'a=2,b=3']);
    expect(output).toBe('out');
    expect(Object.fromEntries(values)).toEqual({ a: 2, b: 3, out: 6 });
    expect(Object.fromEntries(grads)).toEqual({ a: 3, b: 2, out: 1 });
  });

  it('calls earlier versions of a name c@1, c@2', async () => {
    const { values, grads } = await gradients(['c = 2\nc = c*c\nc += c + 1\ny = 3*c']);
    expect(Object.fromEntries(values)).toMatchObject({ 'c@1': 2, 'c@2': 4, c: 9, y: 27 });
    expect(Object.fromEntries(grads)).toMatchObject({ 'c@1': 24, 'c@2': 6, c: 3 });
  });

  it('lists both names of one node', async () => {
    const { values, grads } = await gradients(['x = 3, y = x*x, z = y']);
    expect(Object.fromEntries(values)).toEqual({ x: 3, y: 9, z: 9 });
    expect(Object.fromEntries(grads)).toEqual({ x: 6, y: 1, z: 1 });
  });

  it('calls its output as the last definition does, and has a line for each name', async () => {
    const program = 'x = 3\ny = x\nz = y*x\nw = z';
    expect((await gradients([program])).output).toBe('w');
    expect((await gradients([program, '--of', 'y'])).output).toBe('y');
    expect((await gradients(['x = 2, e = 3x\noutput = e'])).output).toBe('output');
    expect((await run(['grad', program])).out).toBe(
      [
        'node  formula  value  gradient',
        'x                  3         6',
        'y     x            3         6',
        'z     x·x          9         1',
        'w     z            9         1',
        '',
        'gradient = ∂w/∂node',
        '',
      ].join('\n'),
    );
  });

  it('writes names in formulas as in the column of names', async () => {
    const { out } = await run(['grad', 'c = 2, w_{11} = 3\nc += c + w_11\nL = c*w₁₁']);
    expect(out).toBe(
      [
        'node  formula            value  gradient',
        'c@1                          2         6',
        'w₁₁                          3        10',
        '      c@1 + w₁₁              5         3',
        'c     c@1 + (c@1 + w₁₁)      7         3',
        'L     c·w₁₁                 21         1',
        '',
        'gradient = ∂L/∂node',
        '',
      ].join('\n'),
    );
  });

  it('takes values in the quotes that a shell left in place', async () => {
    expect((await gradients(['y = a*b', '--at', "'a=2, b=3'"])).value).toBe(6);
    expect((await gradients(['y = a*b', '--at', '"a=2,b=3"'])).value).toBe(6);
  });

  it('takes names as they are written', async () => {
    const { values } = await gradients([
      'θ₁ = 2, y\u0302 = 3θ_1, W^{[1]} = 4\nL = ŷ W^{[1]} a^(2)',
      '--at',
      'a^(2)=5',
    ]);
    expect(Object.fromEntries(values)).toEqual({ 'θ₁': 2, 'y\u0302': 6, 'W^{[1]}': 4, 'a^(2)': 5, L: 120 });
  });

  it('differentiates an element of a formula without a name', async () => {
    const { output, value, grads } = await gradients(['softmax(x, y)[0]', '--at', 'x=1000,y=1000']);
    expect({ output, value }).toEqual({ output: 'out', value: 0.5 });
    expect(Object.fromEntries(grads)).toEqual({ x: 0.25, y: -0.25, out: 1 });
  });

  it('differentiates another node with --of', async () => {
    const program = 'x = 3\nu = x*x\nv = u + x\ny = u*v';
    expect(Object.fromEntries((await gradients([program])).grads)).toEqual({ x: 135, u: 21, v: 9, y: 1 });
    const v = await gradients([program, '--of', 'v']);
    expect(v).toMatchObject({ output: 'v', value: 12 });
    expect(Object.fromEntries(v.grads)).toEqual({ x: 7, u: 1, v: 1, y: 0 });
  });

  it('differentiates an unnamed node by its place', async () => {
    const { output, grads } = await gradients([...L, '--of', 'L/0/0']);
    expect(output).toBe('L/0/0');
    expect(Object.fromEntries(grads)).toMatchObject({ a: -3, b: 2, c: 0, L: 0, 'L/0/0': 1 });
  });

  it('finds a name in any spelling', async () => {
    expect((await gradients(['z₁ = 2, y = z_1*z_1', '--of', 'z_{1}'])).value).toBe(2);
    expect((await gradients(['y = w_{11}^{(2)}', '--at', 'w^{(2)}_{11}=3'])).value).toBe(3);
  });

  it('says the nearest name when --of names none', async () => {
    const { status, err } = await run(['grad', 'loss = w*w', '--at', 'w=1', '--of', 'lost']);
    expect(status).toBe(2);
    expect(err).toContain('lost');
    expect(err).toMatch(/Did you mean loss\?/);
  });
});

describe('numbers that are not finite', () => {
  it('are strings in JSON, with a notice and status 0', async () => {
    const { status, out, err } = await run(['grad', '--json', 'y = log(x), z = y*x', '--at', 'x=0']);
    expect(status).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ value: 'NaN', values: { x: 0, y: '-Infinity', z: 'NaN' } });
    expect(err).toMatch(/^notice: .*y, z/);
    expect(err).toContain('begins at the value of y: −∞');
  });

  it('are told in the table too', async () => {
    const { status, out, err } = await run(['grad', 'y = log(x)', '--at', 'x=-1']);
    expect(status).toBe(0);
    expect(out).toContain('NaN');
    expect(err).toContain('notice');
  });

  it('may be born on the way back', async () => {
    const { status, out, err } = await run(['grad', '--json', 'y = sqrt(x)', '--at', 'x=0']);
    expect(status).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ value: 0, grads: { x: 'Infinity' } });
    expect(err).toMatch(/∂y\/∂x.* on the way back from y to x/s);
  });

  it('leave a branch that was not taken alone', async () => {
    const { err, out } = await run(['grad', 'y = where(x > 0, x, log(x))', '--at', 'x=2']);
    expect(err).toBe('');
    expect(out).toContain('—');
  });
});

describe('names that JavaScript has plans for', () => {
  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'then'])(
    '%s is a name',
    async (name) => {
      const { status, out } = await run(['grad', '--json', `y = ${name}*${name}`, '--at', `${name}=3`]);
      expect(status).toBe(0);
      const { values, grads } = JSON.parse(out) as Record<'values' | 'grads', object>;
      expect(Object.entries(values)).toEqual([[name, 3], ['y', 9]]); // prettier-ignore
      expect(Object.entries(grads)).toEqual([[name, 6], ['y', 1]]); // prettier-ignore
      expect((await gradients([`y = ${name}*2`, '--at', `${name}=3`, '--of', name])).output).toBe(name);
    },
  );
});

describe('--at', () => {
  it.each([
    ['x=-3', -3],
    ['x=−3', -3],
    ['x = 1/2', 0.5],
    ['x=5e-3', 0.005],
    ['x=.5', 0.5],
    ['x=3.', 3],
    ['x=+2', 2],
    ['x=0.1', 0.1],
    ['x=sqrt(2)', Math.SQRT2],
    ['x=pi/2', Math.PI / 2],
    ['x=2^10', 1024],
    ['x=1,x=2', 2],
    ['y=1;x=2', 2],
    ['y=1 x=2', 2],
    ['x=2,', 2],
  ])('%s', async (written, value) => {
    expect((await gradients(['out = x + 0*y', '--at', 'y=0', '--at', written])).values.get('x')).toBe(value);
  });

  it('replaces the number in the text', async () => {
    const { value, grads } = await gradients(['a = 2, b = 3, L = a*b', '--at', 'a=10']);
    expect(value).toBe(30);
    expect(grads.get('b')).toBe(10);
  });

  it('takes NaN and infinities', async () => {
    const { values } = await gradients(['y = a + b + c', '--at', 'a=NaN,b=∞,c=-Infinity']);
    expect(Object.fromEntries(values)).toMatchObject({ a: 'NaN', b: 'Infinity', c: '-Infinity' });
  });

  it('notices a name that nothing uses', async () => {
    const { status, err, out } = await run(['grad', '--json', 'y = x', '--at', 'x=1,q=2']);
    expect(status).toBe(0);
    expect(err).toMatch(/^notice: --at: .*q/);
    expect(JSON.parse(out)).toMatchObject({ values: { x: 1 } });
  });

  it('refuses a value for what is computed', async () => {
    const { status, err } = await run(['grad', 'x = 2\ny = x*x', '--at', 'y=1']);
    expect(status).toBe(2);
    expect(err).toContain('formula:2:1: error:');
  });

  it.each([
    ['x', 'name=number pairs'],
    ['x=', 'a number for x'],
    ['x=two', 'a number for x'],
    ['x=0,5', 'a number with a decimal point for x'],
    ['=3', 'name=number pairs'],
    ['x==3', 'name=number pairs'],
    ['x+1=3', 'name=number pairs'],
    ['', 'name=number pairs'],
  ])('refuses %j and expects %s', async (written, expected) => {
    const { status, err } = await run(['grad', 'y = x', `--at=${written}`]);
    expect(status).toBe(2);
    expect(err).toContain(`expected ${expected}`);
  });
});
