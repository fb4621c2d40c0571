import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{domain,sql,client,ingest,server,simulators,cli,dashboard,test}/**/*.test.{ts,tsx}"],
    reporters: ["default", "./test/support/closing-line-reporter.ts"],
    // Two cores, and several files start real engines: one file at a time per core.
    maxWorkers: 2,
    pool: "forks",
    testTimeout: 60_000,
    hookTimeout: 120_000,
    retry: 0,
  },
});
