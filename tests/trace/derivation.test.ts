import { Tape } from '@backflow/engine';
import { en, loadMessages } from '@backflow/messages';
import { derivationMarkdown, traceReverse } from '@backflow/trace';
import { renderToString } from 'katex';
import { assert, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyRecording, FOUR_NODES, recorded } from './recordings.ts';

function equationsOf(markdown: string): string[] {
  return [...markdown.matchAll(/^\$\$(.*)\$\$$/gm)].map(([, equation]) => equation);
}

describe('a derivation', () => {
  it('is a document: the program, the values, the derivatives in the order of the sweep, the leaves last', () => {
    expect(derivationMarkdown(traceReverse(recorded(...FOUR_NODES), { learningRate: 0.01 }), en)).toBe(
      String.raw`# Derivation of the gradient of y

## Program

${'```'}backflow
x = 3
u = x*x
v = u + x
y = u*v
${'```'}

## Forward: values

$$u = x \cdot x = 3 \cdot 3 = 9$$

$$v = u + x = 9 + 3 = 12$$

$$y = u \cdot v = 9 \cdot 12 = 108$$

## Backward: derivatives of y

$$\frac{\partial y}{\partial y} = 1$$

$$\frac{\partial y}{\partial v} = u = 9$$

$$\frac{\partial y}{\partial u} = v + \frac{\partial y}{\partial v} = 12 + 9 = 21$$

## Gradients of the leaves

$$\frac{\partial y}{\partial x} = \frac{\partial y}{\partial v} + \frac{\partial y}{\partial u} \cdot x + \frac{\partial y}{\partial u} \cdot x = 9 + 21 \cdot 3 + 21 \cdot 3 = 9 + 63 + 63 = 135$$

## Update: a step against the gradient, 0.01 times as long

$$x^{+} = x - 0.01 \cdot \frac{\partial y}{\partial x} = 3 - 0.01 \cdot 135 = 1.65$$
`,
    );
  });

  it('quotes the program as it was written, in a fence that it cannot break', async () => {
    const program = 'x = 3 # ```\ny = x^2';
    const markdown = derivationMarkdown(traceReverse(recorded(program)), await loadMessages('de'), {
      program,
    });
    expect(markdown).toContain('````backflow\nx = 3 # ```\ny = x^2\n````');
    expect(markdown).toContain('# Herleitung des Gradienten von y');
  });

  it('writes ≈ before rounded numbers and = before exact ones', () => {
    const trace = traceReverse(recorded('z = 0.3775', 'o = sigmoid(z)', 'E = 2*o'));
    const [o, E] = equationsOf(derivationMarkdown(trace, en));
    expect(o).toBe(String.raw`o = \sigma\left(z\right) = \sigma\left(0.3775\right) \approx 0.5933`);
    expect(E).toBe(String.raw`E = 2 \cdot o \approx 2 \cdot 0.5933 \approx 1.187`);
    const [exact] = equationsOf(derivationMarkdown(trace, en, { digits: 10 }));
    expect(exact).toContain('0.5932699921');
  });

  it('lists leaves that the output does not depend on', () => {
    const markdown = derivationMarkdown(traceReverse(recorded('a = 1', 'b = 2', 'y = b*b')), en);
    expect(markdown).toContain(
      '## y does not depend on these leaves\n\n$$\\frac{\\partial y}{\\partial a} = 0$$',
    );
  });

  it('stops after as many equations as allowed, and says how many are missing', () => {
    const names = Array.from({ length: 9 }, (_, index) => `x${index}`);
    const trace = traceReverse(
      recorded(...names.map((name) => `${name} = 1`), `y = sum(${names.join(', ')})`),
    );
    const markdown = derivationMarkdown(trace, en, { limit: 4 });
    expect(markdown).toContain('… and 5 more.');
    expect(equationsOf(markdown)).toHaveLength(1 + 1 + 4);
  });

  it('of any run can be typeset', () => {
    assert(
      property(anyRecording, (recording) => {
        for (const equation of equationsOf(derivationMarkdown(traceReverse(recording), en))) {
          expect(() => renderToString(equation, { throwOnError: true, strict: 'ignore' })).not.toThrow();
        }
      }),
      { seed: 41, numRuns: 25 },
    );
  });

  it('ends every equation with the number itself', () => {
    const trace = traceReverse(recorded('a = 2', 'b = -3', 'c = a*b', 'd = c + a', 'L = d^2'));
    const numbers = equationsOf(derivationMarkdown(trace, en)).map((equation) => equation.split('= ').at(-1));
    expect(numbers).toEqual(['-6', '-4', '16', '1', '-8', '-8', '-16', '16']);
  });

  it('writes ∂c/∂n as a factor only where n has one way into c', () => {
    const [, , , , direct] = equationsOf(
      derivationMarkdown(traceReverse(recorded('x = 2', 'u = x*x', 'y = 3*u')), en),
    );
    expect(direct).toBe(
      String.raw`\frac{\partial y}{\partial x} = \frac{\partial y}{\partial u} \cdot \frac{\partial u}{\partial x} = \frac{\partial y}{\partial u} \cdot x + \frac{\partial y}{\partial u} \cdot x = 3 \cdot 2 + 3 \cdot 2 = 6 + 6 = 12`,
    );
    const branched = derivationMarkdown(traceReverse(recorded('x = 2', 'u = 5*x', 'v = u*x', 'y = 3*v')), en);
    expect(branched).toContain(
      String.raw`\frac{\partial y}{\partial x} = \frac{\partial y}{\partial v} \cdot u + 5 \cdot \frac{\partial y}{\partial u} = 3`,
    );
  });

  it('takes unnamed nodes into the formula of their user, and multiplies numbers', () => {
    const [E, , o, t] = equationsOf(
      derivationMarkdown(traceReverse(recorded('t = 3', 'o = 1', 'E = 1/2*(t - o)^2')), en),
    );
    expect(E).toBe(
      String.raw`E = \frac{1}{2} \cdot \left(t - o\right)^{2} = \frac{1}{2} \cdot \left(3 - 1\right)^{2} = 2`,
    );
    expect(o).toBe(
      String.raw`\frac{\partial E}{\partial o} = -\left(t - o\right) = -\left(3 - 1\right) = -2`,
    );
    expect(t).toBe(String.raw`\frac{\partial E}{\partial t} = t - o = 3 - 1 = 2`);
  });

  it('names what is used twice, and what a program cannot name', () => {
    const tape = new Tape();
    const u = tape.leaf(2, 'c@1').add(1);
    const markdown = derivationMarkdown(traceReverse(tape.record(u.mul(u.exp()).as('y'))), en, {
      program: 'not this one',
    });
    expect(markdown).toContain('c_1 = 2\nt1 = c_1 + 1\ny = t1*exp(t1)\n');
    expect(markdown).toContain(String.raw`$$t_1 = c_1 + 1 = 2 + 1 = 3$$`);
  });

  it('keeps the zeros of rounded numbers, and their point', () => {
    const equations = equationsOf(
      derivationMarkdown(traceReverse(recorded('x = 12345.678', 'y = x*0.5000003', 'z = y/12345.67')), en),
    );
    expect(equations[0]).toBe(
      String.raw`y = x \cdot 0.5000003 \approx 12{,}345.7 \cdot 0.5000003 \approx 6172.8`,
    );
    expect(equations[1]).toMatch(/\\approx 0\.5000$/);
  });

  it('leaves out what is not a finite number', () => {
    const markdown = derivationMarkdown(traceReverse(recorded('x = 0', 'y = log(x)', 'z = y*0')), en);
    expect(markdown).toContain(String.raw`$$y = \ln\left(x\right)$$`);
    expect(markdown).not.toMatch(/infty|NaN/);
  });
});
