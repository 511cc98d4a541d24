// Trains the networks of `examples/` from many seeds, each for data, first weights and order alike, and prints how many
// solve their task. `npm run recipes -- [--seeds N] [--only NAME]`; ends with code 1 if one does not.
import { parseArgs } from 'node:util';
import { outcomeOf, RECIPES, withSeed, writtenSpec } from './recipes.ts';
import type { Outcome } from './recipes.ts';

const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '20' }, only: { type: 'string', default: '' } },
});
const seeds = Array.from({ length: Number(values.seeds) }, (_, i) => i + 1);

/** The worst of what counts: the least accuracy, or the largest loss. */
function worstOf(outcomes: readonly Outcome[]): string {
  const accuracies = outcomes.flatMap(({ accuracy }) => (accuracy === null ? [] : [accuracy]));
  if (accuracies.length > 0) return `accuracy ${Math.min(...accuracies).toFixed(4)}`;
  return `loss ${Math.max(...outcomes.map(({ loss }) => loss)).toPrecision(3)}`;
}

function meanValidation(outcomes: readonly Outcome[]): string {
  const found = outcomes.flatMap(({ validationAccuracy: each }) => (each === null ? [] : [each]));
  return found.length === 0 ? '–' : (found.reduce((sum, each) => sum + each, 0) / found.length).toFixed(4);
}

const row = (...cells: readonly string[]): string =>
  cells
    .map((cell, i) => cell.padEnd([9, 18, 12, 18, 12, 14][i] ?? 0))
    .join('')
    .trimEnd();

console.log(
  row('recipe', 'solved is', 'solved', 'worst', 'validation', 'seconds each', 'not solved from seed'),
);
for (const recipe of RECIPES.filter(({ name }) => name.includes(values.only))) {
  const spec = writtenSpec(recipe.name);
  const start = performance.now();
  const outcomes = seeds.map((seed) => outcomeOf(recipe, withSeed(spec, seed)));
  const seconds = (performance.now() - start) / 1000 / seeds.length;
  const { bar, because } = recipe;
  const failed = seeds.filter((_, i) => !outcomes[i].solved);
  if (failed.length > 0) process.exitCode = 1;
  console.log(
    row(
      recipe.name,
      'loss' in bar ? `loss ≤ ${bar.loss}` : `accuracy ≥ ${bar.accuracy}`,
      `${seeds.length - failed.length} of ${seeds.length}`,
      worstOf(outcomes),
      meanValidation(outcomes),
      seconds.toFixed(2),
      failed.join(', '),
    ),
  );
  const whole = outcomes.filter(({ accuracy }) => accuracy === 1).length;
  const [least] = [outcomes[0].accuracy];
  if (least !== null && whole < seeds.length)
    console.log(`         ${whole} of ${seeds.length} reach 1: ${because}`);
}
