import type { Context, Hono } from "hono";
import type { Logger } from "pino";
import { HttpProblem, PROBLEMS } from "../problems.ts";
import { toProblemResponse, toResponse } from "./answers.ts";
import type { HttpMetrics } from "./http-metrics.ts";
import type { Identify } from "./identify.ts";
import { parsed, readJsonBody, readQuery, readRawBody } from "./read-input.ts";
import { connectionOf, headerOf, hostOf, remoteAddress } from "./request-facts.ts";
import { checkPublishableOrigin, checkSameOrigin, pageOrigin } from "./request-guards.ts";
import { newRequestId } from "./request-id.ts";
import type { Caller, Route, RouteAnswer, RouteRequest } from "./route.ts";

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

/** A request on its way through `answer`. One object instead of closures, which the hot path would feel. */
type Passage = {
  context: Context;
  route: Route;
  deps: RouterDeps;
  requestId: string;
  startedMs: number;
  cors: Record<string, string> | undefined;
};

function answer(context: Context, route: Route, deps: RouterDeps): Response | Promise<Response> {
  const passage: Passage = {
    context,
    route,
    deps,
    requestId: newRequestId(),
    startedMs: performance.now(),
    cors: undefined,
  };
  try {
    deps.checkHost(hostOf(context));
    if (route.roles === "open") return run(passage, NOBODY);
    const authorization = headerOf(context, "authorization");
    const cookie = headerOf(context, "cookie");
    const caller = deps.identify({ authorization, cookie, connection: connectionOf(context) });
    if (!(caller instanceof Promise)) return run(passage, caller);
    return caller.then((found) => run(passage, found)).catch((error: unknown) => fail(passage, error));
  } catch (error) {
    return fail(passage, error);
  }
}

function run(passage: Passage, caller: Caller | null): Response | Promise<Response> {
  const permitted = permit(caller, passage);
  const outcome = handle(passage, permitted);
  if (!(outcome instanceof Promise)) return finish(passage, outcome);
  return withTimeout(outcome, passage.deps.timeoutMs)
    .then((answered) => finish(passage, answered))
    .catch((error: unknown) => fail(passage, error));
}

function finish(passage: Passage, answered: RouteAnswer): Response {
  return observed(passage, toResponse(answered, passage.requestId, passage.cors));
}

function fail(passage: Passage, error: unknown): Response {
  const problem = asProblem(error, passage);
  const type = passage.route.problemTypes?.[problem.code];
  return observed(passage, toProblemResponse(problem, passage.requestId, passage.cors, type));
}

function observed(passage: Passage, response: Response): Response {
  const { route, deps, startedMs } = passage;
  deps.metrics.observe(route, response.status, performance.now() - startedMs);
  return response;
}

/** Rights, origin and rate, in this order. Throws the refusal. */
function permit(caller: Caller | null, passage: Passage): Caller {
  const { context, route, deps } = passage;
  if (route.roles === "open") return NOBODY;
  if (caller === null) {
    throw new HttpProblem(
      "unauthenticated",
      "The request carries none that is valid.",
      {},
      { "www-authenticate": "Bearer" },
    );
  }
  const allowed: readonly string[] = route.roles;
  if (!allowed.includes(caller.role) || (caller.isPublishable && route.isPublishable !== true)) {
    throw new HttpProblem("forbidden", `A ${caller.role} may not ${route.method} ${route.path}.`, {
      allowed,
    });
  }
  const isChangeByBrowser = caller.sessionExpiresAtMs !== null && route.method !== "GET";
  if (isChangeByBrowser) checkSameOrigin(headerOf(context, "origin"), hostOf(context));
  if (!caller.isPublishable) return caller;
  const origin = pageOrigin(caller, {
    origin: headerOf(context, "origin"),
    fetchSite: headerOf(context, "sec-fetch-site"),
    host: hostOf(context),
  });
  passage.cors = checkPublishableOrigin(caller, origin);
  const retryAfterSeconds = deps.takeToken(`${caller.keyId} ${remoteAddress(context)}`);
  if (retryAfterSeconds === 0) return caller;
  throw new HttpProblem(
    "rate_limited",
    "This key asks too often from one address.",
    { retryAfterSeconds },
    { "retry-after": String(retryAfterSeconds) },
  );
}

function handle(passage: Passage, caller: Caller): RouteAnswer | Promise<RouteAnswer> {
  const { context, route, deps, requestId } = passage;
  const request: RouteRequest<unknown, unknown, unknown> = {
    params: route.params === undefined ? {} : parsed(route.params, context.req.param(), "path"),
    query: readQuery(route, context),
    body: undefined,
    caller,
    requestId,
    host: hostOf(context),
    remoteAddress: remoteAddress(context),
    header: (name) => headerOf(context, name),
  };
  const schema = route.body;
  if (schema === undefined) return route.handle(request);
  if (route.isBodyOptional === true && hasNoBody(context)) {
    request.body = parsed(schema, {}, "body");
    return route.handle(request);
  }
  if (route.isBodyRaw === true) {
    return readRawBody(context.req.raw, route.maxBodyBytes ?? deps.maxBodyBytes).then((bytes) => {
      request.body = bytes;
      return route.handle(request);
    });
  }
  return readJsonBody(context.req.raw, route.maxBodyBytes ?? deps.maxBodyBytes).then((body) => {
    request.body = parsed(schema, body, "body");
    return route.handle(request);
  });
}

function hasNoBody(context: Context): boolean {
  const length = headerOf(context, "content-length");
  return length === "0" || (length === undefined && headerOf(context, "content-type") === undefined);
}

function asProblem(error: unknown, passage: Passage): HttpProblem {
  const { deps, route, requestId } = passage;
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
