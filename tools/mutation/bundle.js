import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Instrumenter } from '@stryker-mutator/instrumenter';
import { build } from 'vite';
import { LEFT_OUT } from './parts.js';

/** The top folder of the repository. */
export const TOP = resolve(import.meta.dirname, '../..');

const source = (path) => resolve(TOP, 'packages', path);

/**
 * The mutants of some files, and the fast tests with all of these mutants in them: texts of function bodies that are
 * given `require`, `exports`, `__filename` and
 *
 *     __mutant  the number of the mutant that is to be, -1 for none
 *     __hit     called where it is; returns true
 *     __cover   called with the numbers of mutants that could be where the program is; only in `measured`
 */
export async function bundle(paths) {
  const files = paths.map((path) => {
    const name = resolve(TOP, path);
    return { name, mutate: true, content: readFileSync(name, 'utf8') };
  });
  const silent = { debug() {}, info() {}, warn: console.warn, isDebugEnabled: () => false };
  // Words for people are the business of their own tests.
  const options = { excludedMutations: ['StringLiteral'], plugins: null, ignorers: [] };
  const instrumented = await new Instrumenter(silent).instrument(files, options);
  const mutants = instrumented.mutants.map(({ id, fileName, location, mutatorName, replacement, status }) => {
    const { content } = files.find(({ name }) => name === fileName);
    return {
      id: Number(id),
      path: fileName.slice(TOP.length + 1),
      line: location.start.line + 1,
      mutator: mutatorName,
      found: cut(content, location),
      replacement,
      ignored: status === 'Ignored',
    };
  });
  const texts = instrumented.files.map(({ name, content }) => [name, withOwnSwitches(content)]);
  return {
    mutants,
    measured: await bundled(new Map(texts)),
    plain: await bundled(
      new Map(texts.map(([name, text]) => [name, text.replace(/__cover\([\d, ]*\)/g, '0')])),
    ),
  };
}

/** Stryker's switches look things up in a global object each time; these are as quick as can be. */
function withOwnSwitches(content) {
  return content
    .replace(/stryMutAct_9fa48\("(\d+)"\)/g, '(__mutant === $1 && __hit())')
    .replace(/stryCov_9fa48\(((?:"\d+"(?:, )?)+)\)/g, (_, ids) => `__cover(${ids.replaceAll('"', '')})`);
}

async function bundled(texts) {
  const folder = resolve(TOP, 'tests/engine');
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => name.slice(0, -'.test.ts'.length))
    .filter((name) => !LEFT_OUT.includes(name))
    .sort();
  const result = await build({
    root: TOP,
    configFile: false,
    logLevel: 'error',
    resolve: {
      alias: [
        { find: /^@backflow\/(messages|print)$/, replacement: source('$1/src/index.ts') },
        { find: '@backflow/engine/func', replacement: source('engine/src/func/index.ts') },
        { find: '@backflow/engine', replacement: source('engine/src/index.ts') },
      ],
    },
    plugins: [{ name: 'mutants', enforce: 'pre', load: (id) => texts.get(id) ?? null }],
    build: {
      ssr: true,
      write: false,
      minify: false,
      target: 'esnext',
      rolldownOptions: {
        input: Object.fromEntries(names.map((name) => [`${name}.test`, `${folder}/${name}.test.ts`])),
        output: { format: 'cjs', entryFileNames: '[name].js', chunkFileNames: '[name].chunk.js' },
      },
    },
  });
  const chunks = result.output.map(({ fileName, code }) => [`./${fileName}`, code]);
  return { entries: names.map((name) => `./${name}.test.js`), chunks };
}

function cut(content, { start, end }) {
  const lines = content.split('\n').slice(start.line, end.line + 1);
  lines[lines.length - 1] = lines.at(-1).slice(0, end.column);
  lines[0] = lines[0].slice(start.column);
  return lines.join('\n');
}
