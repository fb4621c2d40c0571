import { KEEP_KEYS_MS, type KnownKey } from "./key-book.ts";
import type { KeyRow, LogReader } from "./log-reader.ts";

type Wanted = {
  scope: string;
  key: string;
  resolve(found: KnownKey | null): void;
  reject(error: unknown): void;
};

/** Keys of one query. */
const MAX_KEYS_ASKED = 1_000;

/**
 * Looks in ClickHouse for keys that memory does not hold. One query is on its way, and what is asked meanwhile goes with the next
 * one, so that many callers cost hardly more than one.
 */
export function createKeyLookup(deps: { store: Pick<LogReader, "findKeys">; nowMs(): number }) {
  let waiting: Wanted[] = [];
  let isRunning = false;

  async function run(): Promise<void> {
    isRunning = true;
    while (waiting.length > 0) {
      const asked = waiting.slice(0, MAX_KEYS_ASKED);
      waiting = waiting.slice(MAX_KEYS_ASKED);
      await answer(asked);
    }
    isRunning = false;
  }

  async function answer(asked: readonly Wanted[]): Promise<void> {
    try {
      const names = [...new Set(asked.map(({ key }) => key))];
      const rows = await deps.store.findKeys(names, deps.nowMs() - KEEP_KEYS_MS);
      for (const { scope, key, resolve } of asked) {
        const row = rows.find((each) => each.key_scope === scope && each.idempotency_key === key);
        resolve(row === undefined ? null : toKnownKey(row));
      }
    } catch (error) {
      for (const { reject } of asked) reject(error);
    }
  }

  return (scope: string, key: string): Promise<KnownKey | null> =>
    new Promise((resolve, reject) => {
      waiting.push({ scope, key, resolve, reject });
      if (!isRunning) void run();
    });
}

/** As it is in memory; the text of its answer stays in ClickHouse. */
export function toKnownKey(row: KeyRow): KnownKey {
  return {
    requestHash: row.request_hash,
    ordinal: row.ordinal,
    atMs: Date.parse(row.decided_at),
    subjectId: row.subject_id,
    status: row.answer_status,
    text: null,
    entry: null,
  };
}
