const inFolder = (folder, ...names) => names.map((name) => `packages/engine/src/${folder}/${name}.ts`);

/** What is mutated. */
export const PARTS = {
  table: inFolder(
    'operations',
    'activations',
    'arithmetic',
    'choices',
    'elementary',
    'norms',
    'arity',
    'table',
  ),
  tape: inFolder(
    'tape',
    'tape',
    'bare-tape',
    'rewindable-tape',
    'runs',
    'run-methods',
    'block',
    'store',
    'links',
    'value',
    'grad',
    'debug',
  ),
  sweep: inFolder('gradient', 'sweep', 'backward', 'forward'),
};

/** Tests of the engine that are not fast, are about what is built on these parts, or replace what all tests share. */
export const LEFT_OUT = [
  'exchange',
  'exchange-restore',
  'expand',
  'func-derivatives',
  'func-random',
  'plan',
  'plan-bits',
  'portable',
  'random-programs',
  'wasm',
  'wasm-module',
];

/** Chains of a million say nothing about a mutant that short ones do not. */
export const SLOW_NAME = /million/;
