import { createServer, type Server } from "node:http";
import type { Registry } from "prom-client";
import type { ListenAddress } from "./listen-address.ts";

export type Check = { name: string; ok: boolean; detail: string };

/** /livez, /readyz with reasons, and /metrics, for a process that has no other HTTP. */
export function createHealthEndpoint(deps: { registry: Registry; checks(): Check[] }): {
  start(listen: ListenAddress): Promise<number>;
  stop(): Promise<void>;
} {
  const server: Server = createServer((request, response) => {
    const path = (request.url ?? "/").split("?")[0];
    const answer = (status: number, type: string, body: string) => {
      response.writeHead(status, { "content-type": type, "cache-control": "no-store" });
      response.end(body);
    };
    if (path === "/livez") answer(200, "application/json", JSON.stringify({ status: "live" }));
    else if (path === "/readyz") {
      const checks = deps.checks();
      const isReady = checks.every((check) => check.ok);
      answer(
        isReady ? 200 : 503,
        "application/json",
        JSON.stringify({ status: isReady ? "ready" : "not_ready", checks }),
      );
    } else if (path === "/metrics") {
      deps.registry.metrics().then(
        (text) => answer(200, deps.registry.contentType, text),
        (error: unknown) => answer(500, "text/plain", String(error)),
      );
    } else answer(404, "text/plain", "There are /livez, /readyz and /metrics here.\n");
  });
  return {
    start: ({ host, port }) =>
      new Promise((resolve, reject) => {
        server.once("error", reject);
        server.listen(port, host, () => {
          const address = server.address();
          resolve(address !== null && typeof address === "object" ? address.port : port);
        });
      }),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
