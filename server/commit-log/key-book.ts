import type { LogEntry } from "./commit-log.ts";

/** What is known of one idempotency key. */
export type KnownKey = {
  requestHash: string;
  /** Of the row that carries it. */
  ordinal: number;
  atMs: number;
  /** The reservation or order that its command changed; empty for a refusal. */
  subjectId: string;
  /** 0 while the command is on its way: it was begun and has no answer yet. */
  status: number;
  /** Null when it has to be read from ClickHouse. */
  text: string | null;
  /** The rows on their way that carry it; null for what was loaded. */
  entry: LogEntry | null;
};

/** An answer is kept for so long after the end of its subject, a refusal after it was given. */
export const KEEP_KEYS_MS = 24 * 3_600_000;
const MAX_KEYS = 1_000_000;
/** Of these, answers whose text is in memory. */
const MAX_TEXTS = 50_000;

export type KeyBook = ReturnType<typeof createKeyBook>;

/**
 * Idempotency keys in memory, by who sent them. Bounded: beyond its size the oldest are forgotten here, and `isIncomplete`
 * says that keys which are not known have to be looked for in ClickHouse first.
 */
export function createKeyBook(options: { maxKeys?: number } = {}) {
  const maxKeys = options.maxKeys ?? MAX_KEYS;
  const keys = new Map<string, KnownKey>();
  let texts: KnownKey[] = [];
  let isIncomplete = false;

  function set(scope: string, key: string, known: KnownKey): void {
    keys.set(`${scope} ${key}`, known);
    if (keys.size > maxKeys) {
      const oldest = keys.keys().next();
      if (oldest.done === false) keys.delete(oldest.value);
      isIncomplete = true;
    }
    if (known.text === null) return;
    texts.push(known);
    if (texts.length < 2 * MAX_TEXTS) return;
    for (const old of texts.slice(0, MAX_TEXTS)) old.text = null;
    texts = texts.slice(MAX_TEXTS);
  }

  return {
    get: (scope: string, key: string) => keys.get(`${scope} ${key}`),
    set,
    size: () => keys.size,
    isIncomplete: () => isIncomplete,
    /** Says that older ones exist which were not loaded. */
    markIncomplete(): void {
      isIncomplete = true;
    },
    /** Forgets what need not be known any longer. `isKept` says of a subject that it lives or ended less than 24 h ago. */
    forget(nowMs: number, isKept: (subjectId: string) => boolean): void {
      for (const [name, known] of keys) {
        if (known.atMs + KEEP_KEYS_MS > nowMs) break;
        if (known.subjectId === "" || !isKept(known.subjectId)) keys.delete(name);
      }
    },
  };
}
