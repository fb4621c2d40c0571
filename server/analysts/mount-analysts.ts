import type { Context, Hono } from "hono";
import type { Logger } from "pino";
import type { Registry } from "prom-client";
import { AnalystRefusal } from "../../sql/analysts/analyst-refusal.ts";
import type { AnalystEngine } from "../../sql/analysts/analyst-engine.ts";
import { toProblemResponse } from "../http/answers.ts";
import type { Identify } from "../http/identify.ts";
import { headerOf, hostOf } from "../http/request-facts.ts";
import { newRequestId } from "../http/request-id.ts";
import { createTurns, type NoTurn, type Turns } from "../http/turns.ts";
import { HttpProblem } from "../problems.ts";
import { chooseEncoding, commonHeaders, toResponse } from "./analyst-answer.ts";
import { identifyAnalyst } from "./analyst-caller.ts";
import { toAnalystError } from "./analyst-error.ts";
import { createAnalystMetrics } from "./analyst-metrics.ts";
import { readAnalystRequest, wantsBlocks } from "./analyst-request.ts";
import { toBlock } from "./blocks/blocks.ts";

export type AnalystDeps = {
  engine: AnalystEngine;
  /** Queries that run at once, of all keys. */
  maxRunning: number;
  identify: Identify;
  checkHost(host: string): void;
  registry: Registry;
  logger: Logger;
};

/** Of one key, running and waiting: a page of charts asks many at once. */
const MAX_OF_KEY = 12;
const MAX_WAITING = 30;
const MAX_WAIT_MS = 30_000;

/**
 * ClickHouse's HTTP interface for analysts, read-only: `GET|POST /clickhouse/` and `/clickhouse/ping`. It speaks ClickHouse's errors
 * and headers and not problem+json, so it stands beside the list of routes.
 */
export function mountAnalysts(app: Hono, deps: AnalystDeps): void {
  const slots = createTurns({
    maxRunning: deps.maxRunning,
    maxWaiting: MAX_WAITING,
    maxOfKey: MAX_OF_KEY,
    maxWaitMs: MAX_WAIT_MS,
    refuse: tooMany,
  });
  const metrics = createAnalystMetrics(deps.registry, slots);
  const handle = (context: Context) => answer(context, { ...deps, slots, metrics });
  app.on(["GET", "HEAD"], ["/clickhouse/ping", "/clickhouse/replicas_status"], (context) =>
    ping(context, deps),
  );
  app.on(["GET", "POST"], ["/clickhouse", "/clickhouse/"], handle);
}

function tooMany({ of, limit }: NoTurn): AnalystRefusal {
  return of === "key"
    ? new AnalystRefusal(
        "TOO_MANY_SIMULTANEOUS_QUERIES",
        `This key has ${limit} queries running or waiting; wait for one of them`,
        { retryAfterSeconds: 1, isOwnDoing: true },
      )
    : new AnalystRefusal(
        "TOO_MANY_SIMULTANEOUS_QUERIES",
        `${limit} queries of analysts run already, and others wait`,
        { retryAfterSeconds: 5, isOwnDoing: false },
      );
}

/** Says that the server is there, as ClickHouse does, to anybody. */
function ping(context: Context, deps: AnalystDeps): Response {
  try {
    deps.checkHost(hostOf(context));
    return new Response("Ok.\n", {
      headers: { "content-type": "text/html; charset=UTF-8", "cache-control": "no-store" },
    });
  } catch (error) {
    if (error instanceof HttpProblem) return toProblemResponse(error, newRequestId());
    throw error;
  }
}

type Desk = AnalystDeps & {
  slots: Turns;
  metrics: ReturnType<typeof createAnalystMetrics>;
};

async function answer(context: Context, desk: Desk): Promise<Response> {
  const requestId = newRequestId();
  const startedMs = performance.now();
  const facts = { queryId: requestId, requestId };
  const { signal } = context.req.raw;
  // Of what is wrong with who asks ClickHouse tells in plain text; of all else in blocks, where they are asked for.
  let inBlocks = false;
  let keyId = "";
  try {
    desk.checkHost(hostOf(context));
    const caller = await identifyAnalyst(
      { method: context.req.method, host: hostOf(context), header: (name) => headerOf(context, name) },
      desk.identify,
    );
    keyId = caller.keyId;
    inBlocks = wantsBlocks(context.req.url);
    const request = await readAnalystRequest(context.req.raw, desk.engine.database);
    facts.queryId = request.queryId;
    if (request.query.text.trim() === "") return emptyAnswer(facts);
    const giveBack = await desk.slots.take(keyId, signal);
    const found = await desk.engine.run(request.query, signal, giveBack);
    desk.metrics.observe("answered", performance.now() - startedMs);
    desk.logger.info(
      { requestId, keyId, queryId: facts.queryId, tookMs: performance.now() - startedMs },
      "analyst's query",
    );
    return toResponse(found, {
      inBlocks,
      encoding: chooseEncoding(headerOf(context, "accept-encoding"), request.isCompressible),
      headers: commonHeaders(facts),
      onFailure: (error) => describeLate(error, desk),
    });
  } catch (error) {
    if (error instanceof HttpProblem) return toProblemResponse(error, requestId);
    const version = await desk.engine.version().catch(() => "unknown");
    const told = toAnalystError(error, { version, tidy: desk.engine.tidy });
    const tookMs = performance.now() - startedMs;
    desk.metrics.observe(outcomeOf(error, told?.code, signal), tookMs);
    if (told === null && signal.aborted) desk.logger.info({ requestId, keyId, tookMs }, "analyst left");
    else if (told === null) desk.logger.error({ requestId, keyId, err: error }, "analyst's query failed");
    else
      desk.logger.info(
        { requestId, keyId, queryId: facts.queryId, exceptionCode: told.code, tookMs },
        "analyst's query refused",
      );
    const text =
      told?.text ?? `Code: 1001. DB::Exception: The request ${requestId} failed. (STD_EXCEPTION)\n`;
    return new Response(inBlocks ? new Uint8Array(toBlock(Buffer.from(text))) : text, {
      status: told?.status ?? 500,
      headers: {
        ...commonHeaders(facts),
        "x-clickhouse-exception-code": "1001",
        ...told?.headers,
        "content-type": inBlocks ? "application/octet-stream" : "text/plain; charset=UTF-8",
      },
    });
  }
}

/** ClickHouse answers a request without a query in this way, and clients ask so whether it is there. */
function emptyAnswer(facts: { queryId: string; requestId: string }): Response {
  return new Response("Ok.\n", {
    headers: { ...commonHeaders(facts), "content-type": "text/plain; charset=UTF-8" },
  });
}

function describeLate(error: unknown, desk: Desk): string {
  desk.metrics.observe("failed", 0);
  const told = toAnalystError(error, { version: "", tidy: desk.engine.tidy });
  return told?.text ?? "Code: 1001. DB::Exception: The query failed. (STD_EXCEPTION)\n";
}

function outcomeOf(
  error: unknown,
  code: number | undefined,
  signal: AbortSignal,
): "refused" | "failed" | "left" | "busy" {
  if (signal.aborted) return "left";
  if (code === 202) return "busy";
  return error instanceof AnalystRefusal ? "refused" : "failed";
}
