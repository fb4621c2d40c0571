import { z } from "zod";
import { type AuditRow, auditRowSchema } from "../../domain/feeds/feed-audit.ts";
import { LOCAL_AVAILABILITIES, readClaim } from "../../domain/feeds/local-inventory.ts";
import { gtinFromNumber } from "../../domain/gtin.ts";
import { instantSchema } from "../../domain/identifiers.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";

const MAX_SECONDS = 60;

export type StoredAudit = {
  auditId: string;
  locationId: string;
  seed: number;
  run: number;
  createdAt: string;
  createdBy: string;
  rows: AuditRow[];
  passShare: number;
};

const auditRowsSchema = z.array(auditRowSchema);

const storedSchema = z
  .object({
    audit_id: z.string(),
    location_id: z.string(),
    seed: z.number(),
    run: z.number(),
    created_at: instantSchema,
    created_by: z.string(),
    rows: z.string(),
    pass_share: z.number(),
  })
  .transform(
    (row): StoredAudit => ({
      auditId: row.audit_id,
      locationId: row.location_id,
      seed: row.seed,
      run: row.run,
      createdAt: row.created_at,
      createdBy: row.created_by,
      rows: auditRowsSchema.parse(JSON.parse(row.rows)),
      passShare: row.pass_share,
    }),
  );

const claimRowSchema = z
  .object({ gtin: z.number(), text: z.string(), name: z.string().nullable() })
  .transform(({ gtin, text, name }): AuditRow => {
    const { id, quantity, price, availability } = readClaim(text);
    const said = z.enum(LOCAL_AVAILABILITIES).parse(availability);
    const claimed = { availability: said, quantity, price };
    return { gtin: gtinFromNumber(gtin), id, name: name ?? "", claimed, found: null };
  });

export type AuditStore = ReturnType<typeof createAuditStore>;

/** Rehearsals of the audit: what was drawn, and what was found. */
export function createAuditStore({ db, nextVersion }: { db: Database; nextVersion(): number }) {
  async function find(filter: { auditId?: string; locationId?: string; beforeMs?: number; limit: number }) {
    return await db.query({
      name: "feeds/audits",
      sql: loadQuery("feeds/audits"),
      params: {
        audit_id: filter.auditId ?? "",
        location_id: filter.locationId ?? "",
        before_ms: filter.beforeMs ?? 0,
        page_rows: filter.limit,
      },
      row: storedSchema,
    });
  }

  return {
    /** The newest first. */
    list: find,
    async one(auditId: string): Promise<StoredAudit | null> {
      const [audit] = await find({ auditId, limit: 1 });
      return audit ?? null;
    },
    /** Products of a store drawn with a seed from what was told of it through a run. */
    draw: (wish: {
      feed: string;
      through: number;
      locationId: string;
      seed: number;
      products: number;
    }): Promise<AuditRow[]> =>
      db.query({
        name: "feeds/draw-claims",
        sql: loadQuery("feeds/draw-claims"),
        params: {
          feed: wish.feed,
          through: wish.through,
          location_id: wish.locationId,
          seed: wish.seed,
          page_rows: wish.products,
        },
        row: claimRowSchema,
        maxSeconds: MAX_SECONDS,
      }),
    async save(audit: StoredAudit): Promise<void> {
      const row = {
        audit_id: audit.auditId,
        location_id: audit.locationId,
        seed: audit.seed,
        run: audit.run,
        created_at: audit.createdAt,
        created_by: audit.createdBy,
        rows: JSON.stringify(audit.rows),
        pass_share: audit.passShare,
        version: nextVersion(),
      };
      await db.insert({
        name: "feeds/save-audit",
        table: "feed_audits",
        columns: Object.keys(row),
        rows: [Object.values(row)],
      });
    },
  };
}
