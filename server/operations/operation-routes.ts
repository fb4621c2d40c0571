import type { Registry } from "prom-client";
import { z } from "zod";
import type { Identify } from "../http/identify.ts";
import { defineRoute, type Route, type RouteRequest } from "../http/route.ts";
import { HttpProblem } from "../problems.ts";
import { isLoopbackHost } from "../server-config.ts";
import type { Readiness } from "./readiness.ts";

const TAG = "Operations";

const readinessSchema = z.object({
  status: z.enum(["ready", "not_ready"]),
  checks: z
    .array(z.object({ name: z.string(), reason: z.string().nullable(), note: z.string().optional() }))
    .optional(),
});

/**
 * Probes. `/livez` and the status of `/readyz` are open to all; reasons and metrics tell of the inside, so they are for
 * requests from this machine to this machine's own name, and else for an admin's key.
 */
export function createOperationRoutes(deps: {
  registry: Registry;
  readiness(): Promise<Readiness>;
  identify: Identify;
}): Route[] {
  async function maySeeInside(request: RouteRequest<unknown, unknown, unknown>): Promise<boolean> {
    const host = request.host.replace(/:\d{1,5}$/, "");
    const peer = request.remoteAddress.replace(/^::ffff:/, "");
    if (isLoopbackHost(peer) && isLoopbackHost(host)) return true;
    const caller = await deps.identify({
      authorization: request.header("authorization"),
      cookie: request.header("cookie"),
    });
    return caller?.role === "admin";
  }

  return [
    defineRoute({
      method: "GET",
      path: "/livez",
      tag: TAG,
      summary: "Whether the process runs",
      roles: "open",
      answer: { schema: z.object({ status: z.literal("live") }), description: "It does" },
      handle: () => ({ body: { status: "live" } }),
    }),
    defineRoute({
      method: "GET",
      path: "/readyz",
      tag: TAG,
      summary: "Whether answers are complete and current: ClickHouse, broker, projection",
      description: "503 when not. The reasons are shown to this machine itself and to an admin's key.",
      roles: "open",
      answer: { schema: readinessSchema, description: "Ready" },
      async handle(request) {
        const readiness = await deps.readiness();
        const status = readiness.status === "ready" ? 200 : 503;
        return { status, body: (await maySeeInside(request)) ? readiness : { status: readiness.status } };
      },
    }),
    defineRoute({
      method: "GET",
      path: "/metrics",
      tag: TAG,
      summary: "Metrics for Prometheus; from this machine, or with an admin's key",
      roles: "open",
      answer: { contentType: "text/plain", description: "Prometheus text format" },
      problems: ["unauthenticated"],
      async handle(request) {
        if (!(await maySeeInside(request))) {
          throw new HttpProblem("unauthenticated", "Metrics from another machine need an admin's key.");
        }
        return { text: await deps.registry.metrics(), contentType: deps.registry.contentType };
      },
    }),
  ];
}
