import { expect, test } from "vitest";
import { itemSearchPath } from "./item-search-path.ts";

test("a GTIN leads to the product's items, any other words to one item", () => {
  expect(itemSearchPath(" 80614141123458 ")).toBe("/items?gtin=80614141123458");
  expect(itemSearchPath("96385074")).toBe("/items?gtin=96385074");
  expect(itemSearchPath("3074257BF7194E4000001A85")).toBe("/items/3074257BF7194E4000001A85");
  expect(itemSearchPath("urn:epc:id:sgtin:0614141.812345.6789")).toBe(
    "/items/urn%3Aepc%3Aid%3Asgtin%3A0614141.812345.6789",
  );
  expect(itemSearchPath("  ")).toBe("/items");
});
