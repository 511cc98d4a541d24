import {
  generate,
  GradientReplay,
  initialParameters,
  orderedRows,
  parameterPath,
  sensitivityRatio,
  survey,
  type LossSpec,
  type NetworkSpec,
  type Survey,
} from '@backflow/nn';
import { formatNumber } from '@backflow/print';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { PHONE, setProgram, useBrowser, violations, visit } from './harness.ts';

useBrowser();

const MOONS = [
  'net = mlp(2, 6, 1, activation: relu, output: tanh, init: uniform, seed: 3)',
  'data = moons(120, noise: 0.1, seed: 1)',
  'loss = squared()',
  'train = sgd(rate: 0.5, epochs: 5)',
].join('\n');
/** Says nothing about training; two units of its second layer are dead. */
const DEAD = [
  'net = mlp(2, 16, 16, 1, activation: relu, seed: 1)',
  'data = moons(100, noise: 0.1, seed: 1)',
  'loss = hinge()',
].join('\n');
const DIGITS = [
  'net = mlp(784, 16, 16, 10, activation: sigmoid, output: sigmoid, seed: 1)',
  'data = digits(150, seed: 1)',
  'loss = squared()',
].join('\n');

const network: NetworkSpec = {
  sizes: [2, 6, 1],
  activation: 'relu',
  output: 'tanh',
  bias: true,
  init: 'uniform',
  seed: 3,
};
const loss: LossSpec = { name: 'squared', l1: 0, l2: 0 };

const dead: NetworkSpec = {
  ...network,
  sizes: [2, 16, 16, 1],
  output: 'identity',
  init: 'he',
  seed: 1,
};

/** The same by another run of the same network. */
function surveyed(of: NetworkSpec, cost: LossSpec, count: number): Survey {
  const dataset = generate({ kind: 'moons', count, noise: 0.1, seed: 1, validation: 0 });
  const examples = Int32Array.from({ length: count }, (_, i) => i);
  const work = survey(new GradientReplay(of, cost), initialParameters(of), cost, dataset, examples, 100);
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}

const table = (page: Page): Locator =>
  page.getByRole('region', { name: 'What each example wants of each weight' });
const row = (page: Page, path: string): Locator =>
  table(page)
    .getByRole('row')
    .filter({ has: page.getByTitle(`Compare ${path}`, { exact: true }) });
const signed = (x: number): string => `${x > 0 ? '+' : ''}${formatNumber(x, { digits: 3 })}`;

async function open(page: Page, program: string): Promise<void> {
  await setProgram(page, program);
  await page.getByRole('tab', { name: 'Network' }).click();
  await page.getByRole('tab', { name: 'Gradients', exact: true }).click();
  await table(page).getByRole('row').nth(1).waitFor();
}

const go = (page: Page, tab: string): Promise<void> =>
  page.getByRole('tab', { name: tab, exact: true }).click();

