import {
  ArityError,
  backward,
  compile as compilePlan,
  gradcheck,
  defineOperation,
  DefinitionError,
  DEFINED_OPERATIONS,
  codeOf,
  evaluate,
  evaluateFormula,
  forward,
  kinksOf,
  max,
  OPERATIONS,
  operationOf,
  prod,
  record,
  recordingFromJson,
  recordingToJson,
  Tape,
  UnknownOperationError,
  value,
  withTape,
} from '@backflow/engine';
import type { Formula, OperationDefinition, OperationName } from '@backflow/engine';
import { differentiate, grad } from '@backflow/engine/func';
import { compile, highlight } from '@backflow/language';
import { en, loadMessages } from '@backflow/messages';
import { expressionOf, programOf, slopeForms, toLatex, toText } from '@backflow/print';
import { explain, remarkSentences, sentence, traceReverse } from '@backflow/trace';
import { toDot, toJson } from '@backflow/graph';
import { describe, expect, it } from 'vitest';

const SCALE = Math.sqrt(2 / Math.PI);
const bend = (x: number): number => SCALE * (x + 0.044715 * x ** 3);
const apply = (operation: string, ...of: Formula[]): Formula => ({
  operation: operation as OperationName,
  of,
});
const x: Formula = { input: 0 };

/** The form with tanh: 0.5·x·(1 + tanh(√(2/π)·(x + 0.044715·x³))). */
const tanhPart = apply(
  'tanh',
  apply('mul', SCALE, apply('add', x, apply('mul', 0.044715, apply('pow', x, 3)))),
);
const GELU: OperationDefinition = {
  arity: 1,
  value: (a) => 0.5 * a * (1 + Math.tanh(bend(a))),
  partials: [
    (a) => {
      const t = Math.tanh(bend(a));
      return 0.5 * (1 + t) + 0.5 * a * (1 - t * t) * SCALE * (1 + 3 * 0.044715 * a * a);
    },
  ],
  rule: () =>
    apply(
      'add',
      apply('mul', 0.5, apply('add', 1, tanhPart)),
      apply(
        'mul',
        apply('mul', 0.5, x),
        apply(
          'mul',
          apply('sub', 1, apply('pow', tanhPart, 2)),
          apply('mul', SCALE, apply('add', 1, apply('mul', 3 * 0.044715, apply('pow', x, 2)))),
        ),
      ),
    ),
  formula: apply('mul', apply('mul', 0.5, x), apply('add', 1, tanhPart)),
  notation: { form: 'call', text: 'GELU', latex: '\\operatorname{GELU}' },
  aliases: ['GELU'],
  check: true,
};
const gelu = defineOperation('gelu', GELU);
const swirl = defineOperation('swirl', {
  arity: 2,
  value: (a, b) => a * Math.sin(b),
  partials: [(_a, b) => Math.sin(b), (a, b) => a * Math.cos(b)],
  check: true,
});
const spread = defineOperation('spread', {
  arity: 'many',
  value: (all) => {
    const mean = Array.from(all).reduce((sum, each) => sum + each, 0) / all.length;
    return Array.from(all).reduce((sum, each) => sum + (each - mean) ** 2, 0);
  },
  partials: (all, _y, out) => {
    const mean = Array.from(all).reduce((sum, each) => sum + each, 0) / all.length;
    for (let slot = 0; slot < all.length; slot++) out[slot] = 2 * (all[slot] - mean);
  },
  check: true,
});
const shrink = defineOperation('shrink', {
  arity: 2,
  defaults: [0.5],
  value: (a, width) => Math.sign(a) * Math.max(0, Math.abs(a) - width),
  partials: [
    (a, width) => (Math.abs(a) > width ? 1 : 0),
    (a, width) => (Math.abs(a) > width ? -Math.sign(a) : 0),
  ],
  kinks: ({ 0: a, 1: width }) =>
    Math.abs(a) === width ? [{ slot: 0, chosen: 0, admissible: [0, 1] as const }] : [],
  crosses: (before, after) => Math.abs(before[0]) > before[1] !== Math.abs(after[0]) > after[1],
  check: true,
});

