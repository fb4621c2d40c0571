import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";

/** Onhand's version. package.json is one folder above `cli` in the source and two above it in `dist`. */
export function readVersion(): string {
  const path = ["../../package.json", "../../../package.json"]
    .map((relative) => new URL(relative, import.meta.url))
    .find((url) => existsSync(url));
  if (path === undefined) return "unknown";
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(path, "utf8"))).version;
}
