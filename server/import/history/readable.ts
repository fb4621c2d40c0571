import { DatabaseError } from "../../../sql/database-error.ts";
import { ImportFailure } from "../import-failure.ts";

/** What the engine refuses of a file is the file's. Throws `ImportFailure` (`unreadable_file`). */
export async function readable<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    throw new ImportFailure("unreadable_file", `the file cannot be read: ${error.message}`);
  }
}
