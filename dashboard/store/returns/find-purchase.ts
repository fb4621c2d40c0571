import { ApiProblem } from "../../../client/api-problem.ts";
import type { PurchaseQuery } from "../../../client/return-calls.ts";
import type { Purchase } from "../../../domain/returns/return.ts";
import { parseScan, type Scan } from "../scan/parse-scan.ts";

/** `scan`: what was scanned to find it, and so comes back. Without a purchase nothing says where it was bought. */
export type FoundPurchase = { purchase: Purchase | null; scan: Scan | null };

/**
 * Where goods were bought: by the tag of one of them, by an order's number, or by the number of a receipt of the store `soldAt`. A
 * barcode names a product, so it is taken for a number first. Rejects with an `ApiProblem` when that can't be asked now.
 */
export async function findPurchase(
  ask: (query: PurchaseQuery) => Promise<Purchase>,
  at: { location: string; soldAt: string },
  text: string,
): Promise<FoundPurchase> {
  const { location, soldAt } = at;
  const named = text.trim();
  const scanned = parseScan(named);
  const scan = scanned.ok ? scanned.value : null;
  const ways: PurchaseQuery[] =
    scan !== null && scan.epc !== null
      ? [{ location, epc: scan.epc }]
      : [
          { location, orderId: named.slice(0, 100) },
          { location, soldAt, transactionId: named.slice(0, 200) },
        ];
  for (const way of ways) {
    try {
      return { purchase: await ask(way), scan };
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.code !== "purchase_not_found") throw error;
    }
  }
  return { purchase: null, scan };
}