describe('an operation of one’s own', () => {
  it('records by call and by name, in eager sweeps and in recordings alike', () => {
    const tape = new Tape();
    const a = tape.leaf(0.7, 'a');
    const y = swirl(gelu(a), a).as('y');
    y.backward();
    const recording = tape.record(y);
    expect(y.op).toBe('swirl');
    expect(y.data).toBe(GELU.arity === 1 ? GELU.value(0.7) * Math.sin(0.7) : NaN);
    expect(backward(recording)[a.index]).toBe(a.grad);
    expect(forward(recording, [1, 0, 0])[y.index]).toBeCloseTo(a.grad, 14);
    expect(gradcheck(recording).leaves.map(({ verdict }) => verdict)).toEqual(['agrees']);
    expect(tape.apply('gelu', a).data).toBe(gelu(a).data);
    expect(evaluate(recording, new Map([[a.index, -1]])).value[y.index]).toBe(
      swirl(gelu(value(-1)), -1).data,
    );
  });

  it('takes lists, constants and defaults', () => {
    const [a, b] = [value(1), value(3)];
    expect(spread([a, b, 5]).data).toBe(8);
    expect(spread(a, b).data).toBe(2);
    expect(shrink(a).inputs).toEqual([expect.objectContaining({ data: 1 }), 0.5]);
    expect(() => gelu(a, b)).toThrow(ArityError);
    expect(() => new Tape().apply('gelo', 1)).toThrow(UnknownOperationError);
  });

  it('says where it has no derivative', () => {
    const recording = record(shrink(value(0.5)));
    expect(kinksOf(recording)).toEqual([{ node: 1, kink: { slot: 0, chosen: 0, admissible: [0, 1] } }]);
    expect(gradcheck(recording).leaves[0].verdict).toBe('kink');
  });

  it('is written, with its rule, or with a slope that it computes itself', () => {
    const a = value(0.5, { label: 'a' });
    const recording = record(swirl(gelu(a), a).as('y'));
    expect(toText(expressionOf(recording, 2))).toBe('swirl(GELU(a), a)');
    expect(toLatex(expressionOf(recording, 2))).toBe(
      '\\operatorname{swirl}\\left(\\operatorname{GELU}\\left(a\\right), a\\right)',
    );
    expect(toText(slopeForms(recording, 1, 0).names)).toContain('0.5·(1 + tanh(');
    const { names, numbers } = slopeForms(recording, 2, 1);
    expect(toText(names)).toBe('∂₂swirl(GELU(a), a)');
    expect(toLatex(names)).toBe(
      '\\partial_{2}\\operatorname{swirl}\\left(\\operatorname{GELU}\\left(a\\right), a\\right)',
    );
    expect(toText(numbers)).toBe('∂₂swirl(0.3457, 0.5)');
    const slope = operationOf(recording, 2)!.rule(1, 2);
    expect(evaluateFormula(slope, [2, 3], NaN)).toBe(2 * Math.cos(3));
  });

  it('is explained step by step', async () => {
    const a = value(0.5, { label: 'a' });
    const trace = traceReverse(record(swirl(a, 2).as('y')));
    const steps = Array.from({ length: trace.length }, (_, event) => explain(trace, event));
    expect(sentence(steps[0], en)).toBe('Evaluate y = swirl(a, 2) = swirl(0.5, 2) = 0.4546.');
    const passed = steps.find(({ kind }) => kind === 'contribute')!;
    expect(sentence(passed, en)).toContain('∂y/∂a = ∂₁swirl(a, 2) = 0.9093');
    expect(remarkSentences(passed, en).join()).toContain('The operation computes its slope itself');
    expect(remarkSentences(passed, await loadMessages('de')).join()).toContain(
      'Die Operation berechnet ihre Steigung selbst',
    );
  });

  it('can be used in programs, by every name, from its definition on', () => {
    expect(compile('x = 1, y = later(x)').recording).toBeNull();
    defineOperation('later', { arity: 1, value: (a) => a + 1, partials: [() => 1] });
    expect(compile('x = 1, y = later(x)').recording!.value[1]).toBe(2);
    const { recording } = compile('v = [1, -2], y = sum(GELU(v)) + shrink(v[1], 1) + spread(v)');
    expect(recording!.value.at(-1)).toBeCloseTo(gelu(value(1)).data + gelu(value(-2)).data - 1 + 4.5, 14);
    expect(highlight('y = gelu(2)').find(({ kind }) => kind === 'function')).toMatchObject({ from: 4 });
  });

  it('survives being written as a program, as JSON and as a graph', () => {
    const a = value(0.5, { label: 'a' });
    const recording = record(spread([gelu(a), swirl(a, 2), 3]).as('y'));
    expect(compile(programOf(recording)).recording!.value.at(-1)).toBe(recording.value.at(-1));
    const again = recordingFromJson(recordingToJson(recording));
    expect([...backward(again)]).toEqual([...backward(recording)]);
    expect(toDot(recording)).toContain('gelu');
    expect(toJson(recording)).toMatchObject({
      nodes: [{}, { operation: 'gelu' }, { operation: 'swirl' }, {}],
    });
  });
});

