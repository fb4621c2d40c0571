import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { createGunzip } from "node:zlib";
import { z } from "zod";
import type { Database } from "../../../sql/database.ts";
import { readable } from "./readable.ts";
import { sampleOf } from "./sample-of-file.ts";
import { identifier, quote } from "./sql-text.ts";
import { stageFile } from "./stage-file.ts";

/** A file as ClickHouse reads it. `from` is a table or table function, `settings` what it is read with; types as ClickHouse names them. */
export type SourceFile = {
  from: string;
  settings: string;
  columns: ReadonlyMap<string, string>;
  /** Lines before the first row. */
  headerLines: 0 | 1;
  /** SQL of a row's number from 0; rows come in its order when they are read by one thread. */
  rowNumber: string;
  /** Lets go of what was made to read it. */
  close(): Promise<void>;
};

export type Format = "CSVWithNames" | "JSONEachRow" | "Parquet" | "Arrow" | "ArrowStream";

const HEAD_BYTES = 65_536;
// Cells of text files are texts until a field says what they are, so that one that is wrong is told and not fatal.
const TEXT_SETTINGS = [
  "schema_inference_make_columns_nullable = 1",
  "input_format_csv_use_best_effort_in_schema_inference = 0",
  "input_format_csv_allow_variable_number_of_columns = 1",
  "input_format_csv_empty_as_default = 1",
  "input_format_skip_unknown_fields = 1",
  "input_format_json_read_numbers_as_strings = 1",
  "input_format_json_read_bools_as_strings = 1",
  "input_format_json_read_objects_as_strings = 1",
  "input_format_json_read_arrays_as_strings = 1",
  "input_format_max_rows_to_read_for_schema_inference = 1000",
];

/**
 * Looks at a file's first bytes for its format, and asks the engine for its columns. ClickHouse in this process reads the file where it
 * lies; to a server it is sent once, into a table of its own. Throws `ImportFailure` (`unreadable_file`).
 */
export async function openSourceFile(db: Database, path: string): Promise<SourceFile> {
  const head = await readHead(path);
  const format = formatOf(head.bytes);
  const isText = format === "CSVWithNames" || format === "JSONEachRow";
  const settings = isText
    ? [
        ...TEXT_SETTINGS,
        ...(format === "CSVWithNames" ? [`format_csv_delimiter = ${quote(delimiterOf(head.bytes))}`] : []),
      ]
    : ["input_format_parquet_preserve_order = 1"];
  const facts = { path, format, isGzip: head.isGzip, settings: settings.join(", ") };
  const place = `${quote(path)}, '${format}'`;
  const packing = head.isGzip ? "gzip" : "none";
  const sample = db.isEmbedded
    ? { from: `file(${place}, 'auto', '${packing}')`, params: {} }
    : await sampleOf(path, format, head.bytes);
  const described = await describe(db, sample, ` SETTINGS ${facts.settings}`);
  const columns = new Map(described.map(({ name, type }) => [name, isText ? "Nullable(String)" : type]));
  const structure = [...columns].map(([name, type]) => `${identifier(name)} ${type}`).join(", ");
  const headerLines = format === "CSVWithNames" ? 1 : 0;
  if (!db.isEmbedded) return { ...(await stageFile(db, facts, structure)), columns, headerLines };
  return {
    from: `file(${place}, ${isText ? quote(structure) : "'auto'"}, '${packing}')`,
    settings: facts.settings,
    columns,
    headerLines,
    rowNumber: "rowNumberInAllBlocks()",
    close: async () => {},
  };
}

async function describe(
  db: Database,
  { from, params }: { from: string; params: Record<string, string> },
  tail: string,
): Promise<{ name: string; type: string }[]> {
  return await readable(() =>
    db.query({
      name: "import/describe-file",
      sql: `DESCRIBE TABLE ${from}${tail}`,
      params,
      row: z.object({ name: z.string(), type: z.string() }),
    }),
  );
}

async function readHead(path: string): Promise<{ bytes: Buffer; isGzip: boolean }> {
  const file = await open(path, "r");
  const first = Buffer.alloc(2);
  await file.read(first, 0, 2, 0);
  await file.close();
  const isGzip = first[0] === 0x1f && first[1] === 0x8b;
  const stream = createReadStream(path, { end: HEAD_BYTES - 1 });
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of isGzip ? stream.pipe(createGunzip()) : stream) {
      if (Buffer.isBuffer(chunk)) chunks.push(chunk);
    }
  } catch {
    // Cut in the middle of the packing: what came is enough.
  }
  return { bytes: Buffer.concat(chunks), isGzip };
}

/** By the marks that files of the format begin with. */
function formatOf(head: Buffer): Format {
  if (head.subarray(0, 4).toString("latin1") === "PAR1") return "Parquet";
  if (head.subarray(0, 6).toString("latin1") === "ARROW1") return "Arrow";
  if (head.length >= 4 && head.readUInt32LE(0) === 0xffffffff) return "ArrowStream";
  return /^\s*\{/.test(head.toString("utf8").replace(/^\uFEFF/, "")) ? "JSONEachRow" : "CSVWithNames";
}

/** The one of the usual delimiters that the header has most of. */
function delimiterOf(head: Buffer): string {
  const [header = ""] = head.toString("utf8").split("\n", 1);
  const counts = [",", ";", "\t", "|"].map((one) => ({ one, count: header.split(one).length }));
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).one;
}
