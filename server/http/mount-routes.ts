import type { Context, Hono } from "hono";
import type { Logger } from "pino";
import { HttpProblem, PROBLEMS } from "../problems.ts";
import { toProblemResponse, toResponse } from "./answers.ts";
import type { HttpMetrics } from "./http-metrics.ts";
import type { Identify } from "./identify.ts";
import { parsed, readJsonBody, readQuery } from "./read-input.ts";
import { headerOf, hostOf, remoteAddress } from "./request-facts.ts";
import { checkPublishableOrigin, checkSameOrigin } from "./request-guards.ts";
import { newRequestId } from "./request-id.ts";
import type { Caller, Route, RouteAnswer } from "./route.ts";

export type RouterDeps = {
  identify: Identify;
  checkHost(host: string): void;
  /** @returns seconds to wait, 0 to go on. */
  takeToken(name: string): number;
  metrics: HttpMetrics;
  logger: Logger;
  maxBodyBytes: number;
  timeoutMs: number;
};

const NOBODY: Caller = {
  keyId: "",
  role: "internal",
  locationId: null,
  isPublishable: false,
  origins: [],
  sessionExpiresAtMs: null,
};

/**
 * Puts every route on the app. No middleware: each request runs through `answer` alone, and through no promise at all
 * when the key is known, the route is a GET, and its handler answers at once (the availability path).
 */
export function mountRoutes(app: Hono, routes: readonly Route[], deps: RouterDeps): void {
  for (const route of routes) app.on(route.method, route.path, (context) => answer(context, route, deps));
}

function answer(context: Context, route: Route, deps: RouterDeps): Response | Promise<Response> {
  const startedMs = performance.now();
  const requestId = newRequestId();
  let cors: Record<string, string> | undefined;
  const finish = (response: Response): Response => {
    deps.metrics.observe(route.path, route.method, response.status, performance.now() - startedMs);
    return response;
  };
  const fail = (error: unknown): Response => {
    const problem = asProblem(error, { deps, route, requestId });
    return finish(toProblemResponse(problem, requestId, cors));
  };
  const run = (caller: Caller | null): Response | Promise<Response> => {
    const permitted = permit(caller, route, context, deps);
    cors = permitted.cors;
    const outcome = handle(context, route, permitted.caller, requestId, deps);
    if (outcome instanceof Promise) {
      return withTimeout(outcome, deps.timeoutMs)
        .then((answered) => finish(toResponse(answered, requestId, cors)))
        .catch(fail);
    }
    return finish(toResponse(outcome, requestId, cors));
  };
  try {
    deps.checkHost(hostOf(context));
    if (route.roles === "open") return run(NOBODY);
    const caller = deps.identify({
      authorization: headerOf(context, "authorization"),
      cookie: headerOf(context, "cookie"),
    });
    return caller instanceof Promise ? caller.then(run).catch(fail) : run(caller);
  } catch (error) {
    return fail(error);
  }
}

/** Rights, origin and rate, in this order. Throws the refusal. */
function permit(
  caller: Caller | null,
  route: Route,
  context: Context,
  deps: RouterDeps,
): { caller: Caller; cors: Record<string, string> | undefined } {
  if (route.roles === "open") return { caller: NOBODY, cors: undefined };
  if (caller === null) {
    throw new HttpProblem(
      "unauthenticated",
      "The request carries none that is valid.",
      {},
      {
        "www-authenticate": "Bearer",
      },
    );
  }
  const allowed: readonly string[] = route.roles;
  if (!allowed.includes(caller.role) || (caller.isPublishable && route.isPublishable !== true)) {
    throw new HttpProblem("forbidden", `A ${caller.role} may not ${route.method} ${route.path}.`, {
      allowed,
    });
  }
  const origin = headerOf(context, "origin");
  if (caller.sessionExpiresAtMs !== null && route.method !== "GET") checkSameOrigin(origin, hostOf(context));
  if (!caller.isPublishable) return { caller, cors: undefined };
  const cors = checkPublishableOrigin(caller, origin);
  const waitSeconds = deps.takeToken(`${caller.keyId} ${remoteAddress(context)}`);
  if (waitSeconds === 0) return { caller, cors };
  throw new HttpProblem(
    "rate_limited",
    "This key asks too often from one address.",
    { retryAfterSeconds: waitSeconds },
    {
      "retry-after": String(waitSeconds),
      ...cors,
    },
  );
}

function handle(
  context: Context,
  route: Route,
  caller: Caller,
  requestId: string,
  deps: RouterDeps,
): RouteAnswer | Promise<RouteAnswer> {
  const request = {
    params: route.params === undefined ? {} : parsed(route.params, context.req.param(), "path"),
    query: readQuery(route, context),
    caller,
    requestId,
    host: hostOf(context),
    remoteAddress: remoteAddress(context),
    header: (name: string) => headerOf(context, name),
  };
  const schema = route.body;
  if (schema === undefined) return route.handle({ ...request, body: undefined });
  const read = readJsonBody(context.req.raw, route.maxBodyBytes ?? deps.maxBodyBytes);
  return read.then((body) => route.handle({ ...request, body: parsed(schema, body, "body") }));
}

function asProblem(error: unknown, at: { deps: RouterDeps; route: Route; requestId: string }): HttpProblem {
  const { deps, route, requestId } = at;
  if (error instanceof HttpProblem) {
    if (PROBLEMS[error.code].status >= 500) {
      deps.logger.warn({ requestId, code: error.code, route: route.path }, error.message);
    }
    return error;
  }
  deps.logger.error({ requestId, err: error, method: route.method, route: route.path }, "request failed");
  if (error instanceof Error && error.name === "DatabaseError") {
    return new HttpProblem(
      "database_unavailable",
      "The stored data cannot be read or written now.",
      {},
      { "retry-after": "5" },
    );
  }
  return new HttpProblem("internal_error", `The request ${requestId} failed.`);
}

function withTimeout<Value>(work: Promise<Value>, timeoutMs: number): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new HttpProblem("request_timeout", `No answer within ${timeoutMs / 1000} s.`));
    }, timeoutMs);
  });
  return Promise.race([work, timeout]).finally(() => clearTimeout(timer));
}
