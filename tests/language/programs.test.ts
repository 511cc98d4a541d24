import { operationOf } from '@backflow/engine';
import { compile, diagnosticMessage, nodeNamed } from '@backflow/language';
import { en } from '@backflow/messages';
import { describe, expect, it } from 'vitest';
import { compiled, formula, graph, output, problem, problems } from './notation.ts';

describe('statements', () => {
  it('stand on lines, or between commas or semicolons', () => {
    const expected = 'a=1, b=2, c=(add a b)=3';
    for (const text of [
      'a = 1\nb = 2\nc = a + b',
      'a = 1, b = 2; c = a + b',
      'a = 1,\r\nb = 2;\r\n\r\nc = a + b;\n',
    ]) {
      expect(graph(text)).toBe(expected);
    }
  });

  it('keep commas inside brackets', () => {
    expect(graph('a = max(1, 2), b = [3, 4][0]')).toBe('a=2, b=3');
  });

  it('continue on the next line inside brackets', () => {
    expect(graph('x = 1\ny = (x\n  + 2) * max(x,\n  3)')).toBe('x=1, y=(mul (add x 2) (max x 3))=9');
  });

  it('may have comments', () => {
    expect(graph('# first\nx = 2 # two\ny = x // 2\n  // end')).toBe('x=2');
    expect(graph('x = (1 + # one\n 2)')).toBe('x=3');
  });
});

describe('the output', () => {
  it('is the last definition', () => {
    expect(output('x = 2\ny = 3x\nz = x*y')).toBe('z=12');
  });

  it('is what a directive names, wherever it stands', () => {
    expect(output('output y\nx = 2\ny = 3x\nz = x*y')).toBe('y=6');
    expect(output('x = 2\ny = 3x\nz = x*y\noutput y')).toBe('y=6');
    expect(output('c = 2\nc += 1\noutput c@1')).toBe('c@1=2');
    expect(output('W = [[1, 2]]\noutput W[0][1]')).toBe('W[0][1]=2');
  });

  it('is a definition when output is defined', () => {
    expect(output('x = 2\noutput = 3x')).toBe('output=6');
  });

  it('is a last formula without a name, called out', () => {
    expect(graph('x = 2\n3x')).toBe('x=2, out=(mul 3 x)=6');
    expect(graph('3 + 4')).toBe('out=7');
    expect(graph('out = 2\nout * 3')).toBe('out@1=2, out=(mul out@1 3)=6');
  });

  it('is the node itself when the last formula is only its name', () => {
    expect(output('x = 2\ny = 3x\nz = x*y\ny')).toBe('y=6');
    expect(output('v = [4, 5]\nv[1]')).toBe('v[1]=5');
    expect(output('x = 2\n[x, 3x][1]')).toBe('out=6');
    expect(output('x = 2\nsoftmax(x, 2)[0]')).toBe('out=0.5');
  });

  it('has the name by which it was defined last', () => {
    const named = (text: string, of?: string) => compile(text, of === undefined ? {} : { of }).output;
    expect(named('x = 2\ny = x')).toBe('y');
    expect(named('x = 2\ny = x\noutput x')).toBe('x');
    expect(named('c = 2\nc = c')).toBe('c');
    expect(named('x = 2\n3x')).toBe('out');
    expect(named('x = 2\ny = x\nz = y', 'y')).toBe('y');
    expect(named('x = ')).toBe(null);
  });

  it('is another node on request', () => {
    const text = 'c = 2\nc += 1\nd = c*c@1\nv = [d, c]\ne = sum(v)';
    const outputs = ['d', 'c@1', 'c', 'c@2', 'v[0]'].map((of) => output(text, { of }));
    expect(outputs).toEqual(['d=6', 'c@1=2', 'c=3', 'c=3', 'd=6']);
    expect(problem(text, { of: 'q' })).toMatch(/unknown-output$/);
    expect(problem(text, { of: 'v' })).toMatch(/output-shape$/);
  });

  it('that is a leaf nobody uses is said to be one', () => {
    expect(problem('x = 2\ny = 3x\nlr = 0.1')).toBe('‸⟨lr⟩ = 0.1  notice leaf-output');
    expect(problems('x = 2, y = 3')).toEqual([]);
  });
});

