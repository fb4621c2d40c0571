import { expect, test } from "vitest";
import { PAGES } from "./page-list.ts";

test("no two pages have the same address or the same keys", () => {
  for (const name of ["to", "keys"] as const) {
    const all = PAGES.map((page) => page[name]);
    expect(all.filter((each, index) => all.indexOf(each) !== index)).toEqual([]);
  }
});
