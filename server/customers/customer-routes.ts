import { z } from "zod";
import {
  consentWishSchema,
  contactSchema,
  customerLookupSchema,
  customerSchema,
  customerWishSchema,
} from "../../domain/customers/customer.ts";
import { customerIdSchema } from "../../domain/customers/customer-id.ts";
import { decideIdentify, refuseUnknown } from "../../domain/customers/customer-decisions.ts";
import { customerPurchasesSchema, MAX_NAMED_PURCHASES } from "../../domain/customers/customer-purchases.ts";
import type { CustomerEvent } from "../../domain/customers/customer-event.ts";
import { ok } from "../../domain/result.ts";
import { defineRoute, type Route } from "../http/route.ts";
import { HttpProblem } from "../problems.ts";
import type { SecretBox } from "../webhooks/secret-box.ts";
import type { Database } from "../../sql/database.ts";
import { readPurchases } from "./customer-purchases.ts";
import { toCustomerAnswer } from "./customer-answer.ts";
import type { CustomerDesk } from "./customer-desk.ts";
import type { CustomerStore } from "./customer-store.ts";
import {
  CONSENT_EXAMPLE,
  CUSTOMER_EXAMPLE,
  CUSTOMER_WISH_EXAMPLE,
  LOOKUP_EXAMPLE,
  PURCHASES_EXAMPLE,
} from "./examples.ts";
import { toIdentifier } from "./hash-email.ts";

export const CUSTOMER_TAG = "Customers";
export const customerParamsSchema = z.object({ customerId: customerIdSchema });
const READERS = ["storefront", "store", "merchandiser", "admin"] as const;
const WRITERS = ["storefront", "store", "admin"] as const;

