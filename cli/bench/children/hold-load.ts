import { randomUUID } from "node:crypto";
import { performance } from "node:perf_hooks";
import { z } from "zod";
import { answerRequests } from "../harness/answer-requests.ts";
import { type HttpConnection, httpMessage, openHttpConnection } from "../harness/http-connection.ts";
import { percentile } from "../statistics.ts";

const TIMEOUT_MS = 10_000;

const holdSchema = z.object({
  url: z.string(),
  authorization: z.string(),
  locationId: z.string(),
  /** Each hold takes one unit of one of them, in a scattered order. */
  gtins: z.array(z.string()).min(1),
  clients: z.number(),
  seconds: z.number(),
});

let held = 0;

answerRequests({
  /** Clients that hold one unit after the other, each with one request at a time, on connections that are kept. */
  async hold(params) {
    const { url, authorization, locationId, gtins, clients, seconds } = holdSchema.parse(params);
    const at = new URL(url);
    const connections = await Promise.all(
      Array.from({ length: clients }, () => openHttpConnection(at, TIMEOUT_MS)),
    );
    const run = randomUUID();
    const milliseconds: number[] = [];
    const refused = new Map<number, number>();
    const startedMs = performance.now();
    const endMs = startedMs + seconds * 1000;
    const holdOn = async (connection: HttpConnection): Promise<void> => {
      while (performance.now() < endMs) {
        held += 1;
        // A step without a common divisor goes through all of them before it comes back.
        const gtin = gtins[(held * 7_919) % gtins.length];
        const headers = `Host: ${at.host}\r\nAuthorization: ${authorization}\r\nIdempotency-Key: ${run}-${held}\r\n`;
        const body = JSON.stringify({ lines: [{ gtin, quantity: 1, locationId }], channel: "web" });
        const sentMs = performance.now();
        const { status } = await connection.request(httpMessage("POST", "/v1/reservations", headers, body));
        if (status === 201) milliseconds.push(performance.now() - sentMs);
        else refused.set(status, (refused.get(status) ?? 0) + 1);
      }
    };
    await Promise.all(connections.map(holdOn));
    const tookMs = performance.now() - startedMs;
    for (const connection of connections) connection.close();
    return {
      perSecond: (milliseconds.length * 1000) / tookMs,
      p50Ms: percentile(milliseconds, 50),
      p99Ms: percentile(milliseconds, 99),
      maxMs: milliseconds.reduce((most, each) => Math.max(most, each), 0),
      granted: milliseconds.length,
      refused: Object.fromEntries(refused),
    };
  },
});
