import { z } from "zod";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";

/** Until when data is in a report. */
export function createDataThrough({ db }: { db: Database }) {
  const ask = async (name: "data-through" | "predicted-through"): Promise<string | null> => {
    const [row] = await db.query({
      name: `reports/${name}`,
      sql: loadQuery(`reports/${name}`),
      row: z.object({ data_through: z.string().nullable() }),
    });
    return row?.data_through ?? null;
  };
  const recorded = () => ask("data-through");
  return {
    /** The newest that is recorded of what reports are made of; null for nothing. */
    recorded,

    /**
     * Of a report by what its SQL reads: the copy of the sales is as old as it is, predictions as old as the data that their run looked
     * at, and all else is there as soon as it is recorded. Where predictions stand beside sales, their rows say how old they are.
     */
    async of(sql: string, copy: { dataThrough: string | null }): Promise<string | null> {
      if (/\breport_lines\b/.test(sql)) return copy.dataThrough;
      return /\blifetime_value/.test(sql) ? await ask("predicted-through") : await recorded();
    },
  };
}
