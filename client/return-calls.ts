import type { z } from "zod";
import { pageSchema } from "../domain/api/paging.ts";
import { type Miss, missSchema, type missWishSchema, type saveMissSchema } from "../domain/misses/miss.ts";
import {
  type inspectWishSchema,
  type Purchase,
  purchaseSchema,
  type Return,
  returnSchema,
  type returnWishSchema,
} from "../domain/returns/return.ts";
import type { Call } from "./http.ts";
import { createIdempotencyKey } from "./idempotency-key.ts";
import type { CommandOptions } from "./reservation-calls.ts";

export type ReturnQuery = {
  location?: string;
  boughtIn?: string;
  status?: Return["status"];
  flagged?: boolean;
  cursor?: string;
  limit?: number;
  signal?: AbortSignal;
};

/** Where goods were bought: by one of `orderId` (with `source` for an imported one), `transactionId` of a receipt, `epc`. */
export type PurchaseQuery = {
  location: string;
  orderId?: string;
  source?: string;
  transactionId?: string;
  /** Of the receipt, where that is another than `location`. */
  soldAt?: string;
  terminalId?: string;
  epc?: string;
};

const keyed = ({ idempotencyKey, signal }: CommandOptions) => ({
  idempotencyKey: idempotencyKey ?? createIdempotencyKey(),
  ...(signal === undefined ? {} : { signal }),
});

/**
 * Goods that come back. Keep the key of a return until it is answered: a repeat finishes what broke off. Rejects with an
 * `ApiProblem`; `return_not_clear` has `flags`, `more_than_handed_over` has `lines`.
 */
export function createReturnCalls(call: Call) {
  return {
    take: (wish: z.input<typeof returnWishSchema>, options: CommandOptions = {}) =>
      call("POST", "/v1/returns", returnSchema, { body: wish, ...keyed(options) }),
    inspect: (returnId: string, wish: z.input<typeof inspectWishSchema>, options: CommandOptions = {}) =>
      call("POST", `/v1/returns/${encodeURIComponent(returnId)}/inspect`, returnSchema, {
        body: wish,
        ...keyed(options),
      }),
    /** What was bought, and what of it can still come back. Rejects with `purchase_not_found`. */
    purchase: (query: PurchaseQuery, signal?: AbortSignal): Promise<Purchase> =>
      call("GET", "/v1/purchases", purchaseSchema, { query, ...(signal === undefined ? {} : { signal }) }),
    get: (returnId: string): Promise<Return> =>
      call("GET", `/v1/returns/${encodeURIComponent(returnId)}`, returnSchema, {}),
    /** The newest first, in pages. */
    list: ({ flagged, signal, ...query }: ReturnQuery = {}) =>
      call("GET", "/v1/returns", pageSchema(returnSchema), {
        query: { ...query, ...(flagged === undefined ? {} : { flagged: String(flagged) }) },
        ...(signal === undefined ? {} : { signal }),
      }),
  };
}

/** What could not be had, and the order elsewhere that saves the sale. */
export function createMissCalls(call: Call) {
  return {
    record: (wish: z.input<typeof missWishSchema>, options: CommandOptions = {}): Promise<Miss> =>
      call("POST", "/v1/misses", missSchema, { body: wish, ...keyed(options) }),
    get: (missId: string, signal?: AbortSignal): Promise<Miss> =>
      call(
        "GET",
        `/v1/misses/${encodeURIComponent(missId)}`,
        missSchema,
        signal === undefined ? {} : { signal },
      ),
    save: (
      missId: string,
      chosen: z.input<typeof saveMissSchema>,
      options: CommandOptions = {},
    ): Promise<Miss> =>
      call("POST", `/v1/misses/${encodeURIComponent(missId)}/save`, missSchema, {
        body: chosen,
        ...keyed(options),
      }),
  };
}
