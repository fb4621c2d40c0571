import type { Cell, Database } from "../../sql/database.ts";
import type { ChunkOutcome } from "./kind-importer.ts";

/**
 * Stores the rows of a chunk that are new or differ from what is stored, in one insert, and counts. Cells stand in the
 * order of `columns`; the version is added. `stored` gives a known row's cells, or undefined.
 */
export async function storeChanges(
  db: Database,
  target: { name: string; table: string; columns: readonly string[]; version: number },
  rows: readonly (readonly Cell[])[],
  stored: (row: readonly Cell[]) => readonly Cell[] | undefined,
): Promise<Pick<ChunkOutcome, "accepted" | "updated" | "unchanged">> {
  const changed: (readonly Cell[])[] = [];
  let updated = 0;
  for (const row of rows) {
    const known = stored(row);
    if (known !== undefined && known.every((cell, at) => cell === row[at])) continue;
    if (known !== undefined) updated += 1;
    changed.push([...row, target.version]);
  }
  await db.insert({
    name: target.name,
    table: target.table,
    columns: [...target.columns, "version"],
    rows: changed,
  });
  return { accepted: changed.length, updated, unchanged: rows.length - changed.length };
}
