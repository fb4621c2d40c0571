import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import type { ImportOptions } from "./import-options.ts";
import {
  type ImportKind,
  type ImportProgress,
  type ImportReport,
  importProgressSchema,
  importReportSchema,
  type RejectedRow,
  rejectedRowSchema,
} from "./import-report.ts";

const lineSchema = z.discriminatedUnion("type", [
  importProgressSchema.extend({ type: z.literal("progress") }),
  rejectedRowSchema.extend({ type: z.literal("rejected") }),
  importReportSchema.extend({ type: z.literal("report") }),
]);

/**
 * Sends a file to a running system's import route and resolves with its report; rejects when the system refuses it or
 * the connection breaks. Not `fetch`: the answer's lines come while the body is still being sent.
 */
export async function streamImport(
  system: { url: string; token: string },
  kind: ImportKind,
  body: Readable,
  options: ImportOptions,
  listen: {
    onProgress: (progress: ImportProgress) => void;
    writeRejected: (row: RejectedRow) => void | Promise<void>;
  },
): Promise<ImportReport> {
  const url = new URL(`/v1/admin/imports/${kind}?${toImportQuery(options)}`, system.url);
  const request = (url.protocol === "https:" ? requestHttps : requestHttp)(url, {
    method: "POST",
    headers: { authorization: `Bearer ${system.token}`, "content-type": "application/octet-stream" },
  });
  const answer = new Promise<Readable & { statusCode?: number | undefined }>((resolve, reject) => {
    request.once("response", resolve);
    request.once("error", reject);
  });
  // A refusal closes the connection in the middle of the body; the answer says more than the broken pipe does.
  pipeline(body, request).catch(() => undefined);
  const response = await answer;
  if (response.statusCode !== 200) throw new Error(await readRefusal(response));

  let report: ImportReport | null = null;
  for await (const text of createInterface({ input: response, crlfDelay: Number.POSITIVE_INFINITY })) {
    const line = lineSchema.parse(JSON.parse(text));
    switch (line.type) {
      case "progress":
        listen.onProgress(line);
        break;
      case "rejected": {
        const { type: _, ...row } = line;
        await listen.writeRejected(row);
        break;
      }
      case "report": {
        const { type: _, ...rest } = line;
        report = rest;
        break;
      }
      default:
        line satisfies never;
    }
  }
  if (report !== null) return report;
  throw new Error(
    "the connection ended before the import's report came. Run the same import again: what was stored is recognised.",
  );
}

async function readRefusal(response: Readable & { statusCode?: number | undefined }): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString("utf8").slice(0, 10_000);
  const problem = z.object({ detail: z.string() }).safeParse(parseJson(text));
  return problem.success
    ? problem.data.detail
    : `the system answered ${response.statusCode}: ${text.slice(0, 500)}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function toImportQuery({ map, mapping, ...options }: ImportOptions): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined) continue;
    if (typeof value === "string") query.set(name, value);
    else if (value.length > 0) query.set(name, value.join(","));
  }
  if (mapping !== undefined) query.set("mapping", JSON.stringify(mapping));
  for (const [field, column] of Object.entries(map)) query.append("map", `${field}=${column}`);
  return query;
}
