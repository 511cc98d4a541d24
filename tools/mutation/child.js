/**
 * Runs tests as its parent asks. `{ measure: true }` runs all and is answered with what each met; `{ mutant, tests,
 * hitLimit }` runs these with this mutant and is answered with the first that failed. An answer may never come: some
 * mutants have no end.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { compileFunction } from 'node:vm';
import { SLOW_NAME } from './parts.js';
import * as vitest from './vitest.js';

const [folder] = process.argv.slice(2);
const require = createRequire(import.meta.url);
const filename = resolve(import.meta.dirname, '../../tests/engine/bundle.js');
const parameters = ['require', 'exports', '__filename', '__mutant', '__hit', '__cover'];

/** The test files, and what loads one of them anew, with an engine of its own, and returns its tests. */
function bundled(name) {
  const { entries, chunks } = JSON.parse(readFileSync(resolve(folder, `${name}.json`), 'utf8'));
  const bodies = new Map(
    chunks.map(([id, code]) => [id, compileFunction(code, parameters, { filename: id })]),
  );
  const load = (entry, mutant, hit, cover) => {
    const modules = new Map([['vitest', vitest]]);
    const requireOwn = (id) => {
      const body = bodies.get(id);
      if (body === undefined) return modules.get(id) ?? require(id);
      if (!modules.has(id)) {
        const exports = {};
        modules.set(id, exports);
        body(requireOwn, exports, filename, mutant, hit, cover);
      }
      return modules.get(id);
    };
    vitest.takeTests();
    requireOwn(entry);
    return vitest.takeTests().filter((test) => !SLOW_NAME.test(test.name));
  };
  return { entries, load };
}

/** All tests, and how often they met which mutants, and so did loading their files: pairs of a mutant and a number. */
async function measure() {
  const { entries, load } = bundled('measured');
  let hits;
  const cover = (...ids) => {
    for (const id of ids) hits.set(id, (hits.get(id) ?? 0) + 1);
  };
  const tests = [];
  const loads = [];
  const failures = [];
  for (const [file, entry] of entries.entries()) {
    hits = new Map();
    const found = load(entry, -1, null, cover);
    loads.push([...hits]);
    for (const [index, { name, fn }] of found.entries()) {
      hits = new Map();
      const start = performance.now();
      try {
        await fn();
      } catch (error) {
        failures.push(`${name}: ${error.message}`);
      }
      tests.push({ name, file, index, milliseconds: performance.now() - start, hits: [...hits] });
    }
  }
  return { tests, loads, failures };
}

let plain = null;

async function run({ mutant, tests, hitLimit }) {
  const { entries, load } = (plain ??= bundled('plain'));
  let hits = 0;
  const hit = () => {
    if (++hits > hitLimit) throw new Error('without an end');
    return true;
  };
  const loaded = [];
  let current = '';
  try {
    for (const { name, file, index } of tests) {
      current = name;
      loaded[file] ??= load(entries[file], mutant, hit);
      await loaded[file][index].fn();
    }
    return { failed: null, endless: hits > hitLimit };
  } catch {
    return { failed: current, endless: hits > hitLimit };
  }
}

process.on('disconnect', () => process.exit());
console.log = () => {};
process.on('message', (task) => void answer(task));

async function answer(task) {
  process.send(await (task.measure === true ? measure() : run(task)));
}
