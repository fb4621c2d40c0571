import { readFileSync } from "node:fs";
import { createServer as createPlainServer, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { createAdaptorServer, type WebSocketServerLike } from "@hono/node-server";
import type { Hono } from "hono";
import { WebSocketServer } from "ws";
import type { ServerConfig } from "../server-config.ts";

/** A subscription with 5,000 GTINs takes 90 kB. */
const MAX_FRAME_BYTES = 256 * 1024;
const HEADERS_TIMEOUT_MS = 10_000;
const KEEP_ALIVE_MS = 65_000;

/** The sockets of the process: HTTP or HTTPS, and WebSockets on the same port. */
export function createListener(deps: { app: Hono; config: ServerConfig }) {
  const { app, config } = deps;
  let server: Server | null = null;
  let webSockets: WebSocketServer | null = null;

  function create(): Server {
    webSockets = new WebSocketServer({
      noServer: true,
      maxPayload: MAX_FRAME_BYTES,
      perMessageDeflate: false,
    });
    const timeouts = {
      headersTimeout: HEADERS_TIMEOUT_MS,
      // A file that is imported may take longer to send than any request may take to answer; routes have their own limit.
      requestTimeout: 0,
      keepAliveTimeout: KEEP_ALIVE_MS,
    };
    // ws leaves noServer optional in its types; it was given just above.
    const common = { fetch: app.fetch, websocket: { server: webSockets as WebSocketServerLike } };
    const adapted =
      config.tls === null
        ? createAdaptorServer({ ...common, createServer: createPlainServer, serverOptions: timeouts })
        : createAdaptorServer({
            ...common,
            createServer: createTlsServer,
            serverOptions: {
              ...timeouts,
              cert: readFileSync(config.tls.certFile),
              key: readFileSync(config.tls.keyFile),
            },
          });
    // One of the two above: the adapter's type also names HTTP/2 servers.
    return adapted as Server;
  }

  return {
    start(): Promise<{ url: string }> {
      const created = create();
      server = created;
      return new Promise((resolve, reject) => {
        created.once("error", reject);
        created.listen(config.port, config.host, () => {
          created.off("error", reject);
          const { port } = created.address() as AddressInfo;
          const host = config.host.includes(":") ? `[${config.host}]` : config.host;
          resolve({ url: `${config.tls === null ? "http" : "https"}://${host}:${port}` });
        });
      });
    },

    /** No new connections; those that are idle end at once, the others when they are done, all at the deadline. */
    async stop(deadlineMs: number): Promise<void> {
      const stopping = server;
      if (stopping === null) return;
      server = null;
      const closed = new Promise<void>((resolve) => {
        stopping.close(() => resolve());
      });
      stopping.closeIdleConnections();
      const timer = setTimeout(() => {
        for (const socket of webSockets?.clients ?? []) socket.terminate();
        stopping.closeAllConnections();
      }, deadlineMs);
      await closed;
      clearTimeout(timer);
    },
  };
}
