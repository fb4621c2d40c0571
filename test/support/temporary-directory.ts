import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

/** A folder of its own for the tests of one file, removed after them. */
export function temporaryDirectory(name: string): string {
  const directory = mkdtempSync(join(tmpdir(), `onhand-${name}-`));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}
