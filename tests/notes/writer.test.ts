import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Tape, type Recording } from '@backflow/engine';
import { foldSums } from '@backflow/graph';
import { compile } from '@backflow/language';
import { networks } from '@backflow/language/network';
import { en, loadMessages } from '@backflow/messages';
import { checkNotes, type Claim } from '@backflow/notes';
import { derivationMarkdown, traceReverse } from '@backflow/trace';
import { describe, expect, it } from 'vitest';
import { run } from '../cli/run.ts';

const examples = resolve(import.meta.dirname, '../../examples');
/** Without the digits: of their 13,002 weights most are left out. */
const documents = readdirSync(examples).filter((name) => name.endsWith('.md') && name !== 'digits.md');

/** Everything in written notes that is not right; `rounded` passes after ≈ alone. */
function faultsOf(notes: string): string[] {
  const { claims, firstWrong, repairs, conventions } = checkNotes(notes, { extension: networks() });
  expect(claims.length).toBeGreaterThan(0);
  expect([firstWrong, repairs, conventions]).toEqual([null, [], []]);
  const isFault = ({ verdict, text }: Claim): boolean =>
    verdict !== 'right' && !(verdict === 'rounded' && text.includes('approx'));
  return claims.filter(isFault).map(({ line, verdict, text }) => `${line}: ${verdict}: ${text}`);
}

function written(recording: Recording, options: { digits?: number; learningRate?: number } = {}): string {
  const { digits = 4, ...rest } = options;
  return derivationMarkdown(traceReverse(foldSums(recording).recording, rest), en, { digits });
}

function compiled(text: string): Recording {
  const { recording } = compile(text);
  if (recording === null) throw new Error(text);
  return recording;
}

describe('notes that backflow writes are right when backflow reads them', () => {
  for (const digits of [3, 4, 6]) {
    it.each(documents)(`%s, to ${digits} digits`, async (name) => {
      const { status, out } = await run(['write', join(examples, name), '--digits', String(digits)]);
      expect(status).toBe(0);
      expect(faultsOf(out)).toEqual([]);
    });
  }

  it.each(documents)('%s, with a step of gradient descent', async (name) => {
    const { out } = await run(['write', join(examples, name), '--lr', '0.05']);
    expect(out).toMatch(/\^\{\+\} = |mathrm\{new\}\} = /);
    expect(faultsOf(out)).toEqual([]);
  });

  it.each(documents)('%s, in German and to ten digits', async (name) => {
    const { out } = await run(['write', join(examples, name), '--lang', 'de', '--digits', '10']);
    expect(out).toContain('# Herleitung des Gradienten von');
    expect(faultsOf(out)).toEqual([]);
  });

  it('also of what TypeScript recorded', () => {
    const tape = new Tape();
    const [x, w, b] = [tape.leaf(2, 'x'), tape.leaf(-0.5, 'w'), tape.leaf(1.5, 'b')];
    const loss = w.mul(x).add(b).sigmoid().as('a').sub(1).pow(2).as('loss');
    expect(faultsOf(written(tape.record(loss), { learningRate: 0.1 }))).toEqual([]);
    const shared = x.mul(x).add(1);
    expect(faultsOf(written(tape.record(shared.mul(shared.exp()).as('my result'))))).toEqual([]);
  });

  it.each([
    [
      'a network of vectors',
      'W = [[0.5, -0.25], [0.1, 0.9]]\nx = [1, 2]\nb = [0, 0.1]\nt = [1, 0]\na = tanh(W x + b)\nL = sum((a - t)^2)',
    ],
    ['branches', 'x = 2, y = where(x > 1, x^2, -x), z = relu(y) + relu(-y) + abs(-x) + max(x, y, 1)'],
    ['quotients', 'a = 2, b = 3, q = a/b, L = q/(1 + q^2)'],
    ['powers and roots', 'x = 1.7, y = x^3 + x^-2 + x^0.5 + sqrt(x) + 2^x + x^x'],
    ['functions', 'x = 0.3, y = sin(x)*cos(x) + tan(x)*exp(-x) + ln(1 + x) + tanh(x)*softplus(x)'],
    ['the means and products', 'a = 1.5, b = -2, c = 0.25, L = mean(a, b, c)*prod(a, b, c) + hypot(a, b)'],
    ['entropy', 'z1 = 1, z2 = 2, z3 = -1, p = softmax(z1, z2, z3)[0], L = -ln(p)'],
    ['large and small numbers', 'x = 12345.678, y = 0.00012345, L = x*y + x^2 + y^2'],
    ['constants with many digits', 'x = 2, y = 0.123456789012*x + 1e-9*x^2'],
    ['a leaf without a way to the output', 'a = 1, b = 2, y = b*b'],
    ['a shared node with a second way', 'x = 2, u = 5x, v = u*x, y = 3v + u'],
    ['look-alikes', 'z1 = 2, z_1 = 3, y = z1*z_1'],
    [
      'names of all kinds',
      "E_total' = 2, ŷ = 3, δ_{o1} = 0.5, W^{[1]} = 4, h_{t-1} = 1.5, L = E_total'*ŷ*δ_{o1}*W^{[1]}*h_{t-1}",
    ],
    ['a value that cancels', 'a = 1.0001, b = 1, y = (a - b)*1000'],
    ['an output in the middle', 'x = 3, u = x^2, v = u + x, output u'],
  ])('also of %s', (_what, program) => {
    const recording = compiled(program);
    for (const digits of [2, 3, 4, 6]) expect(faultsOf(written(recording, { digits }))).toEqual([]);
    expect(faultsOf(written(recording, { learningRate: 0.1 }))).toEqual([]);
  });

  it('also where a section is cut off at its limit', async () => {
    const recording = compiled(
      `${Array.from({ length: 30 }, (_, at) => `x${at} = ${at}`).join('\n')}\ny = x0${Array.from({ length: 29 }, (_, at) => ` + x${at + 1}`).join('')}`,
    );
    const notes = derivationMarkdown(traceReverse(recording), await loadMessages('de'), { limit: 5 });
    expect(faultsOf(notes)).toEqual([]);
  });
});
