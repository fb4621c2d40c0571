import { type Contact, type Customer, contactSchema } from "../../domain/customers/customer.ts";
import { identifierKey } from "../../domain/customers/identifier.ts";
import type { Caller } from "../http/route.ts";
import { HttpProblem } from "../problems.ts";
import type { SecretBox } from "../webhooks/secret-box.ts";
import { toCustomerEvent } from "./customer-rows.ts";
import type { KnownCustomers } from "./customer-store.ts";

/**
 * A person as a caller may see it: a storefront or a store only the identifiers that it gave itself, a merchandiser all of them, an admin
 * contact facts too. Throws `customer_not_found` and `customer_erased`.
 */
export function toCustomerAnswer(
  { graph, rows }: KnownCustomers,
  customerId: string,
  viewer: { caller: Pick<Caller, "keyId" | "role">; box: SecretBox },
): Customer {
  assertKnown({ graph }, customerId);
  const recordIds = graph.recordsOf(customerId);
  const personId = recordIds[0] ?? customerId;
  const givenBy = new Map<string, string>();
  for (const row of rows) {
    const event = toCustomerEvent(row);
    if (event?.kind !== "identified") continue;
    const key = identifierKey(event.identifier);
    if (!givenBy.has(key)) givenBy.set(key, row.actor);
  }
  const { role, keyId } = viewer.caller;
  const maySee = (key: string) => (role !== "storefront" && role !== "store") || givenBy.get(key) === keyId;
  return {
    customerId: personId,
    recordIds,
    createdAt: graph.createdAt(personId) ?? "",
    identities: graph.identifiersOf(recordIds).map(({ identifier, customerId: owner, at }) => ({
      kind: identifier.kind,
      source: identifier.source,
      value: maySee(identifierKey(identifier)) ? identifier.value : null,
      customerId: owner,
      at,
    })),
    merges: graph.mergesOf(recordIds),
    consents: graph.consentsOf(recordIds),
    contact: role === "admin" ? contactOf({ graph, rows }, recordIds, viewer.box) : null,
  };
}

export function assertKnown({ graph }: Pick<KnownCustomers, "graph">, customerId: string): void {
  if (!graph.has(customerId)) {
    throw new HttpProblem("customer_not_found", `Nobody is known as ${customerId}.`);
  }
  if (graph.isErased(customerId)) throw new HttpProblem("customer_erased", `${customerId} was erased.`);
}

/** The last that was said of the person; null where nothing was, or where the key of the contact facts is another one. */
function contactOf({ rows }: KnownCustomers, recordIds: readonly string[], box: SecretBox): Contact | null {
  const last = rows.findLast((row) => row.kind === "contacted" && recordIds.includes(row.customer_id));
  const text = last === undefined ? null : box.open(last.detail);
  return text === null || text === "" ? null : contactSchema.parse(JSON.parse(text));
}
