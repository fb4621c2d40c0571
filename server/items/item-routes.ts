import { z } from "zod";
import {
  type ItemHistoryPage,
  itemHistoryPageSchema,
  itemLifeSchema,
  itemReadsSchema,
  itemStatusSchema,
  itemsPageSchema,
} from "../../domain/api/items.ts";
import { pageQuerySchema } from "../../domain/api/paging.ts";
import { decodeEpc } from "../../domain/epc/decode-epc.ts";
import { parseEpcHex } from "../../domain/epc/hex.ts";
import { gtinOfEpc } from "../../domain/epc/identity.ts";
import { parseGtin } from "../../domain/gtin.ts";
import { idSchema } from "../../domain/identifiers.ts";
import { decodeCursor, toPage } from "../http/cursor.ts";
import { defineRoute, type Route } from "../http/route.ts";
import type { ProductStore } from "../master-data/product-store.ts";
import { loadProductWords } from "../master-data/product-words.ts";
import { HttpProblem } from "../problems.ts";
import { type HistoryRow, toItemRow, toItemStep } from "./item-rows.ts";
import type { ItemStore } from "./item-store.ts";
import { identitiesOf } from "./tag-forms.ts";

const TAG = "Items";
const HOUR_MS = 3_600_000;
const FIRST_STEPS = 50;
const paramsSchema = z.object({ epc: z.string().min(1).max(500) });
const readsQuerySchema = z.object({
  /** How far back raw reads are looked at; they are kept 30 days. */
  hours: z.coerce.number().positive().max(720).default(24),
  windowSeconds: z.coerce.number().int().min(1).max(86_400).default(60),
  limit: z.coerce.number().int().min(1).max(2000).default(200),
});

export function createItemRoutes(deps: {
  store: ItemStore;
  products: ProductStore;
  nowMs(): number;
}): Route[] {
  const { store, products } = deps;

  /** The one identity that a text names: of several the one that the ledger knows, else the first. */
  async function identityOf(text: string): Promise<string> {
    const identities = identitiesOf(text);
    if (!identities.ok)
      throw new HttpProblem("invalid_epc", `${identities.detail}.`, { reason: identities.code });
    const [only = "", ...others] = identities.value;
    if (others.length === 0) return only;
    return (await store.known(identities.value))[0] ?? only;
  }

  async function historyPage(
    epc: string,
    cursor: string | undefined,
    limit: number,
  ): Promise<{ page: ItemHistoryPage; newest: HistoryRow | undefined }> {
    const [before = null] = decodeCursor(cursor, ["number"]) ?? [];
    const rows = await store.history(epc, before === null ? null : Number(before), limit);
    const kindOf = await store.zoneKinds(rows.map((row) => row.location_id));
    const steps = rows.map((row, index) => toItemStep(row, rows[index + 1], kindOf));
    return { page: toPage(steps, limit, (step) => [step.ordinal]), newest: rows[0] };
  }

  const readsOf = (epc: string, { hours, windowSeconds, limit }: z.output<typeof readsQuerySchema>) =>
    store.reads(epc, { since: new Date(deps.nowMs() - hours * HOUR_MS), windowSeconds, limit });

  return [
    defineRoute({
      method: "GET",
      path: "/v1/items/:epc",
      tag: TAG,
      summary: "One item: what is believed of it now, its life, and its latest raw reads",
      description:
        "`epc` is hex as on the tag, an EPC URI, an element string or a GS1 Digital Link (percent-encoded). The filter " +
        "is no part of an item's identity. A tag that was read and never became an item has `item: null`.",
      roles: ["store", "merchandiser", "admin"],
      params: paramsSchema,
      query: readsQuerySchema,
      answer: { schema: itemLifeSchema, description: "The item's life, newest first" },
      problems: ["invalid_epc", "item_not_found"],
      async handle({ params, query }) {
        const epc = await identityOf(params.epc);
        const { page, newest } = await historyPage(epc, undefined, FIRST_STEPS);
        const reads = await readsOf(epc, query);
        const decoded = decodedOf(epc);
        const gtin = newest?.gtin ?? gtinOfEpc(epc);
        const product = gtin === 0 ? null : (await loadProductWords(products, [gtin]))(gtin);
        if (newest === undefined && reads.windows.length === 0) {
          throw new HttpProblem(
            "item_not_found",
            `No event names ${epc}, and no reader read it in the last ${query.hours} hours.`,
            { epc, decoded, product },
          );
        }
        const [last] = page.items;
        const item =
          newest === undefined || last === undefined
            ? null
            : {
                locationId: last.locationId,
                zoneId: last.zoneId,
                zoneKind: last.zoneKind,
                status: last.status,
                state: last.state,
                firstSeenAt: newest.first_seen_at,
                lastSeenAt: newest.last_seen_at,
              };
        return { body: { epc, decoded, product, item, history: page, reads } };
      },
    }),
    defineRoute({
      method: "GET",
      path: "/v1/items/:epc/history",
      tag: TAG,
      summary: "The whole life of an item in pages, newest first",
      roles: ["merchandiser", "admin"],
      params: paramsSchema,
      query: pageQuerySchema.omit({ query: true }),
      answer: { schema: itemHistoryPageSchema, description: "A page; empty where no event names it" },
      problems: ["invalid_epc", "invalid_cursor"],
      handle: async ({ params, query }) => ({
        body: (await historyPage(await identityOf(params.epc), query.cursor, query.limit)).page,
      }),
    }),
    defineRoute({
      method: "GET",
      path: "/v1/items/:epc/reads",
      tag: TAG,
      summary:
        "The raw reads of an item's tag: first, last, how many and how strong, by antenna and window of time",
      roles: ["merchandiser", "admin"],
      params: paramsSchema,
      query: readsQuerySchema,
      answer: { schema: itemReadsSchema, description: "The newest windows" },
      problems: ["invalid_epc"],
      handle: async ({ params, query }) => ({ body: await readsOf(await identityOf(params.epc), query) }),
    }),
    defineRoute({
      method: "GET",
      path: "/v1/items",
      tag: TAG,
      summary: "Items by product, place and status, ordered by EPC",
      roles: ["store", "merchandiser", "admin"],
      query: pageQuerySchema.omit({ query: true }).extend({
        gtin: z.string().max(20).optional(),
        location: idSchema.optional(),
        zone: idSchema.optional(),
        status: itemStatusSchema.optional(),
      }),
      answer: { schema: itemsPageSchema, description: "A page" },
      problems: ["invalid_cursor", "invalid_gtin"],
      async handle({ query }) {
        const [after = ""] = decodeCursor(query.cursor, ["string"]) ?? [];
        const filter = {
          gtin: gtinOf(query.gtin),
          location: query.location ?? "",
          zone: query.zone ?? "",
          status: query.status ?? "",
        };
        const rows = await store.list(filter, String(after), query.limit);
        const wordsOf = await loadProductWords(
          products,
          rows.map((row) => row.gtin),
        );
        const items = rows.map((row) => toItemRow(row, wordsOf));
        return { body: toPage(items, query.limit, (item) => [item.epc]) };
      },
    }),
  ];
}

function gtinOf(text: string | undefined): number {
  if (text === undefined) return 0;
  const gtin = parseGtin(text);
  if (!gtin.ok) throw new HttpProblem("invalid_gtin", `${gtin.detail}.`, { gtins: [text] });
  return Number(gtin.value);
}

function decodedOf(identity: string) {
  const hex = parseEpcHex(identity);
  return hex.ok ? decodeEpc(hex.value) : null;
}
