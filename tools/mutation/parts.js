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

/** Tests of the engine that are not among the fast ones, or that replace what all tests share. */
export const SLOW = ['func-random', 'portable', 'random-programs', 'wasm', 'wasm-module'];

/** Chains of a million say nothing about a mutant that short ones do not. */
export const SLOW_NAME = /million/;
