import { once } from "node:events";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { WebSocketServer } from "ws";
import { z } from "zod";
import { answerRequests } from "../harness/answer-requests.ts";

/** The reference: a Hono route that parses the hold, sends one frame to every socket of a bare `ws` server, and answers. */
answerRequests({
  async listen(params) {
    const { frameBytes } = z.object({ frameBytes: z.number() }).parse(params);
    const sockets = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: false });
    await once(sockets, "listening");
    const frame = Buffer.alloc(frameBytes, "x");
    const app = new Hono();
    app.post("/v1/reservations", async (context) => {
      const wish: unknown = await context.req.json();
      for (const socket of sockets.clients) socket.send(frame, { binary: false, compress: false });
      return context.json({ wish }, 201);
    });
    const httpPort = await new Promise<number>((resolve) => {
      serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) => resolve(port));
    });
    const address = sockets.address();
    return { httpPort, socketPort: typeof address === "object" && address !== null ? address.port : 0 };
  },
});
