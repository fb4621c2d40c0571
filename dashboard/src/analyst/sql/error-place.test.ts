import { describe, expect, test } from "vitest";
import { readSqlError } from "./error-place.ts";

/** What is marked of the query. */
function marked(text: string, sql: string): string | null {
  const { at } = readSqlError(text, sql);
  return at === null ? null : sql.slice(at.from, at.to);
}

// Messages as ClickHouse 26.7 writes them.
describe("the place that an error speaks of", () => {
  test.each([
    [
      "Code: 62. DB::Exception: Syntax error: failed at position 19 (x) (line 2, col 9): x. Expected … (SYNTAX_ERROR) (version 26.7.2.1)",
      "SELECT 1,\n  2 FRM x",
      "x",
    ],
    [
      "Code: 62. DB::Exception: Syntax error: failed at position 21 (1) (line 2, col 16): 1. (SYNTAX_ERROR) (version 26.7.2.1)",
      "-- a\nSELECT 'ä', , 1",
      "1",
    ],
    [
      "Code: 62. DB::Exception: Syntax error: failed at position 30 (end of query). (SYNTAX_ERROR) (version 26.7.2.1)",
      "SELECT 1 FROM",
      "M",
    ],
    [
      "Code: 47. DB::Exception: Unknown expression identifier `nope` in scope SELECT nope FROM products. (UNKNOWN_IDENTIFIER) (version 26.7.2.1)",
      "SELECT\n nope FROM products",
      "nope",
    ],
    [
      "Code: 60. DB::Exception: Unknown table expression identifier 'nowhere' in scope SELECT * FROM nowhere. (UNKNOWN_TABLE) (version 26.7.2.1)",
      "SELECT * FROM nowhere",
      "nowhere",
    ],
    [
      "Code: 47. DB::Exception: Identifier 'p.nope' cannot be resolved from table with name p. (UNKNOWN_IDENTIFIER) (version 26.7.2.1)",
      "SELECT p.nope FROM products p",
      "p.nope",
    ],
    [
      "Code: 215. DB::Exception: Column 'onhand.products.gtin' is not under aggregate function and not in GROUP BY keys. (NOT_AN_AGGREGATE) (version 26.7.2.1)",
      "SELECT gtin FROM products GROUP BY name",
      "gtin",
    ],
    [
      "Code: 497. DB::Exception: Table api_keys is not open to analysts: it holds the hashes of keys. (ACCESS_DENIED) (version 26.7.2.1)",
      "SELECT * FROM api_keys",
      "api_keys",
    ],
    [
      "Code: 446. DB::Exception: Function sleep is not open to analysts. (FUNCTION_NOT_ALLOWED) (version 26.7.2.1)",
      "SELECT sleep(1)",
      "sleep",
    ],
  ])("%s", (text, sql, expected) => {
    expect(marked(text, sql)).toBe(expected);
  });

  test("is none where the error speaks of nothing in the text", () => {
    expect(
      marked("Code: 159. DB::Exception: Timeout exceeded. (TIMEOUT_EXCEEDED) (version 26.7.2.1)", "SELECT 1"),
    ).toBe(null);
  });
});

test("an error is its code, name and words, without the version", () => {
  const error = readSqlError(
    "Code: 47. DB::Exception: Unknown `x`. (UNKNOWN_IDENTIFIER) (version 26.7.2.1)\n",
    "SELECT x",
  );
  expect(error).toMatchObject({ code: 47, name: "UNKNOWN_IDENTIFIER", message: "Unknown `x`." });
  expect(readSqlError("Bad gateway", "SELECT 1")).toMatchObject({
    code: null,
    name: "",
    message: "Bad gateway",
  });
});
