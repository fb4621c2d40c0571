import type { Refusal, Result } from "../../domain/result.ts";
import type { Database } from "../../sql/database.ts";
import type { FieldSpec } from "./column-mapping.ts";
import type { ImportOptions } from "./import-options.ts";
import type { SourceRow } from "./read-rows.ts";

export type ImportContext = { db: Database; options: ImportOptions; nowMs: () => number };

/** A row that was understood. `row` goes with it, so that a later refusal can show it. */
export type ParsedRow<Entry> = { row: SourceRow; entry: Entry };

/** What became of the rows of a chunk. */
export type ChunkOutcome = {
  accepted: number;
  updated: number;
  unchanged: number;
  refused: { row: SourceRow; refusal: Refusal }[];
};

/** How one kind of record is read and stored. Each method is called from one place, never twice at once. */
export type KindImporter<Entry> = {
  fields: FieldSpec;
  /** Loads what reading needs; throws `ImportFailure` when an option is missing. */
  start: () => Promise<void>;
  /** Pure but for ordinals: called once a row, in the order of the file. */
  parse: (row: SourceRow) => Result<Entry>;
  write: (chunk: readonly ParsedRow<Entry>[]) => Promise<ChunkOutcome>;
  /** After the last chunk, for what was held back. */
  finish?: () => Promise<ChunkOutcome>;
};

export function noOutcome(): ChunkOutcome {
  return { accepted: 0, updated: 0, unchanged: 0, refused: [] };
}
