import { readFileSync } from "node:fs";

const folder = new URL("queries/", import.meta.url);
const loaded = new Map<string, string>();

/**
 * The text of `sql/queries/{name}.sql`, for example `loadQuery("ingest/load-positions")`; read once. The file lies beside
 * this module both in the sources and in the build. Throws when there is no such file.
 */
export function loadQuery(name: string): string {
  const known = loaded.get(name);
  if (known !== undefined) return known;
  if (!/^[a-z0-9-]+(\/[a-z0-9-]+)*$/.test(name)) throw new Error(`"${name}" is not a name of a query`);
  const text = readFileSync(new URL(`${name}.sql`, folder), "utf8").trim();
  loaded.set(name, text);
  return text;
}
