import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { CLOSED_TABLES, OPEN_TABLES } from "../../sql/analysts/open-tables.ts";
import { readProjectFile } from "./source-text.ts";

const folder = resolve(import.meta.dirname, "../../sql/schema");
const created =
  /CREATE (?:OR REPLACE )?(?:TABLE|VIEW|MATERIALIZED VIEW|DICTIONARY) (?:IF NOT EXISTS )?([a-z_]+)/g;
/** Views that fill tables; nobody reads them. */
const fillers = /CREATE MATERIALIZED VIEW (?:IF NOT EXISTS )?([a-z_]+)\s+TO /g;

const texts = readdirSync(folder).map((name) => readProjectFile(`sql/schema/${name}`));
const namesOf = (pattern: RegExp) =>
  texts.flatMap((text) => [...text.matchAll(pattern)].map(([, name]) => name ?? ""));
const filling = new Set(namesOf(fillers));
const tables = new Set([...namesOf(created).filter((name) => !filling.has(name)), "schema_migrations"]);
const listed = [...OPEN_TABLES, ...Object.keys(CLOSED_TABLES)];

describe("sql/analysts/open-tables.ts", () => {
  it("decides of every table and view in sql/schema whether analysts may read it", () => {
    expect(tables.size).toBeGreaterThan(60);
    expect([...tables].filter((name) => !listed.includes(name)).sort()).toEqual([]);
  });

  it("names no table twice", () => {
    expect(listed.filter((name, at) => listed.indexOf(name) !== at)).toEqual([]);
  });

  it("says of each closed table why", () => {
    for (const reason of Object.values(CLOSED_TABLES)) expect(reason).toMatch(/^[a-z].{8,}[^.]$/);
  });

  it("opens nothing whose columns are named like a secret", () => {
    const secret =
      /^ {4}(?:\w*secret\w*|hash|password|contact|attributes|payload|idempotency_key|answer|details) /m;
    const bodies = texts.flatMap((text) =>
      Array.from(text.matchAll(/CREATE (?:TABLE|VIEW) IF NOT EXISTS ([a-z_]+)\s*\(([\s\S]*?)\n\)/g)),
    );
    const suspicious = bodies.filter(
      ([, name = "", body = ""]) => OPEN_TABLES.includes(name) && secret.test(body),
    );
    expect(bodies.length).toBeGreaterThan(30);
    expect(suspicious.map(([, name]) => name)).toEqual([]);
  });
});
