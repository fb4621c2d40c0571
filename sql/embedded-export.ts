import { createReadStream, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { joinArrowStreams } from "./join-arrow-streams.ts";
import type { ExportFormat } from "./database.ts";
import { EXPORT_SETTINGS, type Statement } from "./engine.ts";

/** A session of chDB, as far as it is needed here. */
type ExportSession = {
  queryAsync(sql: string): Promise<unknown>;
  queryBindAsync(sql: string, params: object, options: { signal: AbortSignal }): Promise<unknown>;
  queryStreamBind(
    sql: string,
    params: object,
    options: { format: string; signal: AbortSignal },
  ): AsyncIterable<{ raw(): Uint8Array }>;
};

const FOLDER = "export-";
/** Of this process. */
const inUse = new Set<string>();

/**
 * A result as one file. chDB streams a result in pieces, each of them whole in its format: lines simply follow one another, pieces
 * of an Arrow stream are joined, and Parquet, whose end says where everything is, is written to disk first.
 */
export async function* exportRows(
  open: () => Promise<ExportSession & { close(): void }>,
  path: string,
  statement: Statement,
  format: ExportFormat,
): AsyncGenerator<Uint8Array> {
  const session = await open();
  try {
    yield* exported(session, path, statement, format);
  } finally {
    session.close();
  }
}

async function* exported(
  session: ExportSession,
  path: string,
  { sql, params, signal }: Statement,
  format: ExportFormat,
): AsyncGenerator<Uint8Array> {
  for (const [name, value] of Object.entries(EXPORT_SETTINGS)) {
    await session.queryAsync(`SET ${name} = ${typeof value === "number" ? value : `'${value}'`}`);
  }
  if (format === "Parquet") {
    yield* throughFile(session, path, { sql, params, signal });
    return;
  }
  const pieces = rawPieces(session.queryStreamBind(sql, params, { format, signal }));
  yield* format === "ArrowStream" ? joinArrowStreams(pieces) : pieces;
}

async function* rawPieces(chunks: AsyncIterable<{ raw(): Uint8Array }>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) yield chunk.raw();
}

async function* throughFile(
  session: ExportSession,
  path: string,
  { sql, params, signal }: Pick<Statement, "sql" | "params" | "signal">,
): AsyncGenerator<Uint8Array> {
  const folder = mkdtempSync(join(dirname(path), FOLDER));
  inUse.add(folder);
  try {
    const file = join(folder, "rows.parquet");
    const quoted = file.replaceAll("\\", "\\\\").replaceAll("'", "\\'");
    await session.queryBindAsync(`${sql}\nINTO OUTFILE '${quoted}' FORMAT Parquet`, params, { signal });
    for await (const chunk of createReadStream(file)) if (chunk instanceof Uint8Array) yield chunk;
  } finally {
    rmSync(folder, { recursive: true, force: true });
    inUse.delete(folder);
  }
}

/** What a killed process left of its exports. */
export function clearExports(path: string): void {
  const beside = dirname(path);
  for (const name of readdirSync(beside)) {
    const folder = join(beside, name);
    if (name.startsWith(FOLDER) && !inUse.has(folder)) rmSync(folder, { recursive: true, force: true });
  }
}
