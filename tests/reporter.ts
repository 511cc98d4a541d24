import type { Reporter, TestModule, SerializedError } from 'vitest/node';

/** Closes a run with the plain line `N passed, N failed`; a file that cannot be loaded counts as a failure. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    let passed = 0;
    let failed = errors.length;
    let skipped = 0;
    for (const module of modules) {
      if (module.errors().length > 0) failed++;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') passed++;
        else if (state === 'failed') failed++;
        else skipped++;
      }
    }
    if (skipped > 0) failed += skipped;
    process.once('exit', () => console.log(`${passed} passed, ${failed} failed`));
  }
}
