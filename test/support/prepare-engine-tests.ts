import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { TestProject } from "vitest/node";

const main = resolve(import.meta.dirname, "../../dist/onhand/main.js");
const joinJournal = resolve(import.meta.dirname, "../../dist/test-engine-server/join-journal.js");

/**
 * Before the tests with engines:
 * - the build of the sources as they are now, as tests start it: nothing to do after `npm run build`;
 * - a folder for all temporary files of the run, so that none stays behind, whatever ends how;
 * - in it a data directory whose database has its tables, made once, for tests to copy.
 */
export default function prepareEngineTests(project: TestProject): () => void {
  const build = (script: string) => spawnSync("npm", ["run", "-s", script], { stdio: "inherit" }).status;
  // Types are a check of their own: with an error in them it builds all the same, and says so.
  if (build("build:node") !== 0) build("build:command");
  const folder = mkdtempSync(join(tmpdir(), "onhand-tests-"));
  const migrated = join(folder, "migrated");
  execFileSync(process.execPath, [main, "migrate"], {
    env: { PATH: process.env["PATH"], ONHAND_DATA_DIR: migrated },
    stdio: ["ignore", "ignore", "inherit"],
  });
  execFileSync(process.execPath, [joinJournal, join(migrated, "clickhouse")], { stdio: "inherit" });
  project.provide("migratedDirectory", migrated);
  process.env["TMPDIR"] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
