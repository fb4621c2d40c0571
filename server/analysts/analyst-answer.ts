import { randomBytes } from "node:crypto";
import { Readable, type Transform } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import { constants, createBrotliCompress, createDeflate, createGzip } from "node:zlib";
import type { AnalystAnswer } from "../../sql/analysts/analyst-engine.ts";
import { OPEN_FORMATS } from "../../sql/analysts/open-formats.ts";
import { toBlocks } from "./blocks/blocks.ts";

/** Fast: an answer is made once. */
const LEVEL = 3;

/** An answer that breaks off has so long to send the reason before its connection is cut. */
const LAST_WORDS_MS = 50;
/** Answers that a client does not read are given up after so long. */
const MAX_READING_MS = 15 * 60_000;

/** The encoding of an answer, of those that the client takes; null for none. */
export function chooseEncoding(
  accepted: string | undefined,
  isCompressible: boolean,
): "gzip" | "deflate" | "br" | null {
  if (!isCompressible || accepted === undefined) return null;
  const names = new Set(accepted.split(",").map((part) => part.split(";")[0]?.trim()));
  return (["br", "gzip", "deflate"] as const).find((name) => names.has(name)) ?? null;
}

/** Headers that every answer has, whether it went well or not. */
export function commonHeaders(facts: { queryId: string; requestId: string }): Record<string, string> {
  return {
    "x-clickhouse-query-id": facts.queryId,
    "x-clickhouse-server-display-name": "onhand",
    "x-clickhouse-timezone": "UTC",
    "x-request-id": facts.requestId,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "content-security-policy": "sandbox; default-src 'none'",
  };
}

/**
 * The answer as it goes out. What fails once it has begun is written behind the rows as ClickHouse does (a block with the tag of the
 * header), and the connection is cut so that nobody takes it for whole.
 */
export function toResponse(
  answer: AnalystAnswer,
  facts: {
    encoding: "gzip" | "deflate" | "br" | null;
    /** In blocks of ClickHouse's own: within the encoding, where there are both. */
    inBlocks: boolean;
    headers: Record<string, string>;
    onFailure(error: unknown): string;
  },
): Response {
  const tag = randomBytes(8).toString("hex");
  const whole = withFailure(answer.bytes, { tag, describe: facts.onFailure, inBlocks: facts.inBlocks });
  const source = Readable.from(whole, { objectMode: false });
  const packer = facts.encoding === null ? null : createPacker(facts.encoding);
  if (packer !== null) source.on("error", (error) => packer.destroy(error));
  const out = packer === null ? source : source.pipe(packer);
  const timer = setTimeout(() => out.destroy(new Error("the answer was not read in time")), MAX_READING_MS);
  out.once("close", () => {
    clearTimeout(timer);
    source.destroy();
    void answer.close();
  });
  // A client that leaves destroys the stream; there is nobody to tell.
  out.on("error", () => {});
  // Node's own web streams and those of the types library are the same.
  const body = Readable.toWeb(out) as unknown as ReadableStream<Uint8Array>;
  return new Response(body, {
    headers: {
      ...facts.headers,
      "content-type":
        (facts.inBlocks ? undefined : OPEN_FORMATS[answer.format]) ?? "application/octet-stream",
      "x-clickhouse-format": answer.format,
      "x-clickhouse-summary": summaryOf(answer),
      "x-clickhouse-exception-tag": tag,
      ...(facts.encoding === null ? {} : { "content-encoding": facts.encoding, vary: "Accept-Encoding" }),
    },
  });
}

function createPacker(encoding: "gzip" | "deflate" | "br"): Transform {
  switch (encoding) {
    case "gzip":
      return createGzip({ level: LEVEL });
    case "deflate":
      return createDeflate({ level: LEVEL });
    case "br":
      return createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: LEVEL } });
    default: {
      const nothing: never = encoding;
      throw new Error(`no encoding ${String(nothing)}`);
    }
  }
}

/** What was read, where the query has ended; of one that goes on, nothing yet. */
function summaryOf(answer: AnalystAnswer): string {
  const counts = answer.counts();
  return JSON.stringify({
    read_rows: String(counts?.rows ?? 0),
    read_bytes: String(counts?.bytes ?? 0),
    written_rows: "0",
    written_bytes: "0",
    total_rows_to_read: "0",
    result_rows: "0",
    result_bytes: "0",
    elapsed_ns: String(Math.round((counts?.elapsedMs ?? 0) * 1_000_000)),
  });
}

async function* withFailure(
  bytes: AsyncIterable<Uint8Array>,
  { tag, describe, inBlocks }: { tag: string; describe(error: unknown): string; inBlocks: boolean },
): AsyncGenerator<Uint8Array> {
  const failures: unknown[] = [];
  const told = async function* (): AsyncGenerator<Uint8Array> {
    try {
      yield* bytes;
    } catch (error) {
      failures.push(error);
      const text = describe(error);
      const length = Buffer.byteLength(text);
      yield Buffer.from(`\r\n__exception__\r\n${tag}\r\n${text}${length} ${tag}\r\n__exception__\r\n`);
    }
  };
  yield* inBlocks ? toBlocks(told()) : told();
  if (failures.length === 0) return;
  await wait(LAST_WORDS_MS);
  throw failures[0];
}
