import type { Logger } from "pino";
import { z } from "zod";
import { ghostSchema, lossSchema } from "../../domain/api/lists.ts";
import type { ReaderWithHealth } from "../../domain/api/master-data-answers.ts";
import type { LocationCheck } from "../../domain/api/reconciliation.ts";
import type { Order } from "../../domain/orders/order.ts";
import type { Reservation } from "../../domain/reservations/reservation.ts";
import type { Task } from "../../domain/tasks/task.ts";
import type { Database } from "../../sql/database.ts";
import { createDeadLetterStore } from "../dead-letters/dead-letter-store.ts";
import type { Route } from "../http/route.ts";
import type { ListStore } from "../lists/list-store.ts";
import type { ProductStore } from "../master-data/product-store.ts";
import type { WebhookRecord } from "../webhooks/webhook-store.ts";
import { createAttentionRoutes } from "./attention-routes.ts";
import { ofChecks, ofHolds, ofOrders, ofReaders, ofTasks, ofWebhooks } from "./attention-sources.ts";
import { createAttentionStore } from "./attention-store.ts";
import { createAttention } from "./gather-attention.ts";
import type { Source } from "./keep-source.ts";
import { ofCounts, ofDeadLetters, ofList, ofMisses } from "./stored-findings.ts";

const DAY_MS = 24 * 3_600_000;
/** What is in memory. */
const MEMORY_FRESH_MS = 5_000;
/** What ClickHouse has to read. */
const STORED_FRESH_MS = 60_000;
/** A count that is older says nothing of today. */
const COUNT_DAYS = 60;
/** Lines of a list that are read to tell its places apart; of a longer one only the totals are told. */
const LIST_ROWS = 1_000;
const GHOST_HOURS = 2;
const LOSS_HOURS = 24;

/** What needs somebody: `GET /v1/attention`. See docs/attention.md. */
export function createAttentionDesk(deps: {
  /** A connection that holds up nobody. */
  db: Database;
  logger: Logger;
  nowMs(): number;
  lists: ListStore;
  products: ProductStore;
  orders(): readonly Order[];
  holdsAtRisk(): readonly Reservation[];
  tasks(): readonly Task[];
  checks(): readonly LocationCheck[];
  readers(): Promise<ReaderWithHealth[]>;
  webhooks(): Promise<readonly WebhookRecord[]>;
}): { routes: Route[] } {
  const { nowMs, lists } = deps;
  const store = createAttentionStore(deps);
  const deadLetters = createDeadLetterStore(deps);
  const before = (ms: number) => new Date(nowMs() - ms);
  const list = (name: "ghosts" | "losses", hours: number) =>
    lists.page(name, { location: "", hours, limit: LIST_ROWS, offset: 0 });
  const inMemory = (source: Source["source"], find: Source["find"]): Source => {
    return { source, freshMs: MEMORY_FRESH_MS, find };
  };
  const stored = (source: Source["source"], find: Source["find"]): Source => {
    return { source, freshMs: STORED_FRESH_MS, find };
  };

  async function holds() {
    const found = deps.holdsAtRisk();
    const gtins = new Set(found.flatMap(({ lines }) => lines.map(({ gtin }) => Number(gtin))));
    const known = await deps.products.findMany([...gtins]);
    const byGtin = new Map(known.map((product) => [product.gtin, product]));
    return ofHolds(found, (gtin) => byGtin.get(gtin) ?? { price: null, currency: "" });
  }

  const attention = createAttention({
    ...deps,
    sources: [
      inMemory("orders", () => ofOrders(deps.orders(), nowMs())),
      inMemory("holds", holds),
      inMemory("tasks", () => ofTasks(deps.tasks(), nowMs())),
      inMemory("reconciliation", () => ofChecks(deps.checks())),
      inMemory("readers", async () => ofReaders(await deps.readers())),
      inMemory("webhooks", async () => ofWebhooks(await deps.webhooks())),
      stored("dead_letters", async () => ofDeadLetters(await deadLetters.groups({ state: "open" }))),
      stored("misses", async () => ofMisses(await store.unsavedMisses(before(DAY_MS)))),
      stored("counts", async () => ofCounts(await store.lastCounts(before(COUNT_DAYS * DAY_MS)))),
      stored("ghosts", async () => {
        const page = await list("ghosts", GHOST_HOURS);
        const items = z
          .array(ghostSchema)
          .parse(page.items)
          .map(({ locationId, product, firstSeenAt: since }) => ({ locationId, product, since }));
        return ofList("ghosts", { items, totals: page.totals, hasMore: page.hasMore });
      }),
      stored("losses", async () => {
        const page = await list("losses", LOSS_HOURS);
        const items = z
          .array(lossSchema)
          .parse(page.items)
          .filter(({ status }) => status === "left")
          .map(({ locationId, product, leftAt: since }) => ({ locationId, product, since }));
        return ofList("losses", { items, totals: page.totals, hasMore: page.hasMore });
      }),
    ],
  });
  return { routes: createAttentionRoutes({ attention }) };
}
