import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { readProjectFile, tableRows } from "./source-text.ts";

const root = resolve(import.meta.dirname, "../..");
const rows = tableRows(readProjectFile("docs/practices.md"));
const filesOf = (tests: string) => [...tests.matchAll(/`([^`]+\.test\.ts)`/g)].map(([, path]) => path ?? "");

describe("docs/practices.md", () => {
  it.each(rows)("%s has tests that are there, or says why not", (_name, _practice, _where, tests = "") => {
    const files = filesOf(tests);
    expect(files.length > 0 || tests.startsWith("left out: ")).toBe(true);
    expect(files.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it("names each test of an order's life beside the practices that it walks", () => {
    const named = new Map(rows.map(([name = "", , , tests = ""]) => [name, filesOf(tests)]));
    const missing = readdirSync(join(root, "test/orders"))
      .filter((name) => name.endsWith(".test.ts"))
      .flatMap((name) => {
        const path = `test/orders/${name}`;
        const titles = [...readProjectFile(path).matchAll(/\b(?:test|it|describe)\("([^"]*)"/g)];
        const practices = titles.flatMap(([, title = ""]) => title.match(/\bC\d+\b/g) ?? []);
        return [...new Set(practices)]
          .filter((practice) => named.get(practice)?.includes(path) !== true)
          .map((practice) => `${practice}: ${path}`);
      });
    expect(missing).toEqual([]);
  });
});
