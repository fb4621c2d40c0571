import { describe, expect, test } from "vitest";
import { readPageSource, sourcesIn } from "./page-sources.ts";
import { saidTexts } from "./said-texts.ts";

/** What is the same in each language, or is not for people to read; the gallery is for developers. */
const AS_IT_IS: Readonly<Record<string, readonly string[]>> = {
  "src/analyst/reports/report-tools.tsx": ["Arrow", "Parquet"],
  "src/analyst/result-table.tsx": ["minmax(0, 1fr)"],
  "src/analyst/sql/editor-look.ts": [
    "color-mix(in srgb, var(--surface-2) 70%, transparent)",
    "1px solid var(--border-strong)",
    "underline wavy var(--bad)",
    "1px solid var(--border)",
  ],
  "src/analyst/sql/export-sql.ts": ["Arrow", "Parquet"],
  "src/analyst/sql/sql-answer.ts": ["Date"],
  "src/app/nav.tsx": ["Onhand"],
  // Each language by its own name.
  "src/i18n/languages.ts": ["English", "Español", "Polski", "Filipino"],
  "src/item/item-reads-table.tsx": ["dBm"],
  "src/lists/list-columns.tsx": ["dBm"],
  // Names of zones become the company's own data, which people of any language read.
  "src/readers/assignment.ts": ["Dock", "Backroom", "Sales floor", "Fitting rooms", "Till", "Exit"],
  "src/readers/heartbeat-facts.tsx": ["°C"],
  // What a schema says of a field is English, as the API's answers are.
  "src/rules/rule-draft.ts": ["is not valid"],
  // The name of a class.
  "src/stock-map/map-spots.tsx": ["map-spot"],
  // Refusals have their words by their code in return-words.ts and scan-words.ts; these are for logs and tests.
  "store/returns/return-draft.ts": [
    "This very item was scanned before",
    "was not bought in this order. Take it back on its own",
    "All units of it have come back or are counted here",
  ],
  "store/scan/parse-scan.ts": [
    "Nothing was scanned",
    `" is neither a barcode's number nor a tag's code`,
    "This tag names no product",
    "This code names no product",
  ],
  // Problems as the API has them.
  "store/outbox/judge-failure.ts": ["The page failed"],
  "store/work/sign-in.ts": ["Signed out", "Somebody signed out here."],
  "store/work/store-database.ts": ["the browser kept nothing", "IndexedDB can't be opened"],
  "store/work/work-board.ts": ["This can't be done"],
  // A message to the service worker.
  "store/worker/register-worker.ts": ["take over"],
};

const sources = [...sourcesIn("src"), ...sourcesIn("store")].filter(
  (file) => !file.startsWith("src/gallery/") && !file.startsWith("store/build/"),
);

describe("every text of the dashboard", () => {
  test("goes through t(…), so that it can be read in each language", () => {
    expect(sources.length).toBeGreaterThan(300);
    const found = sources.flatMap((file) =>
      saidTexts(file, readPageSource(file))
        .filter(({ text }) => !AS_IT_IS[file]?.includes(text))
        .map(({ line, text }) => `${file}:${line}: ${text}`),
    );
    expect(found).toEqual([]);
  });

  test("is as excepted only where it still stands", () => {
    const unused = Object.entries(AS_IT_IS).flatMap(([file, texts]) => {
      const said = new Set(saidTexts(file, readPageSource(file)).map(({ text }) => text));
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
