import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";
import { AnalystRefusal } from "../../sql/analysts/analyst-refusal.ts";
import { BlockError, fromBlocks } from "./blocks/blocks.ts";
import type { AnalystQuery } from "../../sql/analysts/prepare-query.ts";

export const MAX_QUERY_BYTES = 256 * 1024;
const MAX_BODY_BYTES = 4 * 1024 * 1024;

/** Of the URL: what speaks of the connection and not of the query. What is named here and not used is taken and left out. */
const OF_THE_CONNECTION = new Set(
  (
    "query query_id database default_format session_id session_timeout session_check role quota_key compress decompress " +
    "user password client_protocol_version add_http_cors_header stacktrace"
  ).split(" "),
);

export type AnalystRequest = { query: AnalystQuery; queryId: string; isCompressible: boolean };

/** Whether the URL asks for the answer in blocks of ClickHouse's own, as JDBC drivers do. */
export const wantsBlocks = (url: string): boolean => isOn(new URL(url).searchParams.get("compress"));

const isOn = (value: string | null | undefined): boolean => ["1", "true"].includes(value ?? "");

/**
 * A request of ClickHouse's HTTP interface: query in the URL, the body or both; values as `param_…`; the rest of the URL
 * are settings. A multipart body has values too long for a URL. Throws `AnalystRefusal`.
 */
export async function readAnalystRequest(request: Request, database: string): Promise<AnalystRequest> {
  const inUrl = new URL(request.url).searchParams;
  const { text: body, form } = await readBody(request, isOn(inUrl.get("decompress")));
  const all = new Map([...inUrl, ...form]);
  const header = (name: string) => request.headers.get(`x-clickhouse-${name}`) ?? undefined;
  assertDatabase(all.get("database") ?? header("database"), database);
  const first = all.get("query") ?? "";
  const text = first === "" ? body : body === "" ? first : `${first}\n${body}`;
  if (Buffer.byteLength(text) > MAX_QUERY_BYTES) {
    throw new AnalystRefusal("QUERY_IS_TOO_LARGE", `A query has at most ${MAX_QUERY_BYTES} bytes`);
  }
  const params = new Map<string, string>();
  const settings = new Map<string, string>();
  for (const [name, value] of all) {
    if (name.startsWith("param_")) params.set(name.slice("param_".length), value);
    else if (!OF_THE_CONNECTION.has(name)) settings.set(name, value);
  }
  return {
    query: {
      text,
      defaultFormat: all.get("default_format") ?? header("format") ?? "TabSeparated",
      settings,
      params,
    },
    queryId: cleanId(all.get("query_id") ?? header("query-id")),
    isCompressible: isOn(all.get("enable_http_compression")),
  };
}

/** The one database; `default` is what clients send that were told none. */
function assertDatabase(asked: string | undefined, database: string): void {
  if (asked === undefined || [database, "default", ""].includes(asked)) return;
  throw new AnalystRefusal("UNKNOWN_DATABASE", `Database ${asked.slice(0, 64)} does not exist`);
}

/** An id that may stand in a header. */
function cleanId(asked: string | undefined): string {
  return asked !== undefined && /^[\w.:-]{1,128}$/.test(asked) ? asked : crypto.randomUUID();
}

async function readBody(
  request: Request,
  isInBlocks: boolean,
): Promise<{ text: string; form: Map<string, string> }> {
  const form = new Map<string, string>();
  if (request.body === null) return { text: "", form };
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body) {
    length += chunk.byteLength;
    if (length > MAX_BODY_BYTES)
      throw new AnalystRefusal("QUERY_IS_TOO_LARGE", `A body has at most ${MAX_BODY_BYTES} bytes`);
    chunks.push(chunk);
  }
  const sent = unpack(Buffer.concat(chunks), request.headers.get("content-encoding") ?? "");
  const bytes = isInBlocks ? outOfBlocks(sent) : sent;
  const contentType = request.headers.get("content-type") ?? "";
  if (!contentType.startsWith("multipart/form-data")) return { text: bytes.toString("utf8"), form };
  try {
    const parts = await new Response(new Uint8Array(bytes), {
      headers: { "content-type": contentType },
    }).formData();
    for (const [name, value] of parts) {
      if (typeof value !== "string")
        throw new AnalystRefusal("READONLY", "Files and tables are not taken in here");
      form.set(name, value);
    }
  } catch (error) {
    if (error instanceof AnalystRefusal) throw error;
    throw new AnalystRefusal("BAD_ARGUMENTS", "The multipart body cannot be read");
  }
  return { text: "", form };
}

/** A body of ClickHouse's own blocks, each held to its checksum. */
function outOfBlocks(bytes: Buffer): Buffer {
  try {
    return fromBlocks(bytes, MAX_BODY_BYTES);
  } catch (error) {
    if (!(error instanceof BlockError)) throw error;
    throw new AnalystRefusal(error.codeName, `decompress=1: ${error.message}`);
  }
}

function unpack(bytes: Buffer, encoding: string): Buffer {
  const limit = { maxOutputLength: MAX_BODY_BYTES };
  try {
    switch (encoding.trim().toLowerCase()) {
      case "":
      case "identity":
        return bytes;
      case "gzip":
        return gunzipSync(bytes, limit);
      case "deflate":
        return inflateSync(bytes, limit);
      case "br":
        return brotliDecompressSync(bytes, limit);
      default:
        throw new AnalystRefusal("NOT_IMPLEMENTED", "Bodies may be packed with gzip, deflate or br");
    }
  } catch (error) {
    if (error instanceof AnalystRefusal) throw error;
    throw new AnalystRefusal(
      "QUERY_IS_TOO_LARGE",
      `The body cannot be unpacked to at most ${MAX_BODY_BYTES} bytes`,
    );
  }
}
