import { createServer, type IncomingMessage } from "node:http";
import { afterEach, describe, expect, test } from "vitest";
import { ApiProblem } from "./api-problem.ts";
import { createOnhandClient } from "./onhand-client.ts";

const RESERVATION = {
  reservationId: "r1",
  status: "held",
  isAtRisk: false,
  channel: "web",
  customerId: null,
  orderId: null,
  createdAt: "2026-01-01T00:00:00.000Z",
  changedAt: "2026-01-01T00:00:00.000Z",
  expiresAt: "2026-01-01T00:15:00.000Z",
  holdUntil: null,
  transferredFrom: null,
  transferredTo: null,
  reason: null,
  lines: [],
  version: 1,
};
const LINES = [{ gtin: "04006381333931", quantity: 1, locationId: "S01" }];
const cleanUps: (() => void)[] = [];

afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp();
});

type Step = { status: number; body?: unknown; retryAfter?: string } | "hang up";

/** Answers each request by the next step, and keeps what came. */
async function serve(steps: Step[]) {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    const step = steps.shift() ?? "hang up";
    if (step === "hang up") {
      request.socket.destroy();
      return;
    }
    if (step.retryAfter !== undefined) response.setHeader("retry-after", step.retryAfter);
    response.statusCode = step.status;
    response.end(JSON.stringify(step.body ?? { code: `http_${step.status}` }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  cleanUps.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { baseUrl: `http://127.0.0.1:${(server.address() as { port: number }).port}`, requests };
}

const held = { status: 201, body: RESERVATION };

describe("what gets no good answer", () => {
  test("a hold is tried again with its first key, until it is answered", async () => {
    const { baseUrl, requests } = await serve([
      "hang up",
      { status: 503 },
      { status: 429, retryAfter: "0" },
      held,
    ]);
    const reservation = await createOnhandClient({ baseUrl }).reservations.hold({ lines: LINES });
    expect(reservation.reservationId).toBe("r1");
    const keys = requests.map((request) => request.headers["idempotency-key"]);
    expect(keys).toHaveLength(4);
    expect(new Set(keys).size).toBe(1);
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
  });

  test("two holds have two keys, and a key of one's own is kept", async () => {
    const { baseUrl, requests } = await serve([held, held, held]);
    const { reservations } = createOnhandClient({ baseUrl });
    await reservations.hold({ lines: LINES });
    await reservations.hold({ lines: LINES });
    await reservations.release("r1", {}, { idempotencyKey: "mine" });
    const keys = requests.map((request) => request.headers["idempotency-key"]);
    expect(new Set(keys).size).toBe(3);
    expect(keys[2]).toBe("mine");
  });

  test("a change without a key is not sent twice, unless it was refused for its rate", async () => {
    const mapping = [{ epc: "30164433400D1EC0000003E9", gtin: "04006381333931" }];
    const once = await serve([{ status: 503 }]);
    await expect(
      createOnhandClient({ baseUrl: once.baseUrl }).tagMappings.put(mapping),
    ).rejects.toMatchObject({
      status: 503,
    });
    expect(once.requests).toHaveLength(1);
    const rated = await serve([
      { status: 429, retryAfter: "0" },
      { status: 200, body: {} },
    ]);
    await createOnhandClient({ baseUrl: rated.baseUrl }).tagMappings.put(mapping);
    expect(rated.requests).toHaveLength(2);
  });

  test("is given up after as many tries as were allowed, and at once when the wait would be long", async () => {
    const steady = await serve(Array.from({ length: 9 }, (): Step => ({ status: 503, retryAfter: "0" })));
    const client = createOnhandClient({ baseUrl: steady.baseUrl, retries: 2 });
    await expect(client.availability.get("04006381333931")).rejects.toMatchObject({ retryAfterSeconds: 0 });
    expect(steady.requests).toHaveLength(3);
    const long = await serve([{ status: 429, retryAfter: "3600" }]);
    await expect(
      createOnhandClient({ baseUrl: long.baseUrl }).availability.get("04006381333931"),
    ).rejects.toMatchObject({ retryAfterSeconds: 3600 });
    expect(long.requests).toHaveLength(1);
  });

  test("a caller that gives up is not kept waiting", async () => {
    const { baseUrl } = await serve([{ status: 503, retryAfter: "20" }]);
    const abort = new AbortController();
    const answer = createOnhandClient({ baseUrl }).availability.get("04006381333931", {
      signal: abort.signal,
    });
    setTimeout(() => abort.abort(), 100);
    await expect(answer).rejects.toThrow(/abort/i);
  });
});

test("a refused hold says of each line what there is, and where else", async () => {
  const line = {
    gtin: "04006381333931",
    locationId: "S01",
    requested: 2,
    available: 1,
    alternatives: [
      { locationId: "S02", available: 4, confidence: null, distanceKm: 1.2, readyAt: null, method: "pickup" },
    ],
  };
  const { baseUrl } = await serve([
    { status: 409, body: { code: "insufficient_availability", title: "t", detail: "d", lines: [line] } },
  ]);
  const refusal: unknown = await createOnhandClient({ baseUrl })
    .reservations.hold({ lines: LINES })
    .catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(ApiProblem);
  expect(refusal).toMatchObject({ code: "insufficient_availability", lines: [line] });
});
