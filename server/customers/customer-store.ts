import { z } from "zod";
import type { CustomerEvent } from "../../domain/customers/customer-event.ts";
import { CustomerGraph } from "../../domain/customers/customer-graph.ts";
import type { Identifier } from "../../domain/customers/identifier.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";
import {
  CUSTOMER_COLUMNS,
  type CustomerRow,
  customerRowSchema,
  type RowDraft,
  toCustomerEvent,
  toDrafts,
  toRow,
} from "./customer-rows.ts";

/** Some customers with all that they are or were one person with, and the rows that say so, the oldest first. */
export type KnownCustomers = { graph: CustomerGraph; rows: readonly CustomerRow[] };

function fold(rows: readonly CustomerRow[]): KnownCustomers {
  const graph = new CustomerGraph();
  for (const row of rows) {
    const event = toCustomerEvent(row);
    if (event !== null) graph.apply(event);
  }
  return { graph, rows };
}

export type CustomerStore = ReturnType<typeof createCustomerStore>;

/** The table `customer_events`. Nothing of it is kept in memory: there may be millions of customers, and they change rarely. */
export function createCustomerStore(deps: { db: Database; nextVersion(): number; nowMs(): number }) {
  const { db } = deps;

  async function ownersOf(identifiers: readonly Identifier[]): Promise<string[]> {
    if (identifiers.length === 0) return [];
    const rows = await db.query({
      name: "customers/owners",
      sql: loadQuery("customers/owners"),
      params: {
        kinds: identifiers.map(({ kind }) => kind),
        sources: identifiers.map(({ source }) => source),
        identifiers: identifiers.map(({ value }) => value),
      },
      row: z.object({ customer_id: z.string() }),
    });
    return rows.map((row) => row.customer_id);
  }

  return {
    async load(
      customerIds: readonly string[],
      identifiers: readonly Identifier[] = [],
    ): Promise<KnownCustomers> {
      const ids = [...customerIds, ...(await ownersOf(identifiers))];
      const rows =
        ids.length === 0
          ? []
          : await db.query({
              name: "customers/neighbours",
              sql: loadQuery("customers/neighbours"),
              params: { customer_ids: [...new Set(ids)] },
              row: customerRowSchema,
            });
      return fold(rows);
    },
    fold,
    /** What was written in the last minute in which anything was, the oldest first. */
    lastWritten: async (): Promise<CustomerRow[]> =>
      await db.query({
        name: "customers/last-written",
        sql: loadQuery("customers/last-written"),
        row: customerRowSchema,
      }),

    /**
     * Applies what was decided to the graph and makes it durable, all of it or nothing. Records that come to another person are
     * written down too, so that SQL need not follow merges. Needs no token: whoever does not know what became of it asks again,
     * and what is there already is not decided twice.
     */
    async append(
      known: KnownCustomers,
      wish: { events: readonly CustomerEvent[]; drafts?: readonly RowDraft[]; actor: string },
    ): Promise<KnownCustomers & { added: readonly CustomerRow[] }> {
      const { graph, rows } = known;
      const endsOf = (mergeId: string) => [
        ...new Set(rows.filter((row) => row.merge_id === mergeId).map((row) => row.customer_id)),
      ];
      const drafts = [...wish.events.flatMap((event) => toDrafts(event, endsOf)), ...(wish.drafts ?? [])];
      if (drafts.length === 0) return { ...known, added: [] };
      const named = [...new Set(drafts.map(({ customerId }) => customerId))];
      const around = new Set(named.flatMap((one) => graph.recordsOf(one)));
      const before = new Map([...around].map((one) => [one, graph.personOf(one)]));
      for (const event of wish.events) graph.apply(event);
      const at = new Date(deps.nowMs()).toISOString();
      for (const [customerId, person] of before) {
        if (graph.personOf(customerId) === person || named.includes(customerId)) continue;
        drafts.push({ customerId, kind: "moved", at, parts: {} });
      }
      const newest = rows.reduce((most, row) => Math.max(most, row.ordinal), 0);
      const first = Math.max(newest + 1, deps.nextVersion());
      const added = drafts.map((draft, index) =>
        toRow(draft, {
          ordinal: first + index,
          personId: graph.personOf(draft.customerId) ?? draft.customerId,
          actor: wish.actor,
        }),
      );
      await db.insert({
        name: "customers/append",
        table: "customer_events",
        columns: [...CUSTOMER_COLUMNS, "recorded_at"],
        rows: added.map((row) => [...CUSTOMER_COLUMNS.map((column) => row[column]), at]),
      });
      return { graph, rows: [...rows, ...added], added };
    },
  };
}
