// Other engines on the same workloads, against the same loops: `npm ci --prefix bench/peers && npm run bench:peers`.
// A process per cell, with a limit on its time; where a peer cannot, its error stands in its place.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { WORKLOADS } from '../dist/engine/cells.js';
import { handWritten } from '../dist/engine/hand.js';
import { compare } from '../dist/engine/measure.js';
import { agree } from '../dist/engine/training.js';

/** Milliseconds that a cell may take, with recording and compiling. */
const LIMIT = 60_000;

/** Tolerances are relative; 32 bits have 7 digits, and a chain loses some of them. */
const PEERS = {
  adnn: { make: async (name) => (await import('./adnn.js')).training(name), tolerance: 1e-9 },
  simplegrad: { make: async (name) => (await import('./simplegrad.js')).training(name), tolerance: 1e-9 },
  '@penrose/core': { make: async (name) => (await import('./penrose.js')).training(name), tolerance: 1e-9 },
  'tfjs cpu': {
    make: async (name) => (await import('./tensorflow.js')).training(name, 'cpu'),
    tolerance: 1e-3,
  },
  'tfjs wasm': {
    make: async (name) => (await import('./tensorflow.js')).training(name, 'wasm'),
    tolerance: 1e-3,
  },
};

async function measureCell(workload, peer) {
  const { make, tolerance } = PEERS[peer];
  const print = console.log;
  console.log = () => {};
  try {
    const [hand, engine] = [handWritten(workload), await make(workload)];
    agree(`${workload} ${peer}`, hand, engine, { tolerance });
    print(JSON.stringify({ ratio: compare(engine, hand, { warmUp: 4000, budget: 2000 }).ratio }));
  } catch (error) {
    print(JSON.stringify({ error: `${error.name}: ${error.message}`.split('\n')[0].slice(0, 160) }));
  }
}

async function cellOf(workload, peer) {
  try {
    const words = [process.argv[1], '--cell', workload, peer];
    const { stdout } = await promisify(execFile)(process.execPath, words, { timeout: LIMIT });
    return JSON.parse(stdout.trim().split('\n').at(-1));
  } catch (error) {
    if (error.killed) return { error: `not done after ${LIMIT / 1000} s` };
    const reason =
      String(error.stderr ?? error).match(/^.*(?:FATAL|Error).*$/m)?.[0] ?? `ends with ${error.code}`;
    return { error: reason.slice(0, 160) };
  }
}

const words = process.argv.slice(2);
if (words[0] === '--cell') {
  await measureCell(words[1], words[2]);
} else {
  const only = words[0] === '--only' ? words[1].split(',') : WORKLOADS;
  for (const peer of Object.keys(PEERS)) {
    for (const workload of WORKLOADS.filter((name) => only.some((word) => name.startsWith(word)))) {
      const { ratio, error } = await cellOf(workload, peer);
      console.log(`${peer}, ${workload}: ${error ?? `${ratio.toPrecision(3)} × hand`}`);
    }
  }
}
