import { pipeline, Readable, type Transform } from "node:stream";
import { createGunzip } from "node:zlib";
import { parse } from "csv-parse";
import type { ColumnMapping } from "./column-mapping.ts";
import { ImportFailure } from "./import-failure.ts";
import type { RejectedRow } from "./import-report.ts";

/** A row of the file under our names; `extra` holds the columns that have none. Empty cells are left out. */
export type SourceRow = {
  line: number;
  original: string;
  fields: Readonly<Record<string, string>>;
  extra: Readonly<Record<string, string>>;
};

/** Longer rows are taken for a quote that is never closed. */
const MAX_ROW_CHARACTERS = 1_000_000;

/**
 * The rows of a CSV or NDJSON stream, packed with gzip or not, one at a time with flat memory. A row that cannot be
 * read comes out as a rejected one (it has a `code`); a stream that cannot be read on throws `ImportFailure`.
 */
export async function* readRows(
  stream: AsyncIterable<Uint8Array>,
  options: {
    format: "csv" | "ndjson" | undefined;
    mapping: ColumnMapping;
    onBytes: (bytes: number) => void;
  },
): AsyncGenerator<SourceRow | RejectedRow> {
  try {
    const packed = await takeFirst(counted(stream, options.onBytes));
    // Packed or not is told by the first two bytes, not by a name.
    const isGzip = packed.first[0] === 0x1f && packed.first[1] === 0x8b;
    const plain = isGzip ? await takeFirst(through(packed.all, createGunzip())) : packed;
    const head = plain.first.toString("utf8").replace(/^\uFEFF/, "");
    const format = options.format ?? (/^\s*\{/.test(head) ? "ndjson" : "csv");
    if (format === "ndjson") yield* readNdjson(plain.all, options.mapping);
    else yield* readCsv(plain.all, options.mapping, delimiterOf(head));
  } catch (error) {
    if (error instanceof ImportFailure) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new ImportFailure("unreadable_file", `the file cannot be read on: ${message}`);
  }
}

async function* counted(
  stream: AsyncIterable<Uint8Array>,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  for await (const chunk of stream) {
    onBytes(chunk.length);
    yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  }
}

async function takeFirst(
  chunks: AsyncIterable<Buffer>,
): Promise<{ first: Buffer; all: AsyncGenerator<Buffer> }> {
  const iterator = chunks[Symbol.asyncIterator]();
  let first = Buffer.alloc(0);
  while (first.length < 2) {
    const next = await iterator.next();
    if (next.done === true) break;
    first = Buffer.concat([first, next.value]);
  }
  async function* all(): AsyncGenerator<Buffer> {
    try {
      yield first;
      for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) {
        yield next.value;
      }
    } finally {
      await iterator.return?.();
    }
  }
  return { first, all: all() };
}

/** Errors of the source come out of the transform; the callback only keeps them from being thrown a second time. */
function through<T extends Transform>(chunks: AsyncIterable<Buffer>, transform: T): T {
  pipeline(Readable.from(chunks, { objectMode: false }), transform, () => undefined);
  return transform;
}

const DELIMITERS = [",", ";", "\t", "|"] as const;

function delimiterOf(head: string): string {
  const header = head.split("\n", 1)[0] ?? "";
  const counts = DELIMITERS.map((delimiter) => header.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ",";
}

/** What csv-parse gives with `raw`; its own types do not follow the options. */
type CsvEntry = { record: string[]; raw: string };

const NOTHING: Readonly<Record<string, string>> = {};

async function* readCsv(
  chunks: AsyncIterable<Buffer>,
  mapping: ColumnMapping,
  delimiter: string,
): AsyncGenerator<SourceRow | RejectedRow> {
  const parser = through(
    chunks,
    parse({
      bom: true,
      delimiter,
      raw: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      max_record_size: MAX_ROW_CHARACTERS,
    }),
  );
  let columns: string[] | null = null;
  let targets: (string | null)[] = [];
  let nextLine = 1;
  for await (const entry of parser) {
    const { record, raw } = entry as CsvEntry;
    // The text of a record comes with the empty lines before it.
    const original = raw.replace(/^[\r\n]+|[\r\n]+$/g, "");
    const line = nextLine + countLineEnds(raw, raw.indexOf(original.charAt(0)));
    nextLine += countLineEnds(raw, raw.length);
    if (columns === null) {
      columns = record.map((column) => column.trim());
      targets = mapping.ofHeader(columns);
    } else if (record.length === columns.length) {
      const { fields, extra } = toFields(record, columns, targets);
      yield { line, original, fields, extra };
    } else {
      const detail = `the row has ${record.length} columns, the header ${columns.length}`;
      yield { line, original, code: "column_count", detail };
    }
  }
  if (columns === null)
    throw new ImportFailure("empty_file", "the file is empty; a CSV begins with a header");
}

function toFields(
  record: readonly string[],
  columns: readonly string[],
  targets: readonly (string | null)[],
): Pick<SourceRow, "fields" | "extra"> {
  const fields: Record<string, string> = {};
  let extra: Record<string, string> | null = null;
  for (let at = 0; at < record.length; at += 1) {
    const value = record[at]?.trim() ?? "";
    if (value === "") continue;
    const target = targets[at] ?? null;
    if (target !== null) fields[target] = value;
    else {
      extra ??= {};
      extra[columns[at] ?? ""] = value;
    }
  }
  return { fields, extra: extra ?? NOTHING };
}

function countLineEnds(text: string, end: number): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at !== -1 && at < end; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
}

async function* readNdjson(
  chunks: AsyncIterable<Buffer>,
  mapping: ColumnMapping,
): AsyncGenerator<SourceRow | RejectedRow> {
  let line = 0;
  for await (const text of linesOf(chunks)) {
    line += 1;
    const original = line === 1 ? text.replace(/^\uFEFF/, "") : text;
    if (original.trim() === "") continue;
    yield readObject(line, original, mapping);
  }
}

function readObject(line: number, original: string, mapping: ColumnMapping): SourceRow | RejectedRow {
  let value: unknown;
  try {
    value = JSON.parse(original);
  } catch (error) {
    return { line, original, code: "invalid_json", detail: error instanceof Error ? error.message : "" };
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return { line, original, code: "invalid_json", detail: "a line must be one JSON object" };
  }
  const fields: Record<string, string> = {};
  const extra: Record<string, string> = {};
  for (const [name, member] of Object.entries(value)) {
    const text = toText(member);
    if (text === "") continue;
    const target = mapping.find(name);
    if (target === null) extra[name] = text;
    else fields[target] ??= text;
  }
  return { line, original, fields, extra };
}

function toText(value: unknown): string {
  if (typeof value === "string") return value.trim();
  if (value === null || value === undefined) return "";
  return JSON.stringify(value) ?? "";
}

async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    if (rest.length > MAX_ROW_CHARACTERS) {
      throw new ImportFailure("unreadable_file", `a line has more than ${MAX_ROW_CHARACTERS} characters`);
    }
    for (const line of lines) yield line.endsWith("\r") ? line.slice(0, -1) : line;
  }
  if (rest !== "") yield rest;
}
