import { expect, test } from "vitest";
import { formatMoney } from "./money.ts";

test("large amounts are told without minor units, small ones with them", () => {
  expect(formatMoney("1234.56", "EUR", "en-GB")).toBe("€1,235");
  expect(formatMoney("19.9", "EUR", "en-GB")).toBe("€19.90");
});
