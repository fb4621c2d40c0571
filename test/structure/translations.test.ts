import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const folder = new URL("../../dashboard/src/", import.meta.url);

/** English is what the pages say themselves; its catalogue has forms of plurals only. */
const LANGUAGES = readdirSync(new URL("i18n/", folder))
  .flatMap((file) => (file.endsWith(".json") ? [file.slice(0, -".json".length)] : []))
  .filter((id) => id !== "en");

type Catalogue = Record<string, string>;

function catalogueOf(language: string): Catalogue {
  return JSON.parse(readFileSync(new URL(`i18n/${language}.json`, folder), "utf8")) as Catalogue;
}

/** What is given to `t(…)`, by the file that says it; `literal` is null where it is no plain text. */
function spokenTexts(): { file: string; literal: string | null }[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file) && !file.includes(".test."))
    .flatMap((file) => {
      const code = readFileSync(new URL(file, folder), "utf8");
      return [...code.matchAll(/(?<![\w.])t\(\s*("(?:[^"\\]|\\.)*")?/g)].map(({ 1: literal }) => ({
        file,
        literal: literal === undefined ? null : (JSON.parse(literal) as string),
      }));
    });
}

const placeholdersOf = (text: string) => [...text.matchAll(/\{\{\w+\}\}/g)].map(([each]) => each).toSorted();
const formsOf = (language: string) => new Intl.PluralRules(language).resolvedOptions().pluralCategories;
const spoken = spokenTexts();
const keys = [...new Set(spoken.flatMap(({ literal }) => (literal === null ? [] : [literal])))];

describe("what the dashboard says", () => {
  test("is said in plain texts, which can be found and translated", () => {
    expect(keys.length).toBeGreaterThan(500);
    expect(spoken.filter(({ literal }) => literal === null)).toEqual([]);
  });

  test("is offered in each language that there is a catalogue of", () => {
    const offered = readFileSync(new URL("i18n/languages.ts", folder), "utf8");
    expect(LANGUAGES.filter((id) => !offered.includes(`{ id: "${id}", `))).toEqual([]);
    expect(LANGUAGES).toEqual(["es", "fil", "pl"]);
  });

  describe.each(LANGUAGES)("in %s", (id) => {
    const catalogue = catalogueOf(id);
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
