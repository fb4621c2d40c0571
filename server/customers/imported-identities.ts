import { decideIdentify } from "../../domain/customers/customer-decisions.ts";
import type { CustomerEvent } from "../../domain/customers/customer-event.ts";
import type { Identifier, IdentifierInput } from "../../domain/customers/identifier.ts";
import type { Database } from "../../sql/database.ts";
import { createVersionClock } from "../master-data/version-clock.ts";
import { createCustomerStore } from "./customer-store.ts";
import { newCustomerIds } from "./new-customer-ids.ts";
import { toIdentifier } from "./hash-email.ts";

/** Customers whose identities are looked up and written in one step. */
const STEP = 2_000;

/**
 * Gives imported customers identities: each the id of its source, and what else the file says it is known by. Customers of two
 * sources that share an identifier are merged, except those whom somebody has separated. A second run changes nothing.
 */
export function createImportedIdentities(deps: { db: Database; source: string; nowMs(): number }) {
  const store = createCustomerStore({ ...deps, nextVersion: createVersionClock(deps.nowMs) });

  async function noteStep(
    customers: readonly { customerId: string; identifiers: readonly IdentifierInput[] }[],
  ): Promise<void> {
    const wishes = customers.map(({ customerId, identifiers }): Identifier[] => [
      { kind: "external", source: deps.source, value: customerId },
      ...identifiers.map(toIdentifier),
    ]);
    const known = await store.load([], wishes.flat());
    const { graph } = store.fold(known.rows);
    const at = new Date(deps.nowMs()).toISOString();
    const events: CustomerEvent[] = [];
    for (const identifiers of wishes) {
      const wish = { customerId: null, at };
      const whole = decideIdentify(graph, { ...wish, identifiers }, newCustomerIds);
      const result = whole.ok
        ? whole
        : decideIdentify(graph, { ...wish, identifiers: identifiers.slice(0, 1) }, newCustomerIds);
      if (!result.ok) continue;
      for (const event of result.value.events) graph.apply(event);
      events.push(...result.value.events);
    }
    await store.append(known, { events, actor: "import" });
  }

  return {
    async note(
      customers: readonly { customerId: string; identifiers: readonly IdentifierInput[] }[],
    ): Promise<void> {
      for (let from = 0; from < customers.length; from += STEP) {
        await noteStep(customers.slice(from, from + STEP));
      }
    },
  };
}
