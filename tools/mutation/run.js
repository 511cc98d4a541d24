/**
 * Mutation testing of the engine: `npm run mutation`, or of a part of it: `npm run mutation -- table`. `--jobs 1` uses
 * one processor in place of two. docs/mutation.md says what is counted.
 */
import { fork } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bundle } from './bundle.js';
import { PARTS } from './parts.js';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { jobs: { type: 'string', default: '2' } },
});
const jobs = Number(values.jobs);
const parts = positionals.length === 0 ? Object.keys(PARTS) : positionals;
for (const part of parts) {
  if (!Object.hasOwn(PARTS, part)) {
    console.error(`found part '${part}', expected ${Object.keys(PARTS).join(', ')}`);
    process.exit(2);
  }
}

/** A process that runs tests, and another in its place when it ends or does not answer in time. */
class Runner {
  constructor(folder) {
    this.folder = folder;
    this.child = null;
  }

  /** What the process answers, or null if it does not. */
  ask(task, milliseconds) {
    if (this.child?.connected === false) this.child = null;
    this.child ??= fork(resolve(import.meta.dirname, 'child.js'), [this.folder], {
      execArgv: ['--max-old-space-size=2000'],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const { child } = this;
    return new Promise((done) => {
      const end = (answer) => {
        clearTimeout(timer);
        child.removeAllListeners();
        if (answer === null) this.stop();
        done(answer);
      };
      const timer = setTimeout(end, milliseconds, null);
      child.on('message', end);
      child.on('error', () => end(null));
      child.on('exit', () => end(null));
      child.send(task);
    });
  }

  stop() {
    this.child?.kill('SIGKILL');
    this.child = null;
  }
}

async function testPart(part) {
  const folder = resolve(import.meta.dirname, 'out', part);
  mkdirSync(folder, { recursive: true });
  const { mutants: all, measured, plain } = await bundle(PARTS[part]);
  writeFileSync(resolve(folder, 'measured.json'), JSON.stringify(measured));
  writeFileSync(resolve(folder, 'plain.json'), JSON.stringify(plain));

  const first = new Runner(folder);
  const base = await first.ask({ measure: true }, 600_000);
  first.stop();
  if (base === null || base.failures.length > 0) {
    console.error('Tests fail without a mutant:', base?.failures ?? 'no answer');
    process.exit(1);
  }
  const plan = planned(base);
  const mutants = all.filter(({ ignored }) => !ignored);
  console.log(`${part}: ${mutants.length} mutants, ${base.tests.length} tests`);

  let next = 0;
  let done = 0;
  const work = async () => {
    const runner = new Runner(folder);
    while (next < mutants.length) {
      const mutant = mutants[next++];
      Object.assign(mutant, await verdict(runner, mutant.id, plan));
      if (++done % 100 === 0) console.log(`  ${done}`);
    }
    runner.stop();
  };
  await Promise.all(Array.from({ length: jobs }, work));
  report(part, mutants);
}

/** Which tests run with a mutant, how often it may be met, and how long that may take. */
function planned({ tests, loads }) {
  const atLoad = loads.map((pairs) => new Map(pairs));
  const measured = tests.map(({ hits, ...test }) => ({
    ...test,
    hits: new Map(hits),
    effort: hits.reduce((sum, [, n]) => sum + n, 0),
  }));
  return (id) => {
    // What is made once when a file is loaded can change all of its tests.
    const chosen = measured.filter(({ file, hits }) => hits.has(id) || atLoad[file].has(id));
    let hitLimit = 10_000;
    let time = 10_000;
    for (const { file, hits, milliseconds } of chosen) {
      hitLimit += 100 * ((hits.get(id) ?? 0) + (atLoad[file].get(id) ?? 0));
      time += 20 * milliseconds;
    }
    // Tests that do little else than what stands around the mutant come first: most mutants fail in one of them.
    const share = new Map(chosen.map((test) => [test, hitsAround(test.hits, id) / (test.effort + 1)]));
    chosen.sort((a, b) => share.get(b) - share.get(a) || a.effort - b.effort);
    return { tests: chosen.map(({ name, file, index }) => ({ name, file, index })), hitLimit, time };
  };
}

function hitsAround(hits, id) {
  let sum = 0;
  for (let near = id - 5; near <= id + 5; near++) sum += hits.get(near) ?? 0;
  return sum;
}

async function verdict(runner, id, plan) {
  const { tests, hitLimit, time } = plan(id);
  if (tests.length === 0) return { status: 'not met', by: null };
  const answer = await runner.ask({ mutant: id, tests, hitLimit }, time);
  if (answer === null || answer.endless) return { status: 'endless', by: null };
  return answer.failed === null ? { status: 'survived', by: null } : { status: 'killed', by: answer.failed };
}

function report(part, mutants) {
  const count = (status) => mutants.filter((each) => each.status === status).length;
  const [killed, endless, survived, unmet] = ['killed', 'endless', 'survived', 'not met'].map(count);
  const score = (100 * (killed + endless)) / mutants.length;
  for (const { status, path, line, found, replacement } of mutants) {
    if (status === 'survived' || status === 'not met') {
      console.log(`${path}:${line}: ${status}\n  - ${oneLine(found)}\n  + ${oneLine(replacement)}`);
    }
  }
  console.log(
    `${part}: ${score.toFixed(1)} % of ${mutants.length} mutants: ${killed} killed, ${endless} without an end, ` +
      `${survived} survived, ${unmet} met by no test`,
  );
  const file = resolve(import.meta.dirname, 'out', `${part}.json`);
  writeFileSync(file, JSON.stringify({ part, score, killed, endless, survived, unmet, mutants }, null, 1));
}

function oneLine(text) {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 100 ? `${line.slice(0, 99)}…` : line;
}

for (const part of parts) await testPart(part);