describe('reassignment', () => {
  it('makes a new node; the plain name is the latest', () => {
    expect(graph('c = 2\nc += c + 1\nc += 1 + c\nd = c@1 * c@2 * c')).toBe(
      'c@1=2, c@2=(add c@1 (add c@1 1))=5, c=(add c@2 (add 1 c@2))=11, d=(mul (mul c@1 c@2) c)=110',
    );
  });

  it('works for every operator', () => {
    expect(graph('c = 7\nc -= 1\nc *= 2\nc /= 4\nc **= 2')).toBe(
      'c@1=7, c@2=(sub c@1 1)=6, c@3=(mul c@2 2)=12, c@4=(div c@3 4)=3, c=(pow c@4 2)=9',
    );
  });

  it('may replace a leaf by a leaf', () => {
    expect(graph('x = 1\ny = 2x\nx = 3\nz = x*y')).toBe('x@1=1, y=(mul 2 x@1)=2, x=3, z=(mul x y)=6');
  });

  it("keeps micrograd's order of operations", () => {
    expect(formula('c = 1\nd = 2\nc += 1 + c + (-d)')).toBe('(add c@1 (add (add 1 c@1) (neg d)))');
  });
});

describe('another name for a node', () => {
  it('makes no node, and both names are known', () => {
    const text = 'x = 2\ny = x\nz = y*x';
    expect(graph(text)).toBe('x=2, z=(mul x x)=4');
    expect([...compiled(text).names]).toEqual([
      ['x', 0],
      ['y', 0],
      ['z', 1],
    ]);
  });
});

describe('nodes', () => {
  it('are binary for + and -, left to right, and single for a - b, a / b and -a', () => {
    expect(formula('a = 1, b = 2, c = 3, d = 4\ny = a + b - c + d')).toBe('(add (sub (add a b) c) d)');
    expect(formula('a = 1, b = 2\ny = a - b/a')).toBe('(sub a (div b a))');
    expect(formula('a = 1\ny = -a')).toBe('(neg a)');
  });

  it('keep one edge for each use', () => {
    expect(formula('x = 3\ny = x·x')).toBe('(mul x x)');
  });

  it('show the four-node program that defeats wrong algorithms', () => {
    expect(graph('x = 3\nu = x·x\nv = u + x\ny = u·v')).toBe(
      'x=3, u=(mul x x)=9, v=(add u x)=12, y=(mul u v)=108',
    );
  });

  it('with names that objects have of their own are ordinary', () => {
    expect(
      graph('__proto__ = 2\nconstructor = 3\ntoString = __proto__ * constructor\nhasOwnProperty = toString'),
    ).toBe('__proto__=2, constructor=3, toString=(mul __proto__ constructor)=6');
    expect(problem('y = valueOf + 1')).toBe('y = ‸⟨valueOf⟩ + 1  undefined-name');
    expect(problem('y = constructor(1)')).toBe('y = ‸⟨constructor⟩(1)  unknown-function');
  });

  it('of a branch that is not taken are recorded and not evaluated', () => {
    const { recording } = compiled('x = 0\ny = where(x > 0, log(x) + 1, where(x > 5, sqrt(x), x + 2))');
    const states = Array.from({ length: recording.count }, (_, node) => [
      operationOf(recording, node)?.name ?? 'leaf',
      recording.skipped[node],
    ]);
    expect(states).toEqual([
      ['leaf', 0],
      ['greater', 0],
      ['log', 1],
      ['add', 1],
      ['greater', 0],
      ['sqrt', 1],
      ['add', 0],
      ['where', 0],
      ['where', 0],
    ]);
    expect(recording.value[recording.output]).toBe(2);
  });

  it('show what IEEE arithmetic gives', () => {
    expect(output('x = 0\ny = 1/x')).toBe('y=Infinity');
    expect(output('x = -1\ny = log(x)')).toBe('y=NaN');
    expect(problems('x = 0\ny = 1/x')).toEqual([]);
  });
});

