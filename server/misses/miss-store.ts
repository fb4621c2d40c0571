import { z } from "zod";
import { missSchema } from "../../domain/misses/miss.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";

/** Beyond every ordinal. */
const LAST = Number.MAX_SAFE_INTEGER;

const listRow = z.object({
  first_ordinal: z.number(),
  document: z.string().transform((text) => missSchema.parse(JSON.parse(text))),
});

export type MissStore = ReturnType<typeof createMissStore>;

/** Misses for people to look at. */
export function createMissStore(deps: { db: Database }) {
  return {
    list: (filter: { locationId: string; status: string }, beforeOrdinal: number | null, pageRows: number) =>
      deps.db.query({
        name: "misses/list",
        sql: loadQuery("misses/list"),
        params: {
          location_id: filter.locationId,
          status: filter.status,
          before_ordinal: beforeOrdinal ?? LAST,
          page_rows: pageRows,
        },
        row: listRow,
      }),
  };
}
