import type { z } from "zod";

/** A value that can stand in a TabSeparated cell: arrays become ClickHouse array literals. */
export type Cell = string | number | bigint | boolean | null | readonly Cell[];

export type QueryOptions<Row> = {
  /** Names the query in `log_comment`, metrics and errors, for example `availability/load-positions`. */
  name: string;
  sql: string;
  params?: Record<string, unknown>;
  /** Every row is parsed by this on its way out. Times come as RFC 3339, UInt64 below 2^53 as numbers. */
  row: z.ZodType<Row>;
  /** Default 30. */
  maxSeconds?: number;
  /** Default 1,000,000; one more is an error, never a silent cut. */
  maxRows?: number;
};

/** `CSV` has no line of names. */
export type ExportFormat = "CSV" | "ArrowStream" | "Parquet";

export type ExportOptions = {
  name: string;
  /** A SELECT without FORMAT and SETTINGS at its end. */
  sql: string;
  params?: Record<string, unknown>;
  format: ExportFormat;
  /** Default 600. */
  maxSeconds?: number;
};

export type InsertOptions = {
  name: string;
  table: string;
  columns: readonly string[];
  /** Rows of cells, or lines of TabSeparated that the caller has escaped already (the fast path). */
  rows: readonly (readonly Cell[])[] | string;
  /** The same token inserted twice within the table's deduplication window counts once. */
  deduplicationToken?: string;
  /** Skip indexes are built when parts are merged, not by this INSERT: for many small ones, whose newest parts are read whole. */
  buildsIndexesLater?: boolean;
};

/** ClickHouse, embedded or not. One instance, one database; statements run on one connection in the order given. */
export type Database = {
  readonly isEmbedded: boolean;
  readonly name: string;
  query<Row>(options: QueryOptions<Row>): Promise<Row[]>;
  /** The same, streamed in chunks with flat memory; no row limit unless given. */
  stream<Row>(options: QueryOptions<Row>): AsyncIterable<Row[]>;
  /** All rows as the bytes of one file, streamed with flat memory. A chunk may end within a row. */
  export(options: ExportOptions): AsyncIterable<Uint8Array>;
  insert(options: InsertOptions): Promise<void>;
  /** A file sent to ClickHouse as it is: `sql` is an INSERT that ends in FORMAT. On a server alone, as it flows; an engine in this process reads files. */
  load(options: {
    name: string;
    sql: string;
    body: AsyncIterable<Uint8Array>;
    maxSeconds: number;
  }): Promise<void>;
  command(options: {
    name: string;
    sql: string;
    params?: Record<string, unknown>;
    maxSeconds?: number;
  }): Promise<void>;
  /** Throws with a clear reason when ClickHouse does not answer within 5 s. */
  ping(): Promise<void>;
  close(): Promise<void>;
};