describe('spans', () => {
  const spanned = (text: string): string[] => {
    const { recording } = compiled(text);
    return Array.from({ length: recording.count }, (_, node) => {
      const [from, to] = recording.spans!.slice(2 * node, 2 * node + 2);
      return from < 0 ? '-' : text.slice(from, to);
    });
  };

  it('of a leaf are its number', () => {
    expect(spanned('x = -3, w = 3/2 # half')).toEqual(['-3', '3/2']);
    expect(spanned('W = [[1, -2],\n [sqrt(2), .5]], s = sum(W)')).toEqual([
      '1',
      '-2',
      'sqrt(2)',
      '.5',
      'sum(W)',
    ]);
  });

  it('of a leaf without a number of its own are empty', () => {
    expect(spanned('v = 2*[1, 2]\nsum(v)').slice(0, 2)).toEqual(['-', '-']);
  });

  it('of an operation are its expression', () => {
    expect(spanned('x = 2\ny = (x + 1)*x\ny += x')).toEqual(['2', '(x + 1)', '(x + 1)*x', 'y += x']);
  });

  it('count from the beginning of a document', () => {
    const text = '# Notes\n\n```backflow\nx = 25\n```\n\n```backflow\ny = x^2\n```\n';
    expect(spanned(text)).toEqual(['25', 'x^2']);
  });
});

describe('documents', () => {
  it('are program only between fences marked backflow', () => {
    expect(
      graph('x = 1 and so on\n```backflow\nx = 2\n```\nprose: y = 3\n~~~ backflow\ny = 3x\n~~~\nend'),
    ).toBe('x=2, y=(mul 3 x)=6');
  });

  it('leave other fences alone, also what stands in them', () => {
    expect(
      graph('````\n```backflow\nz = 9\n```\n````\n```python\nq = 1\n```\n```Backflow example\nx = 2\n```'),
    ).toBe('x=2');
  });

  it('may lack the last fence, which is noticed', () => {
    expect(problem('text\n```backflow\nx = 2\ny = 3x\n')).toBe('‸⟨```backflow⟩  notice unclosed-fence');
    expect(output('text\n```backflow\nx = 2\ny = 3x\n')).toBe('y=6');
  });

  it('begin each fence anew, so that an open bracket ends with its block', () => {
    expect(problems('```backflow\nx = (1\n```\n```backflow\ny = 2\n```')).toEqual([
      'x = ‸⟨(⟩1  unclosed-bracket',
    ]);
  });

  it('without a fence are program as a whole', () => {
    expect(problem('Hello there, how are you')).not.toBe('');
  });
});

describe('a compilation', () => {
  it('has no recording if and only if there is an error', () => {
    expect(compile('x = ').recording).toBeNull();
    expect(compile('').recording).toBeNull();
    expect(compile('z1 = 1, z_1 = 2').recording).not.toBeNull();
  });

  it('can be copied to another thread, all but the methods', () => {
    const { recording, names, diagnostics } = compile('z1 = 1, z_1 = 2');
    expect(structuredClone({ recording, names })).toEqual({ recording, names });
    const [copy] = structuredClone(diagnostics);
    expect(diagnosticMessage(copy, en)).toBe(diagnostics[0].message(en));
  });

  it('finds a node under any spelling of its name', () => {
    const compilation = compile('w_{11}^3 = 2, z₁ = 3\ny = w_{11}^3 * z₁');
    expect(
      ['w^{(3)}_{11}', 'w₁₁⁽³⁾', 'z_1', 'z₁', 'y', 'nothing', '1', 'y + 1'].map((name) =>
        nodeNamed(compilation, name),
      ),
    ).toEqual([0, 0, 1, 1, 2, null, null, null]);
  });
});
