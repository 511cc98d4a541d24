import { readdirSync } from 'node:fs';
import type { TrainingSpec } from '@backflow/nn';
import { describe, expect, it } from 'vitest';
import { outcomeOf, RECIPES, withSeed, writtenSpec } from './recipes/recipes.ts';

const recipe = (name: string) => RECIPES.find((each) => each.name === name)!;

describe('the recipes of examples/', () => {
  it('are all that train', () => {
    const folder = new URL('../../examples/', import.meta.url);
    const trains = readdirSync(folder)
      .filter((file) => file.endsWith('.md'))
      .map((file) => file.slice(0, -3))
      .filter((name) => RECIPES.some((each) => each.name === name) || isTraining(name));
    expect(RECIPES.map(({ name }) => name).sort()).toEqual(trains.sort());
  });

  it.each(RECIPES.map((each) => [each.name, each] as const).filter(([name]) => name !== 'digits'))(
    '%s solves its task, as it is written',
    (name, each) => {
      expect(outcomeOf(each, writtenSpec(name))).toMatchObject({ solved: true, stopped: 'epochs' });
    },
  );

  // `npm run recipes` has 20 seeds of each.
  it.each(['xor', 'circles', 'spiral'].flatMap((name) => [3, 11, 17].map((seed) => [name, seed] as const)))(
    '%s is solved from seed %i, too',
    (name, seed) => {
      expect(outcomeOf(recipe(name), withSeed(writtenSpec(name), seed))).toMatchObject({ accuracy: 1 });
    },
  );

  it('moons with the recipe of micrograd’s demo: every point', () => {
    const spec = writtenSpec('moons');
    expect(spec).toMatchObject({
      network: { sizes: [2, 16, 16, 1], activation: 'relu' },
      data: { kind: 'moons', count: 100, noise: 0.1 },
      loss: { name: 'hinge', l1: 0, l2: 1e-4 },
      train: {
        optimizer: 'sgd',
        rate: 1,
        schedule: { name: 'linear', to: 0.1 },
        epochs: 100,
        batch: Infinity,
      },
    });
    expect(outcomeOf(recipe('moons'), spec).accuracy).toBe(1);
  });

  it('digits does with a third of its digits', () => {
    const spec = writtenSpec('digits');
    const few: TrainingSpec = { ...spec, data: { ...spec.data, count: 400 } as TrainingSpec['data'] };
    const { accuracy, validationAccuracy } = outcomeOf(recipe('digits'), few);
    expect(accuracy).toBeGreaterThan(0.95);
    expect(validationAccuracy).toBeGreaterThan(0.7);
  });

  it('two hidden units learn the exclusive or from some starts and get stuck from others', () => {
    const spec = writtenSpec('xor');
    const small = { ...spec, network: { ...spec.network, sizes: [2, 2, 1] } };
    const solved = [1, 3].map((seed) => outcomeOf(recipe('xor'), withSeed(small, seed)).solved);
    expect(solved).toEqual([true, false]);
  });
});

function isTraining(name: string): boolean {
  try {
    writtenSpec(name);
    return true;
  } catch {
    return false;
  }
}
