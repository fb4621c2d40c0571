import { createKeyBook, KEEP_KEYS_MS, type KeyBook } from "./key-book.ts";
import { toKnownKey } from "./key-lookup.ts";
import type { ReservationStore } from "./reservation-store.ts";

const MAX_LOADED_KEYS = 1_000_000;

/** The keys that have to be known at a start: used in the last day, or of reservations that live or ended in it. */
export async function loadKeys(store: ReservationStore, nowMs: number): Promise<KeyBook> {
  const keys = createKeyBook();
  let count = 0;
  for await (const rows of store.keys(nowMs - KEEP_KEYS_MS, MAX_LOADED_KEYS)) {
    for (const row of rows) keys.set(row.key_scope, row.idempotency_key, toKnownKey(row));
    count += rows.length;
  }
  if (count === MAX_LOADED_KEYS) keys.markIncomplete();
  return keys;
}
