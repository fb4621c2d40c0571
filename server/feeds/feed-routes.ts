import { z } from "zod";
import { feedRunSchema, feedRunsPageSchema, storedFeedSettingsSchema } from "../../domain/api/feeds.ts";
import { pageQuerySchema } from "../../domain/api/paging.ts";
import { channelSchema } from "../../domain/channel.ts";
import { feedLintSchema } from "../../domain/feeds/feed-finding.ts";
import { feedSettingsSchema } from "../../domain/feeds/feed-settings.ts";
import { lintLocalInventory } from "../../domain/feeds/lint-local-inventory.ts";
import { LOCAL_INVENTORY_FEED } from "../../domain/feeds/local-inventory.ts";
import { idSchema } from "../../domain/identifiers.ts";
import type { Location } from "../../domain/location.ts";
import type { AuditLog } from "../audit/audit-log.ts";
import type { AvailabilityReader } from "../availability/availability-reader.ts";
import { decodeCursor, encodeCursor } from "../http/cursor.ts";
import { defineRoute, type Route, type RouteAnswer } from "../http/route.ts";
import { HttpProblem } from "../problems.ts";
import type { Projection } from "../projection/projection.ts";
import { createChannelStockSource } from "./channel-stock-source.ts";
import type { FeedSender, FeedSource, FeedWish } from "./feed-sender.ts";
import type { FeedSettingsStore } from "./feed-settings-store.ts";
import type { FeedStore, StoredFeedRun } from "./feed-store.ts";
import { createLocalInventorySource } from "./local-inventory-source.ts";
import { streamRunText } from "./stream-run-text.ts";

const TAG = "Feeds";
const FETCHERS = ["storefront", "merchandiser", "admin"] as const;
const PEOPLE = ["merchandiser", "admin"] as const;
const TSV = "text/tab-separated-values; charset=utf-8";
const CSV = "text/csv; charset=utf-8";
const MAX_LINT_BYTES = 32 * 1024 * 1024;
const RUN_HEADER = "onhand-feed-run";

const runIdSchema = z.string().regex(/^\d{1,16}$/, "the id of a run is a number");

const SETTINGS_EXAMPLE = {
  channel: "web",
  confidence: 0.95,
  locations: [{ locationId: "S01", storeCode: "berlin-mitte" }],
  itemId: "sku",
  pickupMethod: "reserve",
};
const LINT_EXAMPLE = {
  text: "store code\tid\tquantity\tprice\tavailability\nS01\tSKU-1\t3\t19.90 EUR\tin_stock\n",
};

