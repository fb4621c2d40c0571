import { describe, expect, test } from "vitest";
import { escapeValue, parameterText, queryParameters } from "./query-parameters.ts";

describe("the parameters of a query", () => {
  test("are found in their order, each once, with types of any depth", () => {
    const sql =
      "SELECT {b:UInt8}, {a : Array(Nullable(String))} WHERE x = {b:UInt8} AND at < {to:DateTime64(3, 'UTC')}";
    expect(queryParameters(sql)).toEqual([
      { name: "b", type: "UInt8" },
      { name: "a", type: "Array(Nullable(String))" },
      { name: "to", type: "DateTime64(3, 'UTC')" },
    ]);
  });

  test("are none in texts, quoted names and comments", () => {
    const sql = `SELECT '{a:String}', 'it''s {b:String}', '\\'{c:String}', "{d:String}", \`{e:String}\` -- {f:String}
      /* {g:String} */ FROM t`;
    expect(queryParameters(sql)).toEqual([]);
  });

  test("are none in what is no parameter, such as a map", () => {
    expect(queryParameters("SELECT {'a': 1}, map('a', 1), {1:2}")).toEqual([]);
  });
});

test("values of JSON become what ClickHouse reads", () => {
  expect(parameterText(["a'b", "c\\d"])).toBe("['a\\'b','c\\\\d']");
  expect(parameterText([])).toBe("[]");
  expect(parameterText([[1], [2, 3]])).toBe("[[1],[2,3]]");
  expect(parameterText(5)).toBe("5");
  expect(parameterText(null)).toBe("\\N");
});

test("what is typed is taken as it is, but for the word for nothing", () => {
  expect(escapeValue("a\\b\tc")).toBe("a\\\\b\\tc");
  expect(escapeValue("\\N")).toBe("\\N");
});
