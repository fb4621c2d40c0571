import { randomInt, randomUUID } from "node:crypto";
import { z } from "zod";
import { feedAuditFoundSchema, feedAuditsPageSchema, feedAuditWishSchema } from "../../domain/api/feeds.ts";
import { pageQuerySchema } from "../../domain/api/paging.ts";
import { type FeedAudit, feedAuditSchema, judgeAuditRow, sumAudit } from "../../domain/feeds/feed-audit.ts";
import { LOCAL_INVENTORY_FEED } from "../../domain/feeds/local-inventory.ts";
import { idSchema } from "../../domain/identifiers.ts";
import type { AuditLog } from "../audit/audit-log.ts";
import { decodeCursor, encodeCursor } from "../http/cursor.ts";
import { type Caller, defineRoute, type Route } from "../http/route.ts";
import { HttpProblem } from "../problems.ts";
import type { AuditStore, StoredAudit } from "./audit-store.ts";
import type { FeedSettingsStore } from "./feed-settings-store.ts";
import type { FeedStore } from "./feed-store.ts";

const TAG = "Feeds";
const ROLES = ["merchandiser", "admin"] as const;
/** The list is gone through in the store. */
const WITH_STORE = ["store", ...ROLES] as const;
const MAX_SEED = 2 ** 48 - 1;

const FOUND_EXAMPLE = { found: [{ gtin: "04006381333931", quantity: 3, price: "19.90 EUR" }] };

export function createAuditRoutes(deps: {
  audits: AuditStore;
  feeds: FeedStore;
  settings: FeedSettingsStore;
  auditLog: AuditLog;
  nowMs(): number;
}): Route[] {
  const { audits, feeds } = deps;

  async function auditOf(auditId: string, caller: Caller): Promise<StoredAudit> {
    const audit = await audits.one(auditId);
    if (audit === null) throw new HttpProblem("feed_audit_not_found", `There is no audit ${auditId}.`);
    if (caller.locationId !== null && caller.locationId !== audit.locationId) {
      throw new HttpProblem("location_not_allowed", `The key is for ${caller.locationId}.`);
    }
    return audit;
  }

  return [
    defineRoute({
      method: "POST",
      path: "/v1/feeds/audits",
      tag: TAG,
      summary: "Draws random products of a store, to compare what the feed told of them with the shelf",
      description:
        "As the inventory verification of Google does: 100 products of a store's feed, their availability and price. Of what was " +
        "told last, not of what would be told now. The same seed draws the same products from the same feed.",
      roles: ROLES,
      body: feedAuditWishSchema,
      examples: { body: { locationId: "S01", products: 100 } },
      answer: { status: 201, schema: feedAuditSchema, description: "The list to go through the store with" },
      problems: ["feed_never_sent"],
      async handle({ body, caller }) {
        const [newest] = await feeds.runs({ feed: LOCAL_INVENTORY_FEED, state: "sent", limit: 1 });
        const seed = body.seed ?? randomInt(MAX_SEED);
        const run = Number(newest?.run.runId ?? 0);
        const { locationId, products } = body;
        const rows = await audits.draw({
          feed: LOCAL_INVENTORY_FEED,
          through: run,
          locationId,
          seed,
          products,
        });
        if (rows.length === 0) {
          throw new HttpProblem("feed_never_sent", `Nothing was told of ${locationId} in the last 35 days.`);
        }
        const { settings } = await deps.settings.load();
        const audit: StoredAudit = {
          auditId: randomUUID(),
          locationId,
          seed,
          run,
          createdAt: new Date(deps.nowMs()).toISOString(),
          createdBy: caller.keyId,
          rows,
          passShare: settings.auditPassShare,
        };
        await audits.save(audit);
        return { status: 201, body: toAnswer(audit) };
      },
    }),
    defineRoute({
      method: "POST",
      path: "/v1/feeds/audits/:auditId/found",
      tag: TAG,
      summary: "Takes what was found on the shelf",
      description:
        "All at once or little by little; a repeat replaces what was found before. It moves no stock.",
      roles: WITH_STORE,
      params: z.object({ auditId: z.string().max(100) }),
      body: feedAuditFoundSchema,
      examples: { body: FOUND_EXAMPLE },
      answer: { schema: feedAuditSchema, description: "What is right, and whether it would pass" },
      problems: ["feed_audit_not_found", "not_in_feed_audit", "location_not_allowed"],
      async handle({ params, body, caller }) {
        const audit = await auditOf(params.auditId, caller);
        const found = new Map(body.found.map((one) => [one.gtin, one]));
        const rows = audit.rows.map((row) => {
          const here = found.get(row.gtin);
          found.delete(row.gtin);
          if (here === undefined) return row;
          return { ...row, found: { quantity: here.quantity, price: here.price ?? null } };
        });
        if (found.size > 0) {
          throw new HttpProblem("not_in_feed_audit", `${found.size} products are not on its list.`, {
            gtins: [...found.keys()].slice(0, 100),
          });
        }
        const changed = { ...audit, rows };
        await audits.save(changed);
        await deps.auditLog.record({
          actor: caller.keyId,
          action: "feed_audit.found",
          subject: audit.auditId,
          detail: body,
        });
        return { body: toAnswer(changed) };
      },
    }),
    defineRoute({
      method: "GET",
      path: "/v1/feeds/audits/:auditId",
      tag: TAG,
      summary: "One rehearsal, row by row",
      roles: WITH_STORE,
      params: z.object({ auditId: z.string().max(100) }),
      answer: { schema: feedAuditSchema, description: "The rehearsal" },
      problems: ["feed_audit_not_found", "location_not_allowed"],
      handle: async ({ params, caller }) => ({ body: toAnswer(await auditOf(params.auditId, caller)) }),
    }),
    defineRoute({
      method: "GET",
      path: "/v1/feeds/audits",
      tag: TAG,
      summary: "The rehearsals of the audit, the newest first",
      roles: ROLES,
      query: pageQuerySchema.omit({ query: true }).extend({ location: idSchema.optional() }),
      answer: { schema: feedAuditsPageSchema, description: "A page, without the rows" },
      problems: ["invalid_cursor"],
      async handle({ query }) {
        const [before = 0] = decodeCursor(query.cursor, ["number"]) ?? [];
        const found = await audits.list({
          ...(query.location === undefined ? {} : { locationId: query.location }),
          beforeMs: Number(before),
          limit: query.limit + 1,
        });
        const page = found.slice(0, query.limit);
        const last = page.at(-1);
        const hasMore = found.length > query.limit && last !== undefined;
        const items = page.map(toHead);
        return { body: { items, nextCursor: hasMore ? encodeCursor([Date.parse(last.createdAt)]) : null } };
      },
    }),
  ];
}

function toHead(audit: StoredAudit): Omit<FeedAudit, "rows"> {
  return {
    auditId: audit.auditId,
    locationId: audit.locationId,
    seed: audit.seed,
    runId: String(audit.run),
    createdAt: audit.createdAt,
    result: sumAudit(audit.rows, audit.passShare),
  };
}

function toAnswer(audit: StoredAudit): FeedAudit {
  const rows = audit.rows.map((row) => Object.assign({ verdict: judgeAuditRow(row) }, row));
  return { ...toHead(audit), rows };
}
