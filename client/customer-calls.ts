import type { z } from "zod";
import {
  type consentWishSchema,
  type contactSchema,
  type customerLookupSchema,
  customerExportSchema,
  customerSchema,
  type customerWishSchema,
  erasureSchema,
  type mergeWishSchema,
} from "../domain/customers/customer.ts";
import { personValuesPageSchema } from "../domain/api/lifetime-value.ts";
import { customerPurchasesSchema } from "../domain/customers/customer-purchases.ts";
import type { Call } from "./http.ts";
import { createIdempotencyKey } from "./idempotency-key.ts";

/**
 * Who is whom. Every change may be sent again without harm, so a call that got no answer is tried again. No identifier of a person
 * stands in an address.
 */
export function createCustomerCalls(call: Call) {
  const path = (customerId: string) => `/v1/customers/${encodeURIComponent(customerId)}`;
  const post = (to: string, body: unknown) =>
    call("POST", to, customerSchema, { body, idempotencyKey: createIdempotencyKey() });
  return {
    /** The customer with these identifiers, or a new one; two that a request names together become one person. */
    identify: (wish: z.input<typeof customerWishSchema>) => post("/v1/customers", wish),
    /** Rejects with code `customer_not_found` where nobody has it. */
    lookup: (identifier: z.input<typeof customerLookupSchema>["identifier"], signal?: AbortSignal) =>
      call("POST", "/v1/customers/lookup", customerSchema, {
        body: { identifier },
        isReading: true,
        ...(signal === undefined ? {} : { signal }),
      }),
    get: (customerId: string, signal?: AbortSignal) =>
      call("GET", path(customerId), customerSchema, signal === undefined ? {} : { signal }),
    /** What the person bought in all channels, and what came back. */
    purchases: (customerId: string, signal?: AbortSignal) =>
      call(
        "GET",
        `${path(customerId)}/purchases`,
        customerPurchasesSchema,
        signal === undefined ? {} : { signal },
      ),
    /** What the person is expected to spend in the next 12 months; without an id that of all, the largest first. */
    predicted: (personId?: string, signal?: AbortSignal) =>
      call("GET", "/v1/lifetime-value", personValuesPageSchema, {
        query: { personId },
        ...(signal === undefined ? {} : { signal }),
      }),
    merge: (customerId: string, wish: z.input<typeof mergeWishSchema>) =>
      post(`${path(customerId)}/merges`, wish),
    /** As if the merge had never been, whatever came after it. */
    unmerge: (customerId: string, mergeId: string) =>
      call("DELETE", `${path(customerId)}/merges/${encodeURIComponent(mergeId)}`, customerSchema),
    consent: (customerId: string, wish: z.input<typeof consentWishSchema>) =>
      post(`${path(customerId)}/consents`, wish),
    setContact: (customerId: string, contact: z.input<typeof contactSchema>) =>
      call("PUT", `${path(customerId)}/contact`, customerSchema, { body: contact }),
    /** All that is known of a person. */
    export: (customerId: string) => call("GET", `${path(customerId)}/export`, customerExportSchema),
    /** Forgets the person; every figure stays. Resolves when it is done and counted. */
    erase: (customerId: string) => call("DELETE", path(customerId), erasureSchema),
  };
}
