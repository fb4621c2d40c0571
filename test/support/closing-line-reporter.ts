import type { Reporter, TestModule } from "vitest/node";

/** Prints `N passed, N failed` alone on the last line, the form every CI can read; what is said after the end of the tests stands above it. */
export default class ClosingLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    let passed = 0;
    let failed = unhandledErrors.length;
    let skipped = 0;
    for (const module of modules) {
      let failedHere = 0;
      for (const test of module.children.allTests()) {
        const state = test.result().state;
        if (state === "passed") passed += 1;
        else if (state === "failed") failedHere += 1;
        else skipped += 1;
      }
      // A file can fail without a failed test: it did not load, or a hook of it threw.
      failed += failedHere === 0 && !module.ok() ? 1 : failedHere;
    }
    process.once("exit", () => {
      if (skipped > 0) process.stdout.write(`\n${skipped} skipped`);
      process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
    });
  }
}
