import { createKeyBook, KEEP_KEYS_MS, type KeyBook } from "./key-book.ts";
import { toKnownKey } from "./key-lookup.ts";
import type { LogReader } from "./log-reader.ts";

/** The keys that have to be known at a start, as far as their log says so; the newest `maxKeys` of them. */
export async function loadKeys(
  log: Pick<LogReader, "keys">,
  options: { nowMs: number; maxKeys: number },
): Promise<KeyBook> {
  const { nowMs, maxKeys } = options;
  const keys = createKeyBook();
  let count = 0;
  for await (const rows of log.keys(nowMs - KEEP_KEYS_MS, maxKeys)) {
    for (const row of rows) keys.set(row.key_scope, row.idempotency_key, toKnownKey(row));
    count += rows.length;
  }
  if (count === maxKeys) keys.markIncomplete();
  return keys;
}
