import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { dashboardFolder, readPageSource, sourcesFrom, sourcesIn } from "./page-sources.ts";

/** Pages with catalogues of their own. The store page has those texts only that it can show: a phone keeps all of its languages. */
const PAGES = [
  { name: "the dashboard", catalogues: "src/i18n", sources: sourcesIn("src"), fewestKeys: 500 },
  {
    name: "the store page",
    catalogues: "store/i18n",
    sources: sourcesFrom("store/main.tsx"),
    fewestKeys: 300,
  },
];

type Catalogue = Record<string, string>;

/** English is what the pages say themselves; its catalogue has forms of plurals only. */
function languagesIn(folder: string): string[] {
  return readdirSync(join(dashboardFolder, folder))
    .flatMap((file) => (file.endsWith(".json") ? [file.slice(0, -".json".length)] : []))
    .filter((id) => id !== "en");
}

function catalogueOf(folder: string, language: string): Catalogue {
  return JSON.parse(readFileSync(join(dashboardFolder, folder, `${language}.json`), "utf8")) as Catalogue;
}

/** What is given to `t(…)`, by the file that says it; `literal` is null where it is no plain text. */
function spokenTexts(files: readonly string[]): { file: string; literal: string | null }[] {
  return files.flatMap((file) =>
    [...readPageSource(file).matchAll(/(?<![\w.])t\(\s*("(?:[^"\\]|\\.)*")?/g)].map(({ 1: literal }) => ({
      file,
      literal: literal === undefined ? null : (JSON.parse(literal) as string),
    })),
  );
}

const placeholdersOf = (text: string) => [...text.matchAll(/\{\{\w+\}\}/g)].map(([each]) => each).toSorted();
const formsOf = (language: string) => new Intl.PluralRules(language).resolvedOptions().pluralCategories;

describe.each(PAGES)("what $name says", ({ catalogues, sources, fewestKeys }) => {
  const languages = languagesIn(catalogues);
  const spoken = spokenTexts(sources);
  const keys = [...new Set(spoken.flatMap(({ literal }) => (literal === null ? [] : [literal])))];

  test("is said in plain texts, which can be found and translated", () => {
    expect(keys.length).toBeGreaterThan(fewestKeys);
    expect(spoken.filter(({ literal }) => literal === null)).toEqual([]);
  });

  test("is offered in each language that there is a catalogue of", () => {
    const offered = readPageSource("src/i18n/languages.ts");
    expect(languages.filter((id) => !offered.includes(`{ id: "${id}", `))).toEqual([]);
    expect(languages).toEqual(["es", "fil", "pl"]);
  });

  test("has each form of an English plural", () => {
    const english = catalogueOf(catalogues, "en");
    const bases = Object.keys(english).map((entry) => entry.replace(/_(one|other)$/, ""));
    expect(bases.filter((base) => !keys.includes(base))).toEqual([]);
    expect(bases.filter((base) => !(`${base}_one` in english && `${base}_other` in english))).toEqual([]);
  });

  describe.each(languages)("in %s", (id) => {
    const catalogue = catalogueOf(catalogues, id);
    const entriesOf = (key: string) =>
      key in catalogue ? [key] : formsOf(id).map((form) => `${key}_${form}`);

    test("is complete, with each form of a plural", () => {
      const has = (entry: string) => (catalogue[entry] ?? "").trim() !== "";
      const isSaid = (key: string) => has(key) || formsOf(id).every((form) => has(`${key}_${form}`));
      expect(keys.filter((key) => !isSaid(key))).toEqual([]);
    });

    test("names the same figures", () => {
      const wrong = keys.flatMap((key) =>
        entriesOf(key)
          .filter((entry) => catalogue[entry] !== undefined)
          .filter((entry) => {
            const said = placeholdersOf(catalogue[entry] ?? "");
            // A form for one may leave the number out.
            return entry === key || !entry.endsWith("_one")
              ? String(said) !== String(placeholdersOf(key))
              : said.some((each) => !placeholdersOf(key).includes(each));
          }),
      );
      expect(wrong).toEqual([]);
    });

    test("has nothing that nobody says", () => {
      const wanted = new Set(keys.concat(keys.flatMap((key) => formsOf(id).map((form) => `${key}_${form}`))));
      expect(Object.keys(catalogue).filter((entry) => !wanted.has(entry))).toEqual([]);
    });
  });
});
