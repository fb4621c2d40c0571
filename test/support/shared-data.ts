import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const BESIDE_THE_REPOSITORY = resolve(dirname(fileURLToPath(import.meta.url)), "../../../shared/data");

/** The folder of reference data: `ONHAND_SHARED`, else `../shared/data` beside the repository. */
export const sharedDataFolder = process.env["ONHAND_SHARED"] ?? BESIDE_THE_REPOSITORY;

/**
 * Null where all `paths` of the reference data are there. Else the sentence that says what was not run, which is printed too:
 * reporters do not name skipped tests. Use it as `describe.skipIf(missing !== null)(`title ${missing ?? ""}`, …)`.
 */
export function missingSharedData(...paths: string[]): string | null {
  const missing = paths.filter((path) => !existsSync(join(sharedDataFolder, path)));
  if (missing.length === 0) return null;
  const sentence = `NOT RUN: ${missing.join(", ")} is absent from ${sharedDataFolder} (set ONHAND_SHARED to the folder of reference data)`;
  process.stderr.write(`${sentence}\n`);
  return sentence;
}

export function sharedPath(path: string): string {
  return join(sharedDataFolder, path);
}

export function readSharedBytes(path: string): Buffer {
  return readFileSync(join(sharedDataFolder, path));
}

/** The parsed JSON of a reference file; the caller says its shape with `as`. */
export function readSharedJson(path: string): unknown {
  return JSON.parse(readFileSync(join(sharedDataFolder, path), "utf8"));
}
