import { createHash } from "node:crypto";
import { z } from "zod";
import { restrictedGtin } from "../../domain/gtin.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";

const RESTRICTED_COUNT = 100_000_000_000;
const codeRowSchema = z.object({ code: z.string(), gtin: z.number() });
const gtinRowSchema = z.object({ gtin: z.number() });

/**
 * The GTINs of a source's codes, the same for ever. A code is looked for in `product_codes`, then among the SKUs of the
 * products; else it gets a restricted-circulation GTIN made from (source, code) alone, so that two imports at the same
 * time come to the same one. Should that GTIN be another's already, the next one of its row is taken.
 */
export function createProductCodes(deps: { db: Database; source: string; nowMs: () => number }) {
  const gtinByCode = new Map<string, number>();

  async function findBySku(skus: readonly string[]): Promise<Map<string, number>> {
    const rows = await deps.db.query({
      name: "import/products-by-sku",
      sql: loadQuery("import/products-by-sku"),
      params: { skus },
      row: codeRowSchema,
    });
    return new Map(rows.map((row) => [row.code, row.gtin]));
  }

  async function findTaken(gtins: readonly number[]): Promise<Set<number>> {
    const rows = await deps.db.query({
      name: "import/taken-gtins",
      sql: loadQuery("import/taken-gtins"),
      params: { gtins },
      row: gtinRowSchema,
    });
    return new Set(rows.map((row) => row.gtin));
  }

  /** New GTINs for codes that have none; each round tries the next candidate of those whose first is taken. */
  async function make(codes: readonly string[]): Promise<Map<string, number>> {
    const made = new Map<string, number>();
    const given = new Set<number>();
    let open = codes;
    for (let attempt = 0; open.length > 0; attempt += 1) {
      const candidates = new Map(open.map((code) => [code, candidateGtin(deps.source, code, attempt)]));
      const taken = await findTaken([...candidates.values()]);
      for (const [code, gtin] of candidates) {
        if (taken.has(gtin) || given.has(gtin)) continue;
        given.add(gtin);
        made.set(code, gtin);
      }
      open = open.filter((code) => !made.has(code));
    }
    return made;
  }

  return {
    async load(): Promise<void> {
      const chunks = deps.db.stream({
        name: "import/product-codes",
        sql: loadQuery("import/product-codes"),
        params: { source: deps.source },
        row: codeRowSchema,
      });
      for await (const rows of chunks) for (const row of rows) gtinByCode.set(row.code, row.gtin);
    },

    /** Known GTINs of codes; unknown ones are left out. */
    async find(codes: readonly string[]): Promise<ReadonlyMap<string, number>> {
      const unknown = [...new Set(codes)].filter((code) => !gtinByCode.has(code));
      const bySku = unknown.length === 0 ? new Map<string, number>() : await findBySku(unknown);
      return new Map(
        codes.flatMap((code) => {
          const gtin = gtinByCode.get(code) ?? bySku.get(code);
          return gtin === undefined ? [] : [[code, gtin]];
        }),
      );
    },

    /** GTINs of all codes; what is new is stored before this returns. */
    async resolve(codes: readonly string[]): Promise<ReadonlyMap<string, number>> {
      const unknown = [...new Set(codes)].filter((code) => !gtinByCode.has(code));
      if (unknown.length === 0) return gtinByCode;
      const bySku = await findBySku(unknown);
      const made = await make(unknown.filter((code) => !bySku.has(code)));
      const found = [...bySku, ...made];
      const version = deps.nowMs() * 1000;
      await deps.db.insert({
        name: "import/store-product-codes",
        table: "product_codes",
        columns: ["source", "code", "gtin", "version"],
        rows: found.map(([code, gtin]) => [deps.source, code, gtin, version]),
      });
      for (const [code, gtin] of found) gtinByCode.set(code, gtin);
      return gtinByCode;
    },
  };
}

function candidateGtin(source: string, code: string, attempt: number): number {
  const digest = createHash("sha256").update(`${source}\0${code}\0${attempt}`).digest();
  return Number(restrictedGtin(digest.readUIntBE(0, 6) % RESTRICTED_COUNT));
}
