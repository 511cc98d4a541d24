import { checkNotes } from '@backflow/notes';
import { describe, expect, it } from 'vitest';

const BROKEN =
  '```backflow\nx = 2, θ = 0.5, y = 1\nh = 1/(1+e^(-θ x))\nℓ = y log h + (1-y) log(1-h)\n```\n∂ℓ/∂θ = (y - h) x = 0.538\n';

describe('a program with an error', () => {
  it('is told, with its place', () => {
    const { problems } = checkNotes(BROKEN);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ severity: 'error', line: 4 });
    expect(structuredClone(problems)).toEqual(problems);
  });

  it('is read as notes, which know more ways of writing', () => {
    const { claims, fromNotes } = checkNotes(BROKEN);
    expect(fromNotes).toBe(true);
    expect(claims.map(({ verdict }) => verdict)).toEqual(Array.from(claims, () => 'right'));
    expect(claims.at(-1)!.text).toBe('0.538');
  });

  it('leaves a good program alone', () => {
    const { problems, claims } = checkNotes('```backflow\nx = 2\ny = x²\n```\ny = 4\n');
    expect(problems).toEqual([]);
    expect(claims).toHaveLength(1);
  });
});
