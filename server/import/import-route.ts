import { Hono } from "hono";
import { refuse } from "../../domain/result.ts";
import type { Database } from "../../sql/database.ts";
import type { PublishEvent } from "../events/event-publisher.ts";
import { toProblemResponse } from "../http/answers.ts";
import { newRequestId } from "../http/request-id.ts";
import { HttpProblem } from "../problems.ts";
import { type ImportOptions, parseImportQuery } from "./import-options.ts";
import { importRecords } from "./import-records.ts";
import { type ImportKind, type ImportReport, importKindSchema } from "./import-report.ts";

/** Master data that an import may change, as announced. */
type ImportedArea = "products" | "locations" | "tags";

export type ImportRouteDeps = {
  /** One of its own: the steps of an import then hold up no other statement. */
  db: Database;
  publishEvent: PublishEvent;
  nowMs: () => number;
  /** Called after an import that stored something, so that copies of master data are renewed and the change is on record. */
  noteImport: (changed: readonly ImportedArea[], report: ImportReport) => Promise<void>;
};

/**
 * `POST /v1/admin/imports/{kind}?source=…&map=field=Column…` with the file as its body. The answer begins at once and has a
 * line of JSON for each step: `{type: "progress", …}`, `{type: "rejected", …}`, and at the end `{type: "report", …}`.
 * Without that last line the import broke off. Rights are checked by whoever mounts it: admin only.
 */
export function createImportRoute(deps: ImportRouteDeps): Hono {
  const app = new Hono();
  app.post("/v1/admin/imports/:kind", (context) => {
    const kind = importKindSchema.safeParse(context.req.param("kind"));
    const options = kind.success
      ? parseImportQuery(new URL(context.req.url).searchParams)
      : refuse(
          "invalid_kind",
          `"${context.req.param("kind")}" is none of ${importKindSchema.options.join(", ")}`,
        );
    const body = context.req.raw.body;
    if (!kind.success || !options.ok || body === null) {
      const detail = options.ok ? "The request has no body." : options.detail;
      return toProblemResponse(new HttpProblem("invalid_request", detail), newRequestId(), undefined);
    }
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const lines = createLineWriter(writable.getWriter());
    void answer(kind.data, body, options.value, lines, deps);
    return new Response(readable, { headers: { "content-type": "application/x-ndjson; charset=utf-8" } });
  });
  return app;
}

async function answer(
  kind: ImportKind,
  body: ReadableStream<Uint8Array>,
  options: ImportOptions,
  lines: LineWriter,
  deps: ImportRouteDeps,
): Promise<void> {
  try {
    const report = await importRecords(kind, body, options, {
      db: deps.db,
      publishEvent: deps.publishEvent,
      now: deps.nowMs,
      onProgress: (progress) => lines.writeWhenFree({ type: "progress", ...progress }),
      writeRejected: async (row) => await lines.write({ type: "rejected", ...row }),
    });
    const changed = changedTables(report);
    if (changed.length > 0) await deps.noteImport(changed, report);
    await lines.write({ type: "report", ...report });
    await lines.close();
  } catch (error) {
    await lines.abort(error);
  }
}

function changedTables(report: ImportReport): ImportedArea[] {
  if (report.kind === "locations" && report.accepted > 0) return ["locations"];
  if (report.kind === "tag-mappings" && report.accepted > 0) return ["tags"];
  if (report.productsCreated > 0 || (report.kind === "products" && report.accepted > 0)) return ["products"];
  return [];
}

type LineWriter = ReturnType<typeof createLineWriter>;

function createLineWriter(writer: WritableStreamDefaultWriter<Uint8Array>) {
  const encoder = new TextEncoder();
  const write = async (line: object) => {
    await writer.ready;
    await writer.write(encoder.encode(`${JSON.stringify(line)}\n`));
  };
  return {
    /** Rejects when the client has gone, which ends the import. */
    write,
    /** Left out when the client is behind: the next progress says more. */
    writeWhenFree(line: object): void {
      if ((writer.desiredSize ?? 0) > 0) write(line).catch(() => undefined);
    },
    close: async () => await writer.close(),
    abort: async (reason: unknown) => {
      await writer.abort(reason).catch(() => undefined);
    },
  };
}
