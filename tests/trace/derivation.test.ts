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

In the products, the derivative of a node by its input is the one along that single edge.

$$\frac{\partial y}{\partial y} = 1$$

$$\frac{\partial y}{\partial v} = \frac{\partial y}{\partial y} \cdot \frac{\partial y}{\partial v} = \frac{\partial y}{\partial y} \cdot u = 1 \cdot 9 = 9$$

$$\frac{\partial y}{\partial u} = \frac{\partial y}{\partial y} \cdot \frac{\partial y}{\partial u} + \frac{\partial y}{\partial v} \cdot \frac{\partial v}{\partial u} = \frac{\partial y}{\partial y} \cdot v + \frac{\partial y}{\partial v} \cdot 1 = 1 \cdot 12 + 9 \cdot 1 = 12 + 9 = 21$$

## Gradients of the leaves

$$\frac{\partial y}{\partial x} = \frac{\partial y}{\partial v} \cdot \frac{\partial v}{\partial x} + \frac{\partial y}{\partial u} \cdot \frac{\partial u}{\partial x} + \frac{\partial y}{\partial u} \cdot \frac{\partial u}{\partial x} = \frac{\partial y}{\partial v} \cdot 1 + \frac{\partial y}{\partial u} \cdot x + \frac{\partial y}{\partial u} \cdot x = 9 \cdot 1 + 21 \cdot 3 + 21 \cdot 3 = 9 + 63 + 63 = 135$$

## Update with η = 0.01

$$x \leftarrow x - \eta \cdot \frac{\partial y}{\partial x} = 3 - 0.01 \cdot 135 = 1.65$$
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
});
