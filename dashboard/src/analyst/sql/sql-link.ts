import { CHART_KINDS, type ChartChoice } from "../chart-choice.ts";

/** What a link to the SQL page carries. Values by the names of parameters. */
export type SqlLink = {
  sql: string;
  values: Readonly<Record<string, string>>;
  chart: ChartChoice | null;
};

/** Longer than what the server takes as a query is no query. */
const MAX_SQL_BYTES = 256 * 1024;
const VALUE = "p.";

/**
 * Everything behind the `#`: browsers never send it, so no server and no proxy writes queries into a log. The query is packed
 * (deflate, base64 for addresses), the rest is plain.
 */
export async function writeSqlLink({ sql, values, chart }: SqlLink): Promise<string> {
  const search = new URLSearchParams({ sql: await pack(sql) });
  for (const [name, value] of Object.entries(values)) search.set(`${VALUE}${name}`, value);
  if (chart !== null) {
    search.set("chart", chart.kind);
    search.set("x", chart.x);
    for (const y of chart.ys) search.append("y", y);
  }
  return `#${search.toString()}`;
}

/** Null for an address without a query, and for one that cannot be read. */
export async function readSqlLink(hash: string): Promise<SqlLink | null> {
  const search = new URLSearchParams(hash.replace(/^#/, ""));
  const packed = search.get("sql");
  if (packed === null || packed === "") return null;
  const sql = await unpack(packed).catch(() => null);
  if (sql === null) return null;
  const values: Record<string, string> = {};
  for (const [name, value] of search) {
    if (name.startsWith(VALUE)) values[name.slice(VALUE.length)] = value;
  }
  const kind = CHART_KINDS.find((one) => one === search.get("chart"));
  const x = search.get("x");
  const chart = kind === undefined || x === null ? null : { kind, x, ys: search.getAll("y") };
  return { sql, values, chart };
}

async function pack(text: string): Promise<string> {
  const bytes = await through(new TextEncoder().encode(text), new CompressionStream("deflate-raw"));
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

async function unpack(packed: string): Promise<string> {
  const binary = atob(packed.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
  const text = await through(bytes, new DecompressionStream("deflate-raw"));
  return new TextDecoder("utf-8", { fatal: true }).decode(text);
}

/** At most as much as a query may have: a link of a few bytes could unpack to gigabytes. */
async function through(
  bytes: Uint8Array<ArrayBuffer>,
  packer: CompressionStream | DecompressionStream,
): Promise<Uint8Array> {
  const stream = new Blob([bytes]).stream().pipeThrough(packer);
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = stream.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    length += next.value.byteLength;
    if (length > MAX_SQL_BYTES) {
      await reader.cancel();
      throw new Error("a query has at most 256 KiB");
    }
    chunks.push(next.value);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}
