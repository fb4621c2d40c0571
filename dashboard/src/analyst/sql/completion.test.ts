import { CompletionContext } from "@codemirror/autocomplete";
import { EditorState } from "@codemirror/state";
import { describe, expect, test } from "vitest";
import { createSqlCompletion, type SqlWords } from "./completion.ts";

const column = (name: string, type = "String") => ({ name, type, comment: `what ${name} is` });
const WORDS: SqlWords = {
  tables: [
    { name: "products", comment: "The list", columns: [column("gtin", "UInt64"), column("category")] },
    {
      name: "positions",
      comment: "What is where",
      columns: [column("gtin", "UInt64"), column("quantity", "Int64")],
    },
  ],
  functions: [
    { name: "uniqExact", isAggregate: true },
    { name: "toDate", isAggregate: false },
  ],
};

/** The labels offered where `|` stands. */
function offered(text: string, isExplicit = false): string[] {
  const pos = text.indexOf("|");
  const state = EditorState.create({ doc: text.replace("|", "") });
  const result = createSqlCompletion(() => WORDS)(new CompletionContext(state, pos, isExplicit));
  return result?.options.map(({ label }) => label) ?? [];
}

describe("completion", () => {
  test("offers tables behind FROM and JOIN, and the query's own names", () => {
    expect(offered("SELECT 1 FROM p|")).toEqual(["products", "positions"]);
    expect(offered("WITH sold AS (SELECT 1) SELECT * FROM products JOIN s|")).toContain("sold");
  });

  test("offers the columns of a table or of its other name behind the dot", () => {
    expect(offered("SELECT products.| FROM products")).toEqual(["gtin", "category"]);
    expect(offered("SELECT s.| FROM positions AS s")).toEqual(["gtin", "quantity"]);
    expect(offered("SELECT s.| FROM positions s JOIN products p USING gtin")).toEqual(["gtin", "quantity"]);
    expect(offered("SELECT x.| FROM positions")).toEqual([]);
  });

  test("offers columns of the tables in the query, each once, then functions and words", () => {
    const words = offered("SELECT q| FROM products JOIN positions USING gtin");
    expect(words.slice(0, 3)).toEqual(["gtin", "category", "quantity"]);
    expect(words).toEqual(expect.arrayContaining(["uniqExact", "toDate", "GROUP BY"]));
    expect(offered("SELECT c| FROM products")).not.toContain("quantity");
  });

  test("says what a column is", () => {
    const state = EditorState.create({ doc: "SELECT c FROM products" });
    const result = createSqlCompletion(() => WORDS)(new CompletionContext(state, 8, false));
    expect(result?.options.find(({ label }) => label === "category")).toMatchObject({
      detail: "String · products",
      info: "what category is",
    });
  });

  test("is silent in texts and comments, and before anything is typed", () => {
    expect(offered("SELECT 'c| FROM products")).toEqual([]);
    expect(offered("SELECT 1 -- c|")).toEqual([]);
    expect(offered("SELECT 'a', c| FROM products")).not.toEqual([]);
    expect(offered("SELECT |")).toEqual([]);
    expect(offered("SELECT |", true)).not.toEqual([]);
  });
});
