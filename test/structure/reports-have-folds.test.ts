import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { loadReports } from "../../sql/load-reports.ts";
import { readProjectFile } from "./source-text.ts";

const FOLDER = "test/reports";

/** Reports that a test runs: in a call, or in a table of tests by name or after its KPI. */
function reportsRun(source: string): string[] {
  const named = /(?:wrongIn\(|run\(|\breport: |\[\s*"[A-Z]\d[^"]*",)\s*"([a-z-]+)"/g;
  return [...source.matchAll(named)].flatMap(([, name]) => name ?? []);
}

test("every report is run by exactly one of the tests that compare SQL with folds: write a fold for a new one", () => {
  const files = readdirSync(new URL(`../../${FOLDER}`, import.meta.url)).filter((name) =>
    /equals?-folds?\.test\.ts$/.test(name),
  );
  const runners = new Map(
    files.map((file) => [file, new Set(reportsRun(readProjectFile(`${FOLDER}/${file}`)))]),
  );
  const found = [...loadReports().keys()].map((name) => [
    name,
    files.filter((file) => runners.get(file)?.has(name)).length,
  ]);
  expect(found.filter(([, times]) => times !== 1)).toEqual([]);
});