describe('gradients explained', () => {
  it('show what each example wants of each weight, and the mean over all, as another run has it', async () => {
    const { page, leave } = await visit();
    // Of 13,002 weights only those are in the page that are seen.
    await open(page, DIGITS);
    await page.getByText('1,000 of 13,002 weights and 100 of 150 examples are shown').waitFor();
    const shown = table(page).getByRole('table');
    expect(await shown.getAttribute('aria-rowcount')).toBe('1001');
    expect(await shown.locator('td').count()).toBeLessThan(1500);
    await table(page).evaluate((box) => box.scrollTo(box.scrollWidth, box.scrollHeight));
    await row(page, 'layers.0.weight[1][215]').waitFor();
    await page.getByRole('columnheader', { name: /^99/ }).waitFor();

    await setProgram(page, MOONS);
    await page
      .getByText('25 of 25 weights and 100 of 120 examples are shown; averages are over all 120.')
      .waitFor();
    const { wishes } = surveyed(network, loss, 120);
    for (const parameter of [0, 7, 24]) {
      const cells = row(page, parameterPath(network, parameter)).getByRole('cell');
      expect(await cells.nth(1).innerText()).toBe(signed(wishes.columns[0][parameter]));
      expect(await cells.last().innerText()).toBe(signed(wishes.mean[parameter]));
    }

    await page.getByLabel('largest first').check();
    const [first, second] = orderedRows(wishes.mean, wishes.mean.keys(), 'size', 2);
    const buttons = table(page).getByRole('button');
    expect(await buttons.first().getAttribute('title')).toBe(`Compare ${parameterPath(network, first)}`);
    await buttons.first().focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const times = formatNumber(sensitivityRatio(wishes.mean[first], wishes.mean[second]), { digits: 3 });
    await page.getByText(`gives ${times} times more bang for the buck than`).waitFor();
    expect(await row(page, parameterPath(network, first)).innerText()).toMatch(/should (in|de)crease a lot/);

    // A step of training, and everybody wants something else.
    const before = await row(page, parameterPath(network, first)).getByRole('cell').last().innerText();
    await page
      .getByRole('group', { name: /./ })
      .getByRole('button', { name: 'Step', exact: true })
      .first()
      .click();
    await expect
      .poll(() => row(page, parameterPath(network, first)).getByRole('cell').last().innerText())
      .not.toBe(before);
    expect(await violations(page)).toEqual([]);

    // The ball, by keyboard, on a function of the reader's own.
    await go(page, 'Descent');
    await page.getByRole('group', { name: /^The ball is at x = 1, y = 1, where C = 2\./ }).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('group', { name: /^The ball is at x = 1\.03, y = 1,/ }).waitFor();
    await page.getByRole('textbox', { name: /^C\(.*\) =$/ }).fill('w² +');
    await page.getByRole('alert').getByText('Expected a number').waitFor();
    await page.getByRole('textbox', { name: /^C\(.*\) =$/ }).fill('w²');
    await page.getByRole('slider', { name: /^Learning rate/ }).press('End');
    await page.getByText('its jumps lead ever higher up').waitFor();
    await page.getByRole('button', { name: 'Count it on this network' }).click();
    await page.getByText(/26 evaluations by finite differences, 1 forward and 1 backward pass/).waitFor();
    await leave();
  });

  it('explain outputs, layers, units and cost on a phone', async () => {
    const { page, leave } = await visit('', { hasTouch: true, colorScheme: 'dark' });
    await open(page, DEAD);
    await page.setViewportSize(PHONE);
    await go(page, 'Three ways');
    await page.getByRole('heading', { name: 'Increase the bias' }).waitFor();
    await page.getByTitle('Go to a⁽²⁾₂').first().click();
    expect(await page.getByRole('combobox', { name: 'Neuron', exact: true }).inputValue()).toBe('2');
    await go(page, 'Layers');
    const depths = page.getByRole('region', { name: 'What depth does' }).last();
    await depths.getByRole('row', { name: /^100 / }).waitFor();
    expect(await depths.getByRole('row', { name: /^100 / }).innerText()).toContain('6.2·10⁻⁶¹');
    await page.getByRole('combobox', { name: 'Activation' }).selectOption('relu');
    await page.getByRole('combobox', { name: 'Weights' }).selectOption('he');
    await expect
      .poll(() => depths.getByRole('row', { name: /^2 / }).innerText())
      .toContain('stays about the same');
    expect(await violations(page)).toEqual([]);
    await go(page, 'Dead units');
    const { cost, units } = surveyed(dead, { ...loss, name: 'hinge' }, 100);
    expect(units.map((layer) => layer.filter(({ state }) => state === 'dead').length)).toEqual([0, 2, 0]);
    await page.getByText('2 units are dead.').waitFor();
    const { unit, largest } = units[1].find(({ state }) => state === 'dead')!;
    await page
      .getByText(`a^(2)_${unit} dead: for all 100 examples z is at most ${formatNumber(largest)}`)
      .waitFor();
    expect(await violations(page)).toEqual([]);
    await go(page, 'Cost');
    await page.getByText('Mean over 100 examples').waitFor();
    const mean = page.getByRole('row', { name: /^Mean over/ }).getByRole('cell');
    expect(await mean.innerText()).toBe(formatNumber(cost));
    expect(await violations(page)).toEqual([]);
    await leave();
  });
});
