import { askSql, type SqlQuestion } from "./ask-sql.ts";

/** What an answer can be taken away as: ClickHouse's format, and the ending of the file. */
export const EXPORT_FORMATS = [
  { label: "CSV", format: "CSVWithNames", ending: "csv" },
  { label: "JSON", format: "JSON", ending: "json" },
  { label: "Arrow", format: "Arrow", ending: "arrow" },
  { label: "Parquet", format: "Parquet", ending: "parquet" },
] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/**
 * The whole answer as a file, which the browser keeps on disk when it is large. A query with a FORMAT of its own is that format. A
 * connection that breaks off throws: half a file is none. `onBytes` hears how much has come.
 */
export async function exportSql(
  question: SqlQuestion,
  wish: ExportFormat,
  { signal, onBytes }: { signal: AbortSignal; onBytes(count: number): void },
): Promise<{ blob: Blob; name: string }> {
  const response = await askSql(question, { format: wish.format, signal });
  let count = 0;
  const counter = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      count += chunk.byteLength;
      onBytes(count);
      controller.enqueue(chunk);
    },
  });
  const blob = await new Response(response.body?.pipeThrough(counter)).blob();
  const format = response.headers.get("x-clickhouse-format") ?? wish.format;
  const ending = EXPORT_FORMATS.find((one) => one.format === format)?.ending ?? "txt";
  return { blob, name: `onhand-${new Date().toISOString().slice(0, 19).replaceAll(":", "")}.${ending}` };
}
