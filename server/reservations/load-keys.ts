import { createKeyBook, KEEP_KEYS_MS, type KeyBook } from "./key-book.ts";
import type { ReservationStore } from "./reservation-store.ts";

const MAX_LOADED_KEYS = 1_000_000;

/** The keys that have to be known at a start: used in the last day, or of reservations that live or ended in it. */
export async function loadKeys(store: ReservationStore, nowMs: number): Promise<KeyBook> {
  const keys = createKeyBook();
  const rows = await store.keys(nowMs - KEEP_KEYS_MS, MAX_LOADED_KEYS);
  for (const row of rows) {
    keys.set(row.key_scope, row.idempotency_key, {
      requestHash: row.request_hash,
      ordinal: row.ordinal,
      atMs: Date.parse(row.decided_at),
      reservationId: row.reservation_id,
      status: row.answer_status,
      text: null,
      entry: null,
    });
  }
  if (rows.length === MAX_LOADED_KEYS) keys.markIncomplete();
  return keys;
}
