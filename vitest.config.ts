import { defineConfig } from "vitest/config";
import { DEADLINE_MS } from "./test/support/deadline.ts";
import SlowestFirst from "./test/support/slowest-first.ts";

const isLong = process.env["ONHAND_LONG"] === "1";
const tests = (folders: string) => `{${folders}}/**/*.test.{ts,tsx}`;

export default defineConfig({
  test: {
    reporters: ["default", "./test/support/closing-line-reporter.ts"],
    // Two cores, and several files start real engines: one file at a time per core.
    maxWorkers: 3,
    pool: "forks",
    // Nothing outlives a test file, so files share a process: to start one and load the modules takes longer than most tests.
    isolate: false,
    sequence: { sequencer: SlowestFirst },
    testTimeout: isLong ? 3_600_000 : 2 * DEADLINE_MS,
    hookTimeout: 2 * DEADLINE_MS,
    expect: { poll: { timeout: DEADLINE_MS } },
    retry: 0,
    projects: [
      { extends: true, test: { name: "in memory", include: [tests("domain,client,dashboard,simulators")] } },
      {
        extends: true,
        test: {
          name: "with engines",
          include: [tests("sql,ingest,server,cli,test")],
          globalSetup: ["./test/support/prepare-engine-tests.ts"],
        },
      },
    ],
  },
});