export function createFeedRoutes(deps: {
  sender: FeedSender;
  store: FeedStore;
  settings: FeedSettingsStore;
  auditLog: AuditLog;
  projection: Projection;
  reader: AvailabilityReader;
  locations(): Promise<Location[]>;
  nowMs(): number;
}): Route[] {
  const { store, sender, projection } = deps;

  function assertReady(): void {
    if (projection.isLoaded()) return;
    throw new HttpProblem("not_ready", "Positions are being loaded.", {}, { "retry-after": "2" });
  }

  async function runOf(runId: string): Promise<StoredFeedRun> {
    const [run] = await store.runs({ run: Number(runId), limit: 1 });
    if (run === undefined) throw new HttpProblem("feed_run_not_found", `There is no run ${runId} of a feed.`);
    return run;
  }

  /** What a delta differs from: what was told through the run that is named, or through the last that was sent. */
  async function wishOf(query: {
    kind?: "full" | "delta" | undefined;
    since?: string | undefined;
  }): Promise<FeedWish> {
    if (query.since !== undefined) {
      const { run } = await runOf(query.since);
      if (run.feed !== LOCAL_INVENTORY_FEED || run.state !== "sent") {
        throw new HttpProblem("feed_run_not_found", `Run ${run.runId} of ${run.feed} was not sent whole.`);
      }
      return { kind: "delta", through: Number(run.runId), sinceRunId: run.runId };
    }
    if (query.kind !== "delta") return { kind: "full" };
    const [newest] = await store.runs({ feed: LOCAL_INVENTORY_FEED, state: "sent", limit: 1 });
    return { kind: "delta", through: Number(newest?.run.runId ?? 0), sinceRunId: null };
  }

  function answer(source: FeedSource, wish: FeedWish, askedBy: string, contentType: string): RouteAnswer {
    const { runId, stream } = sender.send(source, wish, askedBy);
    return { stream, contentType, headers: { [RUN_HEADER]: runId } };
  }

  return [
    defineRoute({
      method: "GET",
      path: "/v1/feeds/google-local-inventory.tsv",
      tag: TAG,
      summary:
        "The local inventory feed for Google Merchant Center: all of it, or what changed since it was told",
      description:
        "Every row is what `POST /v1/availability/query` answers for the channel and probability of the settings. `kind=delta`: what " +
        "differs from all that was told; `since`: from what was told through that run (answer header `onhand-feed-run`), so that a " +
        "lost answer can be asked for again. Rows that fail the lint are not sent and stand in the run. See docs/feeds.md.",
      roles: FETCHERS,
      query: z.object({ kind: z.enum(["full", "delta"]).optional(), since: runIdSchema.optional() }),
      answer: { contentType: TSV, description: "The feed, sent as it is made" },
      problems: ["not_ready", "feed_run_not_found"],
      async handle({ query, caller }) {
        assertReady();
        const wish = await wishOf(query);
        const { settings } = await deps.settings.load();
        const nowMs = deps.nowMs();
        const locations = await deps.locations();
        const source = createLocalInventorySource({ ...deps, settings, locations, nowMs });
        return answer(source, wish, caller.keyId, TSV);
      },
    }),
    defineRoute({
      method: "GET",
      path: "/v1/feeds/:channel/stock.csv",
      tag: TAG,
      summary: "What a channel, a marketplace for example, may sell of each product",
      description:
        "SKU, GTIN and units: its allocation and what others leave, with safety stock and caps, over all locations or those named; and " +
        "the most that one location has, for a hold is always at one.",
      roles: FETCHERS,
      params: z.object({ channel: channelSchema }),
      query: z.object({
        location: z.array(idSchema).max(10_000).optional(),
        confidence: z.coerce.number().gt(0).lt(1).optional(),
      }),
      listQueries: ["location"],
      answer: { contentType: CSV, description: "The feed, sent as it is made" },
      problems: ["not_ready"],
      handle({ params, query, caller }) {
        assertReady();
        const { confidence = null, location: locations = null } = query;
        const source = createChannelStockSource({ ...deps, channel: params.channel, confidence, locations });
        return answer(source, { kind: "full" }, caller.keyId, CSV);
      },
    }),
    defineRoute({
      method: "GET",
      path: "/v1/feeds/runs",
      tag: TAG,
      summary: "What was sent when, the newest first",
      roles: PEOPLE,
      query: pageQuerySchema.omit({ query: true }).extend({ feed: z.string().max(100).optional() }),
      answer: { schema: feedRunsPageSchema, description: "A page of runs" },
      problems: ["invalid_cursor"],
      async handle({ query }) {
        const [before = 0] = decodeCursor(query.cursor, ["number"]) ?? [];
        const found = await store.runs({
          feed: query.feed ?? "",
          before: Number(before),
          limit: query.limit + 1,
        });
        const items = found.slice(0, query.limit).map(({ run }) => run);
        const last = items.at(-1);
        const hasMore = found.length > query.limit && last !== undefined;
        return { body: { items, nextCursor: hasMore ? encodeCursor([Number(last.runId)]) : null } };
      },
    }),
    defineRoute({
      method: "GET",
      path: "/v1/feeds/runs/:runId",
      tag: TAG,
      summary: "One run of a feed, with the findings of its lint",
      roles: PEOPLE,
      params: z.object({ runId: runIdSchema }),
      answer: { schema: feedRunSchema, description: "The run" },
      problems: ["feed_run_not_found"],
      handle: async ({ params }) => ({ body: (await runOf(params.runId)).run }),
    }),
    defineRoute({
      method: "GET",
      path: "/v1/feeds/runs/:runId/text",
      tag: TAG,
      summary: "The text as it was sent, byte by byte",
      description: "Its SHA-256 is that of the run. Rows are kept for 35 days.",
      roles: PEOPLE,
      params: z.object({ runId: runIdSchema }),
      answer: { contentType: "text/plain; charset=utf-8", description: "What was sent" },
      problems: ["feed_run_not_found"],
      async handle({ params }) {
        const run = await runOf(params.runId);
        const contentType = run.run.feed === LOCAL_INVENTORY_FEED ? TSV : CSV;
        return { stream: streamRunText(store, run), contentType };
      },
    }),
    defineRoute({
      method: "POST",
      path: "/v1/feeds/lint",
      tag: TAG,
      summary: "Judges a local inventory feed, line by line",
      description:
        "Any file by Google's specification. What is sent from here was judged in the same way before.",
      roles: PEOPLE,
      body: z.object({ text: z.string().min(1) }),
      maxBodyBytes: MAX_LINT_BYTES,
      examples: { body: LINT_EXAMPLE },
      answer: { schema: feedLintSchema, description: "What is wrong, where and why" },
      handle: ({ body }) => ({ body: lintLocalInventory(body.text) }),
    }),
    defineRoute({
      method: "GET",
      path: "/v1/feeds/settings",
      tag: TAG,
      summary: "For whom, where and how the local inventory feed speaks",
      roles: PEOPLE,
      answer: { schema: storedFeedSettingsSchema, description: "The settings in force" },
      handle: async () => ({ body: await deps.settings.load() }),
    }),
    defineRoute({
      method: "PUT",
      path: "/v1/feeds/settings",
      tag: TAG,
      summary: "Sets for whom, where and how the local inventory feed speaks",
      description: "What is left out gets its default. Holds from the next feed on.",
      roles: ["admin"],
      body: feedSettingsSchema,
      examples: { body: SETTINGS_EXAMPLE },
      answer: { schema: storedFeedSettingsSchema, description: "The settings in force" },
      problems: ["location_not_found"],
      async handle({ body, caller }) {
        const known = new Set((await deps.locations()).map(({ locationId }) => locationId));
        const unknown = body.locations?.filter(({ locationId }) => !known.has(locationId)) ?? [];
        if (unknown.length > 0) {
          const names = unknown.slice(0, 20).map(({ locationId }) => locationId);
          throw new HttpProblem("location_not_found", `There is no location ${names.join(", ")}.`);
        }
        await deps.settings.save(body, caller.keyId);
        await deps.auditLog.record({
          actor: caller.keyId,
          action: "feed_settings.put",
          subject: LOCAL_INVENTORY_FEED,
          detail: body,
        });
        return { body: await deps.settings.load() };
      },
    }),
  ];
}
