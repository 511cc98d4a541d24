/** What the steps of a run say, in English. Texts in the data are formulas and names, already printed. */
export const trace = {
  start: 'Only the leaves have values; nothing has been computed yet.',

  evaluate: ({ equation }: { equation: string }) => `Evaluate ${equation}.`,

  seed: ({ equation, output }: { equation: string; output: string }) =>
    `Seed ${equation}: when ${output} changes, ${output} itself changes by just as much.`,

  /** `ending` comes from `nextVisit` and `waiting`. */
  visitOutput: ({ equation, ending }: { equation: string; ending: string }) =>
    `${equation} is final, as nothing lies behind the output${ending}.`,
  visit: ({
    equation,
    reported,
    uses,
    ending,
  }: {
    equation: string;
    reported: number;
    uses: number;
    ending: string;
  }) =>
    `${equation} is final: ${uses === 1 ? 'its only use has' : `${reported} of ${uses} uses have`} reported${ending}.`,
  visitEarly: ({
    equation,
    reported,
    uses,
    ending,
  }: {
    equation: string;
    reported: number;
    uses: number;
    ending: string;
  }) => `${equation} is passed on, though only ${reported} of ${uses} uses have reported${ending}.`,
  nextVisit: ({ next }: { next: string }) => `; next is ${next}`,
  lastVisit: '; it was the last one',
  passed: ({
    parts,
    more,
  }: {
    parts: readonly { readonly amount: string; readonly to: string }[];
    more: number;
  }) => {
    const shown = parts.map(({ amount, to }) => `${amount} to ${to}`);
    return `It passes ${more === 0 ? list(shown) : `${shown.join(', ')} and so on to ${more} more ${more === 1 ? 'input' : 'inputs'}`}.`;
  },
  waiting: ({ name, waitsFor, more }: { name: string; waitsFor: readonly string[]; more: number }) =>
    `, while ${name} still waits for ${list(waitsFor)}${more === 0 ? '' : ` and ${more} more ${more === 1 ? 'node waits' : 'nodes wait'}`}`,

  contribute: ({
    input,
    consumer,
    equation,
    slope,
  }: {
    input: string;
    consumer: string;
    equation: string;
    slope: string;
  }) => `${input} gets ${equation} from ${consumer}, because along this edge ${slope}.`,

  useOf: ({ consumer, use, uses }: { consumer: string; use: number; uses: number }) =>
    `${consumer} (use ${use} of ${uses} there)`,

  accumulateOnly: ({ equation }: { equation: string }) => `${equation}: its only use has reported.`,
  accumulate: ({ equation, reported, uses }: { equation: string; reported: number; uses: number }) =>
    `${equation}${reported < uses ? ' so far' : ''}: ${reported} of ${uses} uses ${reported === 1 ? 'has' : 'have'} reported.`,

  update: ({ name, equation, rate }: { name: string; equation: string; rate: string }) =>
    `Update ${name} ← ${equation}: a step against the gradient with η = ${rate}.`,

  kink: ({ chosen, low, high }: { chosen: string; low: string; high: string }) =>
    `Slope ${chosen} at this kink by convention: any value in [${low}, ${high}] is a subgradient.`,
  jump: ({ chosen }: { chosen: string }) =>
    `The value jumps here, so there is no slope; ${chosen} is taken by convention.`,
  flat: 'The slope is zero almost everywhere: nothing can be learned through this operation.',
  born: {
    value: ({ value }: { value: string }) => `${value} is born here: every input is finite.`,
    contribution: ({ value }: { value: string }) =>
      `The gradient becomes ${value} on this edge: what arrived was not.`,
    gradient: ({ value }: { value: string }) =>
      `The gradient becomes ${value} in this sum: its parts are not.`,
  },
  stable: ({ shown, local }: { shown: string; local: string }) =>
    `In floating point the formula as shown gives ${shown}; ${local} comes from a stable form of it.`,
  untaken: ({ input }: { input: string }) =>
    `${input} stands in the branch that is not taken: it is not evaluated, and no gradient passes there.`,

  forwardDone: ({ count, equation }: { count: number; equation: string }) =>
    `Forward pass done: ${count} ${count === 1 ? 'operation' : 'operations'}, ${equation}.`,
  backwardDone: ({ leaves, more }: { leaves: readonly string[]; more: number }) =>
    leaves.length === 0
      ? 'Backward pass done.'
      : `Backward pass done: ${more === 0 ? list(leaves) : `${leaves.join(', ')} and ${more} more`}.`,
  updateDone: ({
    count,
    output,
    before,
    after,
  }: {
    count: number;
    output: string;
    before: string;
    after: string;
  }) =>
    `Update done: with ${count} changed ${count === 1 ? 'leaf' : 'leaves'}, ${output} would go from ${before} to ${after}.`,

  derivation: {
    title: ({ output }: { output: string }) => `Derivation of the gradient of ${output}`,
    program: 'Program',
    forward: 'Forward: values',
    backward: ({ output }: { output: string }) => `Backward: derivatives of ${output}`,
    convention: 'In the products, the derivative of a node by its input is the one along that single edge.',
    leaves: 'Gradients of the leaves',
    update: ({ rate }: { rate: string }) => `Update with η = ${rate}`,
    omitted: ({ count }: { count: number }) => `… and ${count} more.`,
    noPath: ({ output }: { output: string }) => `${output} does not depend on these leaves`,
    otherwise: 'otherwise',
  },
};

function list(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;
}
