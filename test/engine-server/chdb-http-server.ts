import { randomUUID } from "node:crypto";
import { createWriteStream, mkdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { createGunzip, gunzipSync, gzipSync } from "node:zlib";
import { Session } from "chdb";

/**
 * Enough of ClickHouse's HTTP interface over one chDB directory for @clickhouse/client, so that processes of a split
 * deployment can be tested without a ClickHouse server: query in the URL or the body, `param_*`, settings, `database`,
 * formats, gzip both ways, errors with code and status, /ping. Users and passwords are not looked at.
 */
export async function startChdbHttpServer(config: {
  path: string;
  port?: number;
}): Promise<{ url: string; stop: () => Promise<void> }> {
  mkdirSync(config.path, { recursive: true });
  // Holds the engine between requests, each of which has a session of its own: nothing leaks from one to the next.
  const keeper = new Session(config.path);
  const server = createServer((request, response) => {
    answer(config.path, request, response).catch((error: unknown) => sendError(response, error));
  });
  server.requestTimeout = 0;
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(config.port ?? 0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      keeper.close();
    },
  };
}

/** Parameters of the URL that are not settings of the engine. */
const NOT_SETTINGS = new Set([
  "query",
  "query_id",
  "database",
  "default_format",
  "session_id",
  "user",
  "password",
  "role",
  "wait_end_of_query",
  "buffer_size",
  "compress",
  "decompress",
  "enable_http_compression",
  "http_zlib_compression_level",
  "send_progress_in_http_headers",
  "http_headers_progress_interval_ms",
]);

const UNLIMITED = "max_query_size = 1000000000";

async function answer(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", "http://localhost");
  const loading = url.searchParams.get("query") ?? "";
  if (INPUT.test(loading)) {
    await loadFile(path, request, url, loading);
    response.writeHead(200, { "content-type": "text/plain" }).end();
    return;
  }
  const body = await readBody(request, url.searchParams);
  // Of a form only now.
  const inUrl = url.searchParams.get("query");
  if (url.pathname === "/ping" || (inUrl === null && body === "")) {
    response.writeHead(200, { "content-type": "text/plain" }).end("Ok.\n");
    return;
  }
  const session = new Session(path);
  try {
    const database = url.searchParams.get("database") ?? headerOf(request, "x-clickhouse-database");
    if (database !== undefined) await session.queryAsync(`USE \`${database.replaceAll("`", "")}\``);
    // Parameters become a SET statement here; over ClickHouse's own interface their length counts for nothing.
    const set = `SET ${settingsOf(url.searchParams).join(", ")}`;
    if (set.length > 200_000) await session.queryAsync(`SET ${UNLIMITED}`);
    await session.queryAsync(set);
    const format = url.searchParams.get("default_format") ?? headerOf(request, "x-clickhouse-format");
    const sql = inUrl === null ? body : body === "" ? inUrl : `${inUrl}\n${body}`;
    const result = await session.queryAsync(sql, { format: format ?? "TabSeparated" });
    send(request, response, url, result.bytes());
  } finally {
    session.close();
  }
}

/** `… FROM input('structure') … FORMAT Name`, with the file as the body. */
const INPUT = /\binput\(('(?:[^'\\]|\\.)*')\)(.*)\bFORMAT (\w+)\s*$/s;

/** chDB takes no bytes with a statement: they go through a file. */
async function loadFile(path: string, request: IncomingMessage, url: URL, sql: string): Promise<void> {
  const file = join(tmpdir(), `chdb-load-${randomUUID()}`);
  const isGzip = request.headers["content-encoding"] === "gzip";
  const session = new Session(path);
  try {
    await pipeline(isGzip ? request.pipe(createGunzip()) : request, createWriteStream(file));
    const database = url.searchParams.get("database");
    if (database !== null) await session.queryAsync(`USE \`${database.replaceAll("`", "")}\``);
    await session.queryAsync(`SET ${UNLIMITED}`);
    await session.queryAsync(
      sql.replace(
        INPUT,
        (_, structure: string, tail: string, format: string) =>
          `file(${literal(file)}, '${format}', ${structure})${tail}`,
      ),
    );
  } finally {
    session.close();
    await rm(file, { force: true });
  }
}

/** Settings and parameters as a SET statement has them. */
function settingsOf(parameters: URLSearchParams): string[] {
  const settings = [UNLIMITED];
  for (const [name, value] of parameters) {
    if (NOT_SETTINGS.has(name)) continue;
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
      throw new Error(`Code: 115. DB::Exception: Unknown setting ${name}. (UNKNOWN_SETTING)`);
    settings.push(`${name} = ${literal(value)}`);
  }
  return settings;
}

function send(request: IncomingMessage, response: ServerResponse, url: URL, bytes: Uint8Array): void {
  const headers: Record<string, string> = {
    "content-type": "text/plain; charset=UTF-8",
    "x-clickhouse-query-id": url.searchParams.get("query_id") ?? "",
    "x-clickhouse-server-display-name": "chdb",
    "x-clickhouse-timezone": "UTC",
    "x-clickhouse-summary": "{}",
  };
  const isGzip =
    url.searchParams.get("enable_http_compression") === "1" &&
    /\bgzip\b/.test(request.headers["accept-encoding"] ?? "");
  if (isGzip) headers["content-encoding"] = "gzip";
  response.writeHead(200, headers).end(isGzip ? gzipSync(bytes, { level: 1 }) : Buffer.from(bytes));
}

function sendError(response: ServerResponse, error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  const code = /Code: (\d+)/.exec(message)?.[1] ?? "1001";
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response
    .writeHead(statusOf(code), {
      "content-type": "text/plain; charset=UTF-8",
      "x-clickhouse-exception-code": code,
    })
    .end(`${message} (version 26.7.2.1)\n`);
}

/** As ClickHouse's HTTPHandler answers: 404 for what does not exist, 400 for what cannot be read. */
function statusOf(code: string): number {
  if (["46", "47", "60", "81"].includes(code)) return 404;
  if (["6", "26", "27", "38", "41", "43", "62", "115"].includes(code)) return 400;
  return 500;
}

/** The body's text. Of a form, as the client sends it for long parameters, the parts join those of the URL. */
async function readBody(request: IncomingMessage, parameters: URLSearchParams): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const packed = Buffer.concat(chunks);
  const bytes = request.headers["content-encoding"] === "gzip" ? gunzipSync(packed) : packed;
  const contentType = request.headers["content-type"] ?? "";
  if (!contentType.startsWith("multipart/form-data")) return bytes.toString("utf8");
  const form = await new Response(bytes, { headers: { "content-type": contentType } }).formData();
  for (const [name, value] of form) if (typeof value === "string") parameters.set(name, value);
  return "";
}

function headerOf(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === "string" ? value : undefined;
}

function literal(value: string): string {
  return `'${value.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
}

// As a process of its own: node dist/test-engine-server/chdb-http-server.js --path DIR [--port 0]
if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { values } = parseArgs({
    options: { path: { type: "string" }, port: { type: "string", default: "0" } },
  });
  if (values.path === undefined) throw new Error("--path DIR is missing");
  const server = await startChdbHttpServer({ path: values.path, port: Number(values.port) });
  console.log(JSON.stringify({ url: server.url, port: Number(new URL(server.url).port) }));
  const stop = () => void server.stop().then(() => process.exit(0));
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}