describe('higher derivatives', () => {
  it('go through a rule', () => {
    const second = grad(grad((v) => gelu(v)));
    const [step, at] = [1e-4, 0.7];
    const slope = (a: number): number => grad((v) => gelu(v))(a);
    expect(second(at)).toBeCloseTo((slope(at + step) - slope(at - step)) / (2 * step), 7);
  });

  it('stop at a slope without a rule, which is an operation of its own', () => {
    const y = swirl(value(2), 3);
    const [slope] = differentiate([y], y.prev);
    expect([slope.op, slope.data]).toEqual(['∂₁swirl', Math.sin(3)]);
    expect(() => slope.backward()).toThrow(/swirl.*expected a rule, or a derivative, for second derivatives/);
    expect(() => grad(grad((v) => swirl(v, v)))(2)).toThrow(DefinitionError);
  });
});

describe('a plan', () => {
  it('runs defined operations by every engine', () => {
    const [a, b] = [value(0.7), value(-1.2)];
    const y = spread([gelu(a), swirl(a, b), shrink(b), 3]).mul(a);
    y.backward();
    for (const engine of ['javascript', 'auto'] as const) {
      const plan = compilePlan(y, [a, b], { engine });
      expect(plan.run()).toBe(y.data);
      expect([...plan.gradient]).toEqual([a.grad, b.grad]);
    }
  });
});

describe('a definition', () => {
  const plain: OperationDefinition = { arity: 1, value: (a) => a, partials: [() => 1] };

  it('is what it was when it was given: nobody changes it later', () => {
    const partials: [() => number] = [() => 1];
    const own = defineOperation('fixed', { arity: 1, value: (a) => a, partials });
    partials[0] = () => 7;
    const x = value(2);
    own(x).backward();
    expect(x.grad).toBe(1);
  });

  it('may leave out slopes that are 0', () => {
    const first = defineOperation('first', {
      arity: 'many',
      value: (x) => x[0],
      partials: (_x, _y, out) => void (out[0] = 1),
    });
    const [x, y] = [value(2), value(3)];
    first(x, y, 4)
      .add(max(y, y, y))
      .backward();
    prod([x, y]).add(first(x, y)).backward();
    expect([x.grad, y.grad]).toEqual([1 + 1 + 3, 1 + 2]);
  });

  it('may be repeated, but not replaced', () => {
    expect(defineOperation('gelu', GELU)).toBe(gelu);
    expect(() => defineOperation('gelu', { ...GELU, aliases: [] })).toThrow('taken by another definition');
  });

  it.each(['tanh', 'ln', 'leaf', 'GELU', 'constructor', '__proto__', 'e', 'pi'])(
    'cannot be called %s',
    (name) => {
      expect(() => defineOperation(name, plain)).toThrow(DefinitionError);
      expect(() => defineOperation('fresh', { ...plain, aliases: [name] })).toThrow(DefinitionError);
    },
  );

  it.each(['', '2x', 'a b', 'f(x)', 'λ', 'x′', 'a'.repeat(41), 3 as unknown as string])(
    'needs a name that programs can call, not %j',
    (name) => {
      expect(() => defineOperation(name, plain)).toThrow(DefinitionError);
    },
  );

  it.each<[string, object]>([
    ['the arity', { ...plain, arity: 0 }],
    ['the arity', { ...plain, arity: 'few' }],
    ['no function', { ...plain, value: 3 }],
    ['2 parameters', { ...plain, value: (a: number, b: number) => a + b }],
    ['partials', { ...plain, partials: [() => 1, () => 1] }],
    ['partials', { ...plain, arity: 3 }],
    ['partials', { ...plain, arity: 2 }],
    ['defaults', { ...plain, defaults: [1] }],
    ['rule of input 0', { ...plain, rule: () => ({ input: 1 }) }],
    ['rule of input 0', { ...plain, rule: () => apply('nothing', 1) }],
    ['derivative of input 0', { ...plain, derivative: () => apply('add', 1) }],
    ['the formula', { ...plain, formula: { input: 1 } }],
    ['rule of input 0', { ...plain, rule: () => undefined }],
    ['rule of input 0', { ...plain, rule: () => null }],
    ['rule of input 0', { ...plain, rule: () => ({ input: 0.5 }) }],
    ['found a rule that is no function', { ...plain, rule: 1 }],
    ['aliases that are no list', { ...plain, aliases: 'swish' }],
    ['defaults that are no numbers', { ...swirl.operation, defaults: ['1'] }],
    ['no definition', undefined as never],
    ['found a formula', { ...plain, arity: 'many', partials: () => undefined, formula: 1 }],
  ])('is refused for %s', (part, definition) => {
    expect(() => defineOperation('refused', definition as OperationDefinition)).toThrow(part);
    expect(Object.hasOwn(OPERATIONS, 'refused')).toBe(false);
  });
});

