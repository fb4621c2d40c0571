import type { Hono } from "hono";
import type { Logger } from "pino";
import { HttpProblem } from "../problems.ts";
import type { StaticFiles } from "../static/static-files.ts";
import { toProblemResponse } from "./answers.ts";
import { hostOf } from "./request-facts.ts";
import { corsHeaders } from "./request-guards.ts";
import { newRequestId } from "./request-id.ts";
import type { Route } from "./route.ts";

/** What no route takes: preflights of browsers, the dashboard's files, a wrong method, nothing at all. */
export function mountFallback(
  app: Hono,
  deps: {
    routes: readonly Route[];
    staticFiles: StaticFiles | null;
    checkHost(host: string): void;
    /** Whether any living publishable key lists the origin. */
    isPublishedOrigin(origin: string): boolean;
    logger: Logger;
  },
): void {
  const paths = deps.routes.map((route) => ({
    route,
    pattern: new RegExp(`^${route.path.replaceAll(".", "\\.").replaceAll(/:[A-Za-z]+/g, "[^/]+")}$`),
  }));

  app.notFound((context) => {
    const { path, method } = context.req;
    try {
      deps.checkHost(hostOf(context));
      const here = paths.filter((one) => one.pattern.test(path)).map((one) => one.route);
      const origin = context.req.header("origin");
      if (method === "OPTIONS" && origin !== undefined) {
        const methods = here.filter((route) => route.isPublishable === true).map((route) => route.method);
        if (methods.length > 0 && deps.isPublishedOrigin(origin)) return preflight(origin, methods);
        throw new HttpProblem("origin_not_allowed", "No key is published for pages of this origin.");
      }
      if (here.length > 0) {
        const allow = here.map((route) => route.method);
        throw new HttpProblem(
          "method_not_allowed",
          `${path} does not take ${method}.`,
          { allow },
          {
            allow: allow.join(", "),
          },
        );
      }
      const file =
        method === "GET"
          ? deps.staticFiles?.respond(path, {
              ifNoneMatch: context.req.header("if-none-match"),
              acceptEncoding: context.req.header("accept-encoding"),
            })
          : undefined;
      if (file !== undefined && file !== null) return file;
      throw new HttpProblem("not_found", `${path.slice(0, 200)} does not exist.`);
    } catch (error) {
      const requestId = newRequestId();
      if (error instanceof HttpProblem) return toProblemResponse(error, requestId);
      deps.logger.error({ requestId, err: error, path }, "request failed");
      return toProblemResponse(
        new HttpProblem("internal_error", `The request ${requestId} failed.`),
        requestId,
      );
    }
  });

  app.onError((error, context) => {
    const requestId = newRequestId();
    deps.logger.error({ requestId, err: error, path: context.req.path }, "request failed");
    return toProblemResponse(
      new HttpProblem("internal_error", `The request ${requestId} failed.`),
      requestId,
    );
  });
}

function preflight(origin: string, methods: readonly string[]): Response {
  return new Response(null, {
    status: 204,
    headers: {
      ...corsHeaders(origin),
      "access-control-allow-methods": methods.join(", "),
      "access-control-allow-headers": "authorization, content-type, idempotency-key, last-event-id",
      "access-control-max-age": "600",
    },
  });
}
