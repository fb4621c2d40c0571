import { openDatabase } from "../../sql/client.ts";
import type { Database } from "../../sql/database.ts";
import { migrate } from "../../sql/migrate.ts";
import { migratedDirectory } from "./migrated-directory.ts";

/** Of the engine of this process, which has one directory at a time. */
let engine = { directory: "", databases: 0, open: 0 };

/** A real engine with its tables: a database of its own, of which a test file may have several. */
export async function openTestDatabase(): Promise<Database> {
  if (engine.open === 0) engine = { directory: migratedDirectory("server"), databases: 0, open: 0 };
  const mine = engine;
  mine.databases += 1;
  mine.open += 1;
  let isOpen = true;
  // The first is there; another one has to be made.
  const database = mine.databases === 1 ? "onhand" : `onhand_${mine.databases}`;
  const db = await openDatabase({ dataDirectory: mine.directory, database });
  await migrate(db);
  return {
    ...db,
    async close() {
      await db.close();
      if (isOpen) mine.open -= 1;
      isOpen = false;
    },
  };
}
