import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { saidTexts } from "./said-texts.ts";

const folder = new URL("../../dashboard/src/", import.meta.url);

/** What is the same in each language, or is not for people to read; the gallery is for developers. */
const AS_IT_IS: Readonly<Record<string, readonly string[]>> = {
  "analyst/reports/report-tools.tsx": ["Arrow", "Parquet"],
  "analyst/result-table.tsx": ["minmax(0, 1fr)"],
  "analyst/sql/editor-look.ts": [
    "color-mix(in srgb, var(--surface-2) 70%, transparent)",
    "1px solid var(--border-strong)",
    "underline wavy var(--bad)",
    "1px solid var(--border)",
  ],
  "analyst/sql/export-sql.ts": ["Arrow", "Parquet"],
  "analyst/sql/sql-answer.ts": ["Date"],
  "app/nav.tsx": ["Onhand"],
  // Each language by its own name.
  "i18n/languages.ts": ["English", "Español", "Polski", "Filipino"],
  "item/item-reads-table.tsx": ["dBm"],
  "lists/list-columns.tsx": ["dBm"],
  // Names of zones become the company's own data, which people of any language read.
  "readers/assignment.ts": ["Dock", "Backroom", "Sales floor", "Fitting rooms", "Till", "Exit"],
  "readers/heartbeat-facts.tsx": ["°C"],
  // What a schema says of a field is English, as the API's answers are.
  "rules/rule-draft.ts": ["is not valid"],
  // The name of a class.
  "stock-map/map-spots.tsx": ["map-spot"],
};

const sources = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
  (file) => /\.tsx?$/.test(file) && !file.includes(".test.") && !file.startsWith("gallery/"),
);

describe("every text of the dashboard", () => {
  test("goes through t(…), so that it can be read in each language", () => {
    expect(sources.length).toBeGreaterThan(300);
    const found = sources.flatMap((file) =>
      saidTexts(file, readFileSync(new URL(file, folder), "utf8"))
        .filter(({ text }) => !AS_IT_IS[file]?.includes(text))
        .map(({ line, text }) => `${file}:${line}: ${text}`),
    );
    expect(found).toEqual([]);
  });

  test("is as excepted only where it still stands", () => {
    const unused = Object.entries(AS_IT_IS).flatMap(([file, texts]) => {
      const said = new Set(
        saidTexts(file, readFileSync(new URL(file, folder), "utf8")).map(({ text }) => text),
      );
      return texts.filter((text) => !said.has(text));
    });
    expect(unused).toEqual([]);
  });
});

describe("a text that stands there by itself is found", () => {
  test.each([
    ["between tags", "<p>held</p>", "held"],
    ["between tags, beside a figure", "<p>{units} held</p>", "held"],
    ["in a text attribute", `<input aria-label="find" />`, "find"],
    ["as an attribute's choice", `<Button>{isOpen ? "Close" : t("Open")}</Button>`, "Close"],
    ["in a column", `const columns = [{ label: "Units", cell }];`, "Units"],
    ["in a template", "const words = `${units} held`;", "held"],
    ["in a message", `showToast("good", "Nothing was changed");`, "Nothing was changed"],
    [
      "in a translation's parameter",
      `t("Sold to {{who}}", { who: "Nobody in particular" });`,
      "Nobody in particular",
    ],
  ])("%s", (_, code, text) => {
    expect(
      saidTexts("page.tsx", `const page = () => { ${code.startsWith("<") ? `return ${code}` : code} };`),
    ).toEqual([{ line: 1, text }]);
  });

  test.each([
    ["code", "<code>onhand start</code>"],
    ["a name of the machine's", `<Icon icon="arrow" className="big red" />`],
    ["an id", `const kind = "safety_stock";`],
    ["what is translated", `<p title={t("Held")}>{t("{{units}} held", { units: "3" })}</p>`],
    ["a type", `const look: "Some thing" | null = null;`],
    ["an error for developers", `throw new Error("No such page.");`],
  ])("but not %s", (_, code) => {
    expect(
      saidTexts("page.tsx", `const page = () => { ${code.startsWith("<") ? `return ${code}` : code} };`),
    ).toEqual([]);
  });
});
