import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { readerMappingSchema } from "../../domain/reader-mapping.ts";
import { ok, type Result, refuse } from "../../domain/result.ts";
import { describeIssues } from "../../ingest/adapters/event-fields.ts";
import { isJsonObject } from "../../ingest/adapters/message-parts.ts";
import { type CompiledMapping, compileMapping } from "../../ingest/adapters/mapping/compile-mapping.ts";

/**
 * A mapping file, ready for use; it is called by the file's name. Also taken: the body that the server stores, with
 * `mapping` inside. Refuses `file_unreadable`, `mapping_not_json`, `mapping_invalid`.
 */
export async function readMappingFile(file: string): Promise<Result<CompiledMapping>> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    return refuse("file_unreadable", error instanceof Error ? error.message : String(error));
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return refuse("mapping_not_json", error instanceof Error ? error.message : String(error));
  }
  const mapping = isJsonObject(value) && "mapping" in value ? value["mapping"] : value;
  const parsed = readerMappingSchema.safeParse(mapping);
  if (!parsed.success) return refuse("mapping_invalid", describeIssues(parsed.error));
  return ok(compileMapping(basename(file).replace(/\.json$/, ""), parsed.data));
}
