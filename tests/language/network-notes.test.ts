import { backward } from '@backflow/engine';
import { networks } from '@backflow/language/network';
import { checkNotes } from '@backflow/notes';
import { describe, expect, it } from 'vitest';
import { read } from './network.ts';

const PROGRAM = `\`\`\`backflow
net = mlp(2, 3, 1, activation: tanh, output: sigmoid, seed: 3)
data = moons(10, noise: 0.1, seed: 1)
loss = squared()
example = 4
\`\`\`
`;
const compilation = read(PROGRAM);
const recording = compilation.recording!;
const gradient = backward(recording);

const number = (x: number): string => x.toFixed(4);
const valueOf = (name: string): string => number(recording.value[compilation.names.get(name)!]);
const slopeOf = (name: string): string => number(gradient[compilation.names.get(name)!]);

const check = (claim: string) => checkNotes(`${PROGRAM}\n${claim}\n`, { extension: networks() });

describe('notes beside a network', () => {
  it.each([
    ['a weight', `w^{(1)}_{0,1} = ${valueOf('w^{(1)}_{0,1}')}`],
    ['a weight without a comma', `w^{(1)}_{01} = ${valueOf('w^{(1)}_{0,1}')}`],
    ['a sum', `z^{(1)}_{2} = ${valueOf('z^{(1)}_{2}')}`],
    ['an activation', `a^{(2)}_{0} = ${valueOf('a^{(2)}_{0}')}`],
    ['an output called O', `O_{13} = ${valueOf('a^{(1)}_{2}')}`],
    ['the loss', `loss = ${valueOf('loss')}`],
    ['a slope', `∂loss/∂w^{(2)}_{0,2} = ${slopeOf('w^{(2)}_{0,2}')}`],
    ['a chain', `∂loss/∂a^{(1)}_{1} = ∂loss/∂z^{(2)}_{0} · w^{(2)}_{0,1} = ${slopeOf('a^{(1)}_{1}')}`],
  ])('may claim %s', (_, claim) => {
    const { claims } = check(claim);
    expect(claims.length).toBeGreaterThan(0);
    expect(
      claims.map(({ verdict }) => verdict).filter((each) => each !== 'right' && each !== 'rounded'),
    ).toEqual([]);
  });

  it.each([
    ['a weight', `w^{(1)}_{0,1} = ${number(recording.value[compilation.names.get('w^{(1)}_{0,1}')!] + 0.5)}`],
    ['a slope', `∂loss/∂w^{(2)}_{0,2} = ${number(gradient[compilation.names.get('w^{(2)}_{0,2}')!] - 1)}`],
  ])('are told of a wrong claim about %s', (_, claim) => {
    expect(check(claim).claims.map(({ verdict }) => verdict)).toEqual(['wrong']);
  });

  it('say what is wrong with the network itself', () => {
    const { problems, claims } = checkNotes(`${PROGRAM.replace('2, 3, 1', '2, 0, 1')}\nloss = 3\n`, {
      extension: networks(),
    });
    expect(problems.map(({ code }) => code)).toEqual(['extension']);
    // Its lines claim nothing.
    expect(claims.map(({ text }) => text)).toEqual(['loss = 3']);
  });

  it('count weights as they count outputs, from 1, unless a weight has a 0', () => {
    const program = '```backflow\nnet = mlp(2, 3, 1, bias: false, seed: 3)\nout = net([0.5, 2])\n```\n';
    const { recording: of, names } = read(program);
    const weight = (name: string): string => number(of!.value[names.get(name)!]);
    const output = `O_{11} = ${number(of!.value[names.get('a^{(1)}_{0}')!])}`;
    const verdicts = (...claims: string[]): string[] =>
      checkNotes(`${program}\n${[output, ...claims].join('\n\n')}\n`, { extension: networks() }).claims.map(
        ({ verdict }) => verdict,
      );
    const [first, second] = [weight('w^{(1)}_{0,0}'), weight('w^{(1)}_{1,1}')];
    expect(verdicts(`w^1_11 = ${first}`, `ω^1_22 = ${second}`)).toEqual(['right', 'right', 'right']);
    expect(verdicts(`w^1_11 = ${second}`)).toEqual(['right', 'wrong']);
    expect(verdicts(`w^1_11 = ${second}`, `w^1_00 = ${first}`)).toEqual(['right', 'right', 'right']);
  });
});
