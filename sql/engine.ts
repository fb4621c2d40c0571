import type { ExportFormat } from "./database.ts";

/** Settings of one statement; they hold for that statement alone. */
export type StatementSettings = {
  log_comment: string;
  max_execution_time: number;
  /** UInt64 settings travel as text. 0 = no limit. */
  max_result_rows: string;
};

export type Statement = {
  sql: string;
  params: Record<string, unknown>;
  settings: StatementSettings;
  signal: AbortSignal;
};

/** What differs between ClickHouse in this process and ClickHouse on a server. Errors are thrown as they come. */
export type Engine = {
  readonly isEmbedded: boolean;
  /** Rows as lines of JSON. */
  query(statement: Statement): Promise<string>;
  /** Chunks of whole rows, each row a line of JSON. */
  stream(statement: Statement): AsyncIterable<string[]>;
  /** The bytes of one file. Begun before it is read: what it needs is let go when the reading ends, however it does. */
  export(statement: Statement, format: ExportFormat): AsyncIterable<Uint8Array>;
  command(statement: Statement): Promise<void>;
  /** `sql` ends in its FORMAT and brings its settings itself. */
  insert(insert: {
    sql: string;
    body: string | AsyncIterable<Uint8Array>;
    signal: AbortSignal;
  }): Promise<void>;
  ping(signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
};

/** The same answers from every server, whatever its version or its profile says. */
export const OUTPUT_SETTINGS = {
  output_format_json_quote_64bit_integers: 0,
  output_format_json_quote_decimals: 1,
  output_format_json_quote_denormals: 0,
  date_time_output_format: "iso",
  date_time_input_format: "best_effort",
  session_timezone: "UTC",
  result_overflow_mode: "throw",
  // From a query's fourth run on ClickHouse compiles its conditions; 26.7 then fails on some over two LowCardinality
  // columns ("Invalid cast from LowCardinality(UInt8) to native type").
  compile_expressions: 0,
} as const;

/** Of files: texts as texts, which every reader of Arrow and Parquet knows, in a compression that every one has. */
export const EXPORT_SETTINGS = {
  output_format_arrow_string_as_string: 1,
  output_format_arrow_compression_method: "none",
  output_format_parquet_string_as_string: 1,
} as const;

/**
 * One INSERT = one block = one part: the ledger's commit point. Asynchronous inserts would acknowledge before the write,
 * parallel parsing and small blocks would cut it in pieces.
 */
export const INSERT_SETTINGS = {
  async_insert: 0,
  // It is one thread's work; more of them are only started and stopped.
  max_threads: 1,
  insert_deduplicate: 1,
  input_format_parallel_parsing: 0,
  max_insert_block_size: 10_000_000,
  min_insert_block_size_rows: 10_000_000,
  min_insert_block_size_bytes: 1_000_000_000,
  date_time_input_format: "best_effort",
} as const;

/** Names of databases, tables and columns that can stand in a statement unquoted. */
export function assertIdentifier(name: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_.]*$/.test(name)) throw new Error(`"${name}" cannot be a name in ClickHouse`);
  return name;
}
