import { randomUUID } from "node:crypto";
import { z } from "zod";
import {
  type Count,
  countDecisionSchema,
  countDetailSchema,
  countsPageSchema,
} from "../../domain/api/counts.ts";
import { pageQuerySchema } from "../../domain/api/paging.ts";
import { gtinFromNumber } from "../../domain/gtin.ts";
import { idSchema } from "../../domain/identifiers.ts";
import { receiptSchema } from "../../domain/receipt.ts";
import type { AuditLog } from "../audit/audit-log.ts";
import type { EventPublisher } from "../events/event-publisher.ts";
import { decodeCursor, toPage } from "../http/cursor.ts";
import { defineRoute, type Route } from "../http/route.ts";
import type { ProductStore } from "../master-data/product-store.ts";
import { loadProductWords } from "../master-data/product-words.ts";
import { HttpProblem } from "../problems.ts";
import type { CountStore } from "./count-store.ts";

const TAG = "Counts";
const ROLES = ["merchandiser", "admin"] as const;
const paramsSchema = z.object({ countId: z.string().min(1).max(200) });
const listQuerySchema = pageQuerySchema.omit({ query: true }).extend({ location: idSchema.optional() });
const detailQuerySchema = z.object({
  /** Where two locations have given the same id. */
  location: idSchema.optional(),
  lines: z.coerce.number().int().min(0).max(10_000).default(1000),
});

/** Counts: what is open, what was found, and what a person decides of those that are held. */
export function createCountRoutes(deps: {
  store: CountStore;
  products: ProductStore;
  publisher: EventPublisher;
  audit: AuditLog;
  nowMs(): number;
}): Route[] {
  const { store, products, publisher, audit } = deps;

  async function find(countId: string, locationId: string): Promise<Count> {
    const [found] = await store.list({ countId, locationId }, null, 1);
    if (found === undefined) throw new HttpProblem("count_not_found", `There is no count ${countId}.`);
    return found.count;
  }

  return [
    defineRoute({
      method: "GET",
      path: "/v1/counts",
      tag: TAG,
      summary: "Counts, newest first: their scope, what they expected and found, and how right the book was",
      roles: ROLES,
      query: listQuerySchema,
      answer: { schema: countsPageSchema, description: "A page" },
      problems: ["invalid_cursor"],
      async handle({ query }) {
        const cursor = decodeCursor(query.cursor, ["number", "string"]);
        const before = cursor === null ? null : { ms: Number(cursor[0]), id: String(cursor[1]) };
        const rows = await store.list({ locationId: query.location ?? "", countId: "" }, before, query.limit);
        const page = toPage(rows, query.limit, (row) => [row.toldAtMs, row.count.countId]);
        return { body: { items: page.items.map((row) => row.count), nextCursor: page.nextCursor } };
      },
    }),
    defineRoute({
      method: "GET",
      path: "/v1/counts/:countId",
      tag: TAG,
      summary: "One count with what it found of each product, the largest differences first",
      roles: ROLES,
      params: paramsSchema,
      query: detailQuerySchema,
      answer: { schema: countDetailSchema, description: "The count" },
      problems: ["count_not_found"],
      async handle({ params, query }) {
        const count = await find(params.countId, query.location ?? "");
        const rows = await store.lines(count, Math.max(1, query.lines));
        const wordsOf = await loadProductWords(products, [...new Set(rows.map((row) => row.gtin))]);
        const lines = rows.slice(0, query.lines).map(({ gtin, expected, counted }) => ({
          gtin: gtinFromNumber(gtin),
          name: wordsOf(gtin).name,
          expected,
          counted,
          difference: counted - expected,
        }));
        return { body: { ...count, lines, totalLines: rows[0]?.total_lines ?? 0 } };
      },
    }),
    defineRoute({
      method: "POST",
      path: "/v1/counts/:countId/decision",
      tag: TAG,
      summary: "Accept a count that is held, as of its time, or reject it: then nothing changes",
      description:
        "Answers with the receipt of the event `count_decided` that it publishes. A count that is not held any more is " +
        "answered with the receipt `rejected` and the code `count_not_held`.",
      roles: ROLES,
      params: paramsSchema,
      body: countDecisionSchema,
      answer: { schema: receiptSchema, description: "What became of the decision" },
      problems: ["count_not_found", "broker_unavailable", "outcome_unknown"],
      async handle({ params, body, caller }) {
        const { locationId, decision, note } = body;
        const { countId } = await find(params.countId, locationId);
        await audit.record({
          actor: caller.keyId,
          action: "count.decide",
          subject: `${locationId}/${countId}`,
          detail: { decision, note: note ?? "" },
        });
        const receipt = await publisher.publishEvent({
          kind: "stock",
          locationId,
          source: caller.keyId.replaceAll(/[^A-Za-z0-9._-]/g, "."),
          event: {
            type: "count_decided",
            eventId: `decision.${randomUUID()}`,
            occurredAt: new Date(deps.nowMs()).toISOString(),
            countId,
            decision,
            operatorId: caller.keyId,
            ...(note === undefined ? {} : { note }),
          },
        });
        if (receipt.ok) return { body: receipt.value };
        const code = receipt.code === "broker_unavailable" ? "broker_unavailable" : "outcome_unknown";
        throw new HttpProblem(code, receipt.detail, {}, { "retry-after": "5" });
      },
    }),
  ];
}
