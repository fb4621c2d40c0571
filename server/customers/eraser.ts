import { z } from "zod";
import type { Erasure } from "../../domain/customers/customer.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";
import { assertKnown } from "./customer-answer.ts";
import type { TellChange } from "./customer-desk.ts";
import type { CustomerRow } from "./customer-rows.ts";
import type { CustomerStore } from "./customer-store.ts";
import type { Turns } from "./turns.ts";

const MAX_MUTATION_SECONDS = 600;

export type Eraser = ReturnType<typeof createEraser>;

/**
 * Takes away all that leads from a customerId to a person, and proves it by counting. The id itself stays in orders, offers and
 * reservations, and with it every figure; it is made of chance, and nothing says any more whose it was. A row that says "erased"
 * comes first: an erasure that was cut off is gone on with, at the next request or start
 * (docs/adr/0026-erasing-a-person-deletes-rows.md).
 */
export function createEraser(deps: {
  db: Database;
  store: CustomerStore;
  turns: Turns;
  tell: TellChange;
  nowMs(): number;
}) {
  const { db, store, turns } = deps;

  async function traces(customerIds: readonly string[]): Promise<Record<string, number>> {
    const rows = await db.query({
      name: "customers/traces",
      sql: loadQuery("customers/traces"),
      params: { customer_ids: customerIds },
      row: z.object({ found_in: z.string(), found: z.number() }),
    });
    return Object.fromEntries(rows.map((row) => [row.found_in, row.found]));
  }

  async function run(name: string, params: Record<string, unknown>): Promise<void> {
    await db.command({
      name: `customers/${name}`,
      sql: loadQuery(`customers/${name}`),
      params,
      maxSeconds: MAX_MUTATION_SECONDS,
    });
  }

  /** What names the identifiers is deleted last: until then they say what else there is to delete. */
  async function forget(customerIds: readonly string[], personId: string): Promise<Record<string, number>> {
    const before = await traces(customerIds);
    const params = { customer_ids: customerIds };
    if (before["customers"] !== 0) await run("erase-imported-customers", params);
    if (before["order_lines"] !== 0) {
      await run("erase-from-imported-orders", { ...params, person_id: personId });
    }
    if (before["offer_events"] !== 0) await run("erase-codes", params);
    if (before["predicted_lifetime_values"] !== 0) await run("erase-predicted-values", params);
    const { customer_events: _last, ...others } = await traces(customerIds);
    assertNone(others);
    if (before["customer_events"] !== 0) await run("erase-events", params);
    assertNone(await traces(customerIds));
    return before;
  }

  return {
    /** Resolves when it is done and proven. Asked again it looks again. */
    async erase(customerId: string, actor: string): Promise<Erasure> {
      return await turns.take(async () => {
        let known = await store.load([customerId]);
        let added: readonly CustomerRow[] = [];
        const { graph } = known;
        const at = new Date(deps.nowMs()).toISOString();
        if (!graph.isErased(customerId)) {
          assertKnown(known, customerId);
          const events = graph
            .recordsOf(customerId)
            .map((one) => ({ kind: "erased" as const, customerId: one, at }));
          const after = await store.append(known, { events, actor });
          known = after;
          added = after.added;
        }
        const tombs = known.rows.filter((row) => row.kind === "erased");
        const tomb = tombs.find((row) => row.customer_id === customerId);
        const personId = tomb?.person_id ?? customerId;
        const recordIds = tombs.filter((row) => row.person_id === personId).map((row) => row.customer_id);
        const removed = await forget(recordIds, personId);
        await deps.tell(known, added);
        return { customerId: personId, recordIds, erasedAt: tomb?.at ?? at, removed };
      });
    },

    /** Goes on with erasures that a stop or a kill cut off. @returns how many records there were. */
    async finish(): Promise<number> {
      return await turns.take(async () => {
        const rows = await db.query({
          name: "customers/half-erased",
          sql: loadQuery("customers/half-erased"),
          row: z.object({ customer_id: z.string(), person: z.string() }),
        });
        for (const row of rows) await forget([row.customer_id], row.person);
        return rows.length;
      });
    },
  };
}

function assertNone(found: Record<string, number>): void {
  const left = Object.entries(found).filter(([, rows]) => rows !== 0);
  if (left.length > 0) {
    throw new Error(`rows that lead to an erased person are left: ${JSON.stringify(left)}; erase it again`);
  }
}
