/** What a session sends to ClickHouse with each statement. Numbers and texts; names are the caller's to judge. */
export type SessionSettings = Readonly<Record<string, string | number>>;

/** What a query has read so far; the whole once it has ended. */
export type ReadCounts = { rows: number; bytes: number; elapsedMs: number };

/** An answer on its way out. */
export type ByteAnswer = {
  /** The bytes of the format, in pieces. Throws what the query failed with. To leave the loop early cancels the query. */
  bytes: AsyncIterable<Uint8Array>;
  /** Resolves when the query no longer runs, however it ended; bytes may still be there to read. */
  ended: Promise<void>;
  /** Null until the query has ended, and where the engine does not say. */
  counts(): ReadCounts | null;
  /** Stops the query if it runs, and lets go of its bytes. For a reader that never began; the others' loops do it. */
  close(): Promise<void>;
};

/**
 * A connection for one query whose rows leave as bytes of a format of ClickHouse's own, with flat memory however many they
 * are. Statements on it run one after the other. `close()` waits for what still runs, so that it can be counted as running.
 */
export type ByteSession = {
  /** Settings from here on; `param_…` among them are values of `{name:Type}` as ClickHouse's HTTP interface takes them. */
  set(settings: SessionSettings): Promise<void>;
  /** A short answer as text: rows as lines, cells as they are between tabs. */
  ask(sql: string, params?: Readonly<Record<string, string>>): Promise<string>;
  /**
   * Begins a query. Resolves when it has ended or its first megabyte is there, so that what fails soon fails here.
   * @param query.sql a SELECT without FORMAT and INTO OUTFILE; `format` is not checked.
   * @param query.maxBytes of the answer; beyond it the query is stopped.
   */
  run(query: { sql: string; format: string; maxBytes: number }): Promise<ByteAnswer>;
  /** Stops what runs. It may take until the end of a block. */
  cancel(): void;
  close(): Promise<void>;
};

export type ByteEngine = {
  readonly isEmbedded: boolean;
  /** Name of the database that sessions begin in. */
  readonly database: string;
  /** Where the engine keeps its files, to be taken out of messages for people. Empty on a server. */
  readonly privatePath: string;
  open(): Promise<ByteSession>;
  close(): Promise<void>;
};

/** An answer is longer than allowed: ClickHouse's TOO_MANY_ROWS_OR_BYTES, found by us. */
export function tooManyBytes(maxBytes: number): Error {
  return new Error(
    `Code: 396. DB::Exception: Limit for result exceeded, max bytes: ${maxBytes}. (TOO_MANY_ROWS_OR_BYTES)`,
  );
}
