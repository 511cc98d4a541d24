#!/usr/bin/env node
import { existsSync } from 'node:fs';

const entry = new URL('../dist/main.js', import.meta.url);
if (existsSync(entry)) {
  const { runProcess } = await import(entry.href);
  await runProcess();
} else {
  console.error('backflow is not built yet: run `npm run prepare` in its folder.');
  process.exitCode = 1;
}