export function createCustomerRoutes(deps: {
  store: CustomerStore;
  desk: CustomerDesk;
  /** For what reads much. */
  reportsDb: Database;
  box: SecretBox;
}): Route[] {
  const { store, desk, box } = deps;
  const shared = { tag: CUSTOMER_TAG, params: customerParamsSchema } as const;
  const answer = { schema: customerSchema, description: "The person, as far as the caller may see" };

  return [
    defineRoute({
      method: "POST",
      path: "/v1/customers",
      tag: CUSTOMER_TAG,
      summary: "Find a customer by identifiers, or create one; a repeat changes nothing",
      description:
        "Identifiers that nobody has yet are added to the customer who is found. Where the request names identifiers of two " +
        "customers, it says that they are one person: they are merged, and the merge can be taken back. Without `customerId` the " +
        "first identifier that is known decides whose record the others go to. Addresses are hashed before anything is stored.",
      roles: WRITERS,
      body: customerWishSchema,
      examples: { body: CUSTOMER_WISH_EXAMPLE, answer: CUSTOMER_EXAMPLE },
      answer: {
        ...answer,
        status: 201,
        description: "The person; 200 where it was known, 201 where it is new",
      },
      problems: [
        "customer_not_found",
        "customer_erased",
        "customer_kept_apart",
        "customers_busy",
        "not_the_writer",
        "not_ready",
      ],
      async handle({ body, caller }) {
        const identifiers = body.identifiers.map(toIdentifier);
        const customerId = body.customerId ?? null;
        const wish = {
          customerIds: customerId === null ? [] : [customerId],
          identifiers,
          actor: caller.keyId,
        };
        const done = await desk.change(wish, ({ graph }, at, ids) => {
          const decided = decideIdentify(graph, { customerId, identifiers, at }, ids);
          if (!decided.ok) return decided;
          const { customerId: found, events } = decided.value;
          const consents = body.consents.map(
            (consent): CustomerEvent => ({
              kind: "consented",
              customerId: found,
              ...consent,
              at: consent.at ?? at,
            }),
          );
          return ok({ customerId: found, events: [...events, ...consents] });
        });
        const shown = toCustomerAnswer(done.known, done.customerId, { caller, box });
        return { status: done.isNew ? 201 : 200, body: shown };
      },
    }),
    defineRoute({
      method: "POST",
      path: "/v1/customers/lookup",
      tag: CUSTOMER_TAG,
      summary: "The person whom an identifier leads to; changes nothing",
      description: "A POST, so that no identifier of a person stands in an address or a log of addresses.",
      roles: READERS,
      body: customerLookupSchema,
      examples: { body: LOOKUP_EXAMPLE, answer: CUSTOMER_EXAMPLE },
      answer,
      problems: ["customer_not_found"],
      async handle({ body, caller }) {
        const identifier = toIdentifier(body.identifier);
        const known = await store.load([], [identifier]);
        const owner = known.graph.ownerOf(identifier);
        if (owner === null) {
          throw new HttpProblem("customer_not_found", `Nobody has this ${identifier.kind} identifier.`);
        }
        return { body: toCustomerAnswer(known, owner, { caller, box }) };
      },
    }),
    defineRoute({
      ...shared,
      method: "GET",
      path: "/v1/customers/:customerId",
      summary: "A person, by any id that leads to it",
      description:
        "`customerId` of the answer is the person's; each of `recordIds` may be asked for and counts as the same person. A " +
        "storefront or a store sees the values of identifiers that it gave itself, a merchandiser all, an admin contact facts too.",
      roles: READERS,
      examples: { answer: CUSTOMER_EXAMPLE },
      answer,
      problems: ["customer_not_found", "customer_erased"],
      async handle({ params, caller }) {
        const known = await store.load([params.customerId]);
        return { body: toCustomerAnswer(known, params.customerId, { caller, box }) };
      },
    }),
    defineRoute({
      ...shared,
      method: "GET",
      path: "/v1/customers/:customerId/purchases",
      summary: "What a person bought in all channels, and what came back",
      description:
        `All orders with their sums by currency, live and imported; the newest ${MAX_NAMED_PURCHASES} orders are named. It reads all order ` +
        "lines: for people, not for a loop.",
      roles: ["merchandiser", "admin"],
      examples: { answer: PURCHASES_EXAMPLE },
      answer: { schema: customerPurchasesSchema, description: "Values and orders" },
      problems: ["customer_not_found", "customer_erased"],
      async handle({ params, caller }) {
        const known = await store.load([params.customerId]);
        const { customerId } = toCustomerAnswer(known, params.customerId, { caller, box });
        return { body: await readPurchases(deps.reportsDb, customerId) };
      },
    }),
    defineRoute({
      ...shared,
      method: "POST",
      path: "/v1/customers/:customerId/consents",
      summary: "Write down what a person agreed to, or refused, for a purpose",
      description:
        "The last word by `at` holds; of two at the same instant the refusal. Every word is kept until the person is erased.",
      roles: WRITERS,
      body: consentWishSchema,
      examples: { body: CONSENT_EXAMPLE, answer: CUSTOMER_EXAMPLE },
      answer,
      problems: ["customer_not_found", "customer_erased", "customers_busy", "not_the_writer", "not_ready"],
      async handle({ params: { customerId }, body, caller }) {
        const done = await desk.change(
          { customerIds: [customerId], actor: caller.keyId },
          ({ graph }, now) => {
            const refusal = refuseUnknown(graph, customerId);
            if (refusal !== null) return refusal;
            const at = body.at ?? now;
            return ok({ customerId, events: [{ kind: "consented", customerId, ...body, at }] });
          },
        );
        return { body: toCustomerAnswer(done.known, customerId, { caller, box }) };
      },
    }),
    defineRoute({
      ...shared,
      method: "PUT",
      path: "/v1/customers/:customerId/contact",
      summary: "Keep how to reach a person, encrypted; empty fields take it away",
      roles: WRITERS,
      body: contactSchema,
      answer,
      problems: [
        "contact_not_kept",
        "customer_not_found",
        "customer_erased",
        "customers_busy",
        "not_the_writer",
        "not_ready",
      ],
      async handle({ params: { customerId }, body, caller }) {
        if (!box.isEncrypting) throw new HttpProblem("contact_not_kept", "There is no key to encrypt them.");
        const isEmpty = Object.values(body).every((value) => value === "");
        const detail = box.close(isEmpty ? "" : JSON.stringify(body));
        const done = await desk.change(
          { customerIds: [customerId], actor: caller.keyId },
          ({ graph }, at) => {
            const refusal = refuseUnknown(graph, customerId);
            if (refusal !== null) return refusal;
            return ok({
              customerId,
              events: [],
              drafts: [{ customerId, kind: "contacted", at, parts: { detail } }],
            });
          },
        );
        return { body: toCustomerAnswer(done.known, customerId, { caller, box }) };
      },
    }),
  ];
}
