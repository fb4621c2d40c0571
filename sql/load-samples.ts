import { readdirSync, readFileSync } from "node:fs";
import type { SqlSample } from "../domain/reports/sql-help.ts";

const folder = new URL("samples/", import.meta.url);
const HEADER = /^-- Question: (.+)\n-- Area: +(\w+)\n(?:-- Note: +(.+)\n)?/;
let loaded: readonly SqlSample[] | null = null;

/** The questions of `sql/samples` with their SQL, by name. Read once. Throws when a file's header is not as the others'. */
export function loadSamples(): readonly SqlSample[] {
  loaded ??= readdirSync(folder)
    .filter((file) => file.endsWith(".sql"))
    .sort()
    .map((file) => {
      const text = readFileSync(new URL(file, folder), "utf8");
      const [header, question, area, note = ""] = HEADER.exec(text) ?? [];
      if (header === undefined || question === undefined || area === undefined) {
        throw new Error(`sql/samples/${file} does not begin with its Question and Area`);
      }
      const sql = text.slice(header.length).trim();
      return { name: file.slice(0, -".sql".length), question, area, note, sql };
    });
  return loaded;
}
