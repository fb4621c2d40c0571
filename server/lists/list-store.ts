import { z } from "zod";
import {
  LIST_HOURS,
  type ListName,
  type ListTotals,
  type Misplaced,
  type SoldButSeen,
} from "../../domain/api/lists.ts";
import { instantSchema } from "../../domain/identifiers.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";
import { LIST_QUERIES, type ListQuery } from "./list-queries.ts";
import { totalsOf } from "./list-rows.ts";

const MAX_SECONDS = 20;
const HOUR_MS = 3_600_000;
/** Items need a moment to become one: younger reads make no ghosts. */
const SETTLED_AFTER_MS = 60_000;

export type ListWish = { location: string; hours: number; offset: number; limit: number };
export type ListAnswer = {
  items: unknown[];
  hasMore: boolean;
  totals: ListTotals;
  asOf: string;
  since: string;
};

export type ListStore = ReturnType<typeof createListStore>;

/** The lists for people, each by its file in sql/queries/lists. */
export function createListStore(deps: { db: Database; nowMs(): number }) {
  const { db } = deps;

  async function lastEvents(epcs: readonly string[], eventTypes: readonly string[], status: string) {
    if (epcs.length === 0) return new Map<string, { at: string; eventId: string }>();
    const rows = await db.query({
      name: "lists/last-events",
      sql: loadQuery("lists/last-events"),
      params: { epcs: [...new Set(epcs)], event_types: eventTypes, status },
      row: z.object({ epc: z.string(), last_at: instantSchema, last_event_id: z.string() }),
      maxSeconds: MAX_SECONDS,
    });
    return new Map(rows.map((row) => [row.epc, { at: row.last_at, eventId: row.last_event_id }]));
  }

  async function withSales(items: readonly SoldButSeen[]): Promise<SoldButSeen[]> {
    const sales = await lastEvents(epcsOf(items), ["sale", "exchange"], "sold");
    return items.map((item) => {
      const sale = sales.get(item.epc);
      return Object.assign(item, { soldAt: sale?.at ?? null, saleEventId: sale?.eventId ?? null });
    });
  }

  /** A snapshot does not say when something last happened to an item, only that it was before. */
  async function withTimes(items: readonly Misplaced[]): Promise<Misplaced[]> {
    const last = await lastEvents(epcsOf(items), [], "");
    return items.map((item) => Object.assign(item, { since: last.get(item.epc)?.at ?? item.since }));
  }

  async function run<Item>(name: ListName, query: ListQuery<Item>, wish: ListWish) {
    const nowMs = deps.nowMs();
    const sinceMs = name === "backroom-only" ? nowMs : nowMs - wish.hours * HOUR_MS;
    const lines = await db.query({
      name: `lists/${name}`,
      sql: loadQuery(`lists/${name}`),
      params: {
        location_id: wish.location,
        since: new Date(sinceMs),
        since_ordinal: Math.max(0, Math.trunc(sinceMs * 1000)),
        until: new Date(nowMs - SETTLED_AFTER_MS),
        page_rows: wish.limit + 1,
        page_offset: wish.offset,
      },
      row: query.row,
      maxSeconds: MAX_SECONDS,
    });
    return {
      items: lines.slice(0, wish.limit).map((line) => line.item),
      hasMore: lines.length > wish.limit,
      totals: totalsOf(lines[0]?.totals),
      asOf: new Date(nowMs).toISOString(),
      since: new Date(sinceMs).toISOString(),
    };
  }

  return {
    /** One page of a list, and the totals of all of it. */
    async page(name: ListName, wish: ListWish): Promise<ListAnswer> {
      switch (name) {
        case "misplaced": {
          const answer = await run(name, LIST_QUERIES.misplaced, wish);
          return { ...answer, items: await withTimes(answer.items) };
        }
        case "sold-but-seen": {
          const answer = await run(name, LIST_QUERIES["sold-but-seen"], wish);
          return { ...answer, items: await withSales(answer.items) };
        }
        case "ghosts":
          return await run(name, LIST_QUERIES.ghosts, wish);
        case "backroom-only":
          return await run(name, LIST_QUERIES["backroom-only"], wish);
        case "unknown-tags":
          return await run(name, LIST_QUERIES["unknown-tags"], wish);
        case "losses":
          return await run(name, LIST_QUERIES.losses, wish);
        default:
          return name satisfies never;
      }
    },
    /** The totals alone. */
    async totals(name: ListName, location: string): Promise<Pick<ListAnswer, "totals" | "since">> {
      const wish = { location, hours: LIST_HOURS[name].defaultHours, offset: 0, limit: 1 };
      const query: ListQuery<unknown> = LIST_QUERIES[name];
      return await run(name, query, wish);
    },
  };
}

function epcsOf(items: readonly { epc: string }[]): string[] {
  return items.map((item) => item.epc);
}