it('is checked when the current tape is in debug mode', () => {
  const wrong: OperationDefinition = { arity: 1, value: (a) => a * a, partials: [(a) => a] };
  const defined = (): unknown =>
    withTape(new Tape({ debug: true }), () => defineOperation('debugged', wrong));
  expect(defined).toThrow('differences of the value say');
});

describe('the check of a definition', () => {
  const cube: OperationDefinition = {
    arity: 1,
    value: (a) => a ** 3,
    partials: [(a) => 3 * a * a],
    check: true,
  };
  const refusal = (definition: OperationDefinition): string => {
    try {
      defineOperation('faulty', definition);
    } catch (error) {
      expect(error).toBeInstanceOf(DefinitionError);
      return (error as Error).message;
    }
    return 'taken';
  };

  it('names input and point of a wrong partial derivative', () => {
    expect(refusal({ ...cube, partials: [(a: number) => 3 * a * a + (a > 2 ? 1e-6 : 0)] })).toMatch(
      /^defineOperation\("faulty"\): at \(2\.61\), input 0: the partial derivative is 20\.436301, differences of the value say 20\.4363000/,
    );
    expect(
      refusal({
        arity: 'many',
        value: (all) => all[0] * all[all.length - 1],
        partials: (all, _y, out) => {
          out.fill(0, 0, all.length);
          out[0] += all[all.length - 1];
          if (all.length > 1) out[all.length - 1] += all[0];
        },
        check: true,
      }),
    ).toContain('at (0.37), input 0');
  });

  it('compares rule, derivative and formula, too', () => {
    expect(refusal({ ...cube, rule: () => apply('mul', 3, x) })).toContain('its rule gives');
    expect(refusal({ ...cube, derivative: () => 3 })).toContain('its derivative gives 3');
    expect(refusal({ ...cube, formula: apply('mul', x, x) })).toContain('its formula gives');
  });

  it('looks where it is told, and says if it finds nothing to look at', () => {
    const root: OperationDefinition = {
      arity: 1,
      value: (a) => Math.sqrt(a - 100),
      partials: [() => 7],
      check: true,
    };
    expect(refusal(root)).toContain('no point at which it can be checked');
    expect(refusal({ ...root, points: [[101]] })).toContain('at (101), input 0: the partial derivative is 7');
    expect(refusal({ ...root, points: [[99]] })).toContain('the value is NaN');
    expect(refusal({ ...root, points: [[101, 2]] })).toContain('a point of 2 numbers');
  });

  it('compares the slope at a kink with the one that is announced', () => {
    expect(
      refusal({
        arity: 1,
        value: (a) => Math.max(0, a),
        partials: [(a) => (a >= 0 ? 1 : 0)],
        kinks: (all) => (all[0] === 0 ? [{ slot: 0, chosen: 0, admissible: [0, 1] }] : []),
        points: [[0]],
        check: true,
      }),
    ).toContain('the partial derivative is 1, the kink says 0');
  });

  it('is left out where nobody asks for it', () => {
    expect(refusal({ ...cube, partials: [() => 0], check: false })).toBe('taken');
  });
});

// The last of all, as it leaves no room.
it('are at most 190, with the slopes that got a code', () => {
  const all = (): void => {
    for (let i = 0; i < 191; i++)
      defineOperation(`op${i}x`, { arity: 1, value: (a) => a, partials: [() => 1] });
  };
  expect(all).toThrow('found 190 operations that are defined already');
  const last = OPERATIONS[DEFINED_OPERATIONS.at(-1)!.name];
  expect(new Tape().apply(last.name, 3).data).toBe(3);
  expect(codeOf(last.name)).toBeGreaterThan(codeOf('affine'));
  const x = new Tape().leaf(3);
  expect(() => differentiate([x.tape.apply(last.name, x)], [x])).toThrow(
    /"op\d+x".*found no code for its slope/,
  );
});
