import { expect, test } from "vitest";
import { ApiProblem } from "../../../client/api-problem.ts";
import type { PurchaseQuery } from "../../../client/return-calls.ts";
import { epcOfGtin } from "../../../domain/epc/encode-epc.ts";
import { findPurchase } from "./find-purchase.ts";

const AT = { location: "S01", soldAt: "S02" };
const GTIN = "80614141123458";
const tag = epcOfGtin({ gtin: GTIN, prefixDigits: 7, serial: "17", filter: 1 });
const hex = tag.ok ? tag.value : "";

function serverThatKnows(name: keyof PurchaseQuery | null, code = "purchase_not_found") {
  const asked: string[][] = [];
  const purchase = { boughtIn: { kind: "order" as const, id: "o", channel: null, method: null }, lines: [] };
  return {
    asked,
    ask: (query: PurchaseQuery) => {
      asked.push(Object.keys(query).filter((one) => one !== "location"));
      if (name !== null && query[name] !== undefined) return Promise.resolve(purchase);
      const problem = { type: "", title: "", status: 404, detail: "", code, members: {} };
      return Promise.reject(new ApiProblem(problem));
    },
  };
}

test("a tag asks for the item, any other text for an order and then for a receipt", async () => {
  const byItem = serverThatKnows("epc");
  expect(await findPurchase(byItem.ask, AT, hex)).toMatchObject({ purchase: {}, scan: { gtin: GTIN } });
  expect(byItem.asked).toEqual([["epc"]]);
  const byReceipt = serverThatKnows("transactionId");
  expect(await findPurchase(byReceipt.ask, AT, " 4711 ")).toMatchObject({ purchase: {}, scan: null });
  expect(byReceipt.asked).toEqual([["orderId"], ["soldAt", "transactionId"]]);
});

test("what nobody knows is no purchase, and says what was scanned; what can't be asked is an error", async () => {
  const nobody = serverThatKnows(null);
  expect(await findPurchase(nobody.ask, AT, GTIN)).toEqual({
    purchase: null,
    scan: { gtin: GTIN, epc: null },
  });
  const away = serverThatKnows(null, "unreachable");
  await expect(findPurchase(away.ask, AT, "o-1")).rejects.toMatchObject({ code: "unreachable" });
});
