import { eventually } from "../../test/support/eventually.ts";
import { until } from "../../test/support/until.ts";
import { get } from "node:http";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { gtinFromNumber } from "../../domain/gtin.ts";
import type { Database } from "../../sql/database.ts";
import { openEventStream } from "../../test/support/event-stream-reader.ts";
import { openTestDatabase, startTestServer, type TestServer } from "../../test/support/start-test-server.ts";
import { validGtins } from "../../test/support/valid-gtins.ts";
import { EVENT_STREAM_PATH } from "./event-stream-route.ts";

const [A = 0, B = 0, ...MORE] = validGtins(64);
const STREAM = { tickMs: 5, maxBufferedBytes: 64 * 1024, itemsPerFrame: 10, pingSeconds: 1 };
let db: Database;
let at: TestServer;
const open: { close(): void }[] = [];

beforeAll(async () => {
  db = await openTestDatabase();
  at = await startTestServer({ db, listen: true, config: { stream: STREAM } });
  await at.ledger.commit("S01", [
    { gtin: A, quantity: 3 },
    { gtin: B, quantity: 7 },
  ]);
});
afterEach(async () => {
  for (const one of open.splice(0)) one.close();
  await until("nobody listens", () => at.server.stream.sockets.size === 0);
});
afterAll(async () => {
  await at.stop();
  await db.close();
});

async function follow(query: string, headers: Record<string, string> = {}) {
  const stream = await openEventStream(`${at.url}${EVENT_STREAM_PATH}?${query}`, {
    authorization: `Bearer ${at.tokens.storefront}`,
    ...headers,
  });
  open.push(stream);
  return stream;
}

describe("GET /v1/availability/stream/events", () => {
  test("tells what is, then what changes, with the revision that is held as id", async () => {
    const stream = await follow(`gtin=${gtinFromNumber(A)}&location=S01`);
    expect(stream.response.headers.get("content-type")).toBe("text/event-stream");
    await eventually(() => expect(stream.of("snapshot").length).toBe(1));
    await at.ledger.commit("S01", [{ gtin: A, quantity: 1 }]);
    await eventually(() => expect(stream.of("changes").length).toBe(1));
    const [change] = stream.of("changes");
    expect(change).toMatchObject({ items: [{ gtin: gtinFromNumber(A), available: 4 }] });
    const { serverId } = stream.of("ready")[0]!;
    expect(stream.events.findLast(({ frame }) => frame.type === "changes")?.id).toBe(
      `${serverId}.${change?.revision}`,
    );
  });

  test("of a snapshot in parts only the last has an id, so that nothing is skipped on resuming", async () => {
    await at.tellOnly(
      "S02",
      MORE.slice(0, 25).map((gtin) => ({ gtin, quantity: 1 })),
    );
    const stream = await follow("location=S02");
    await eventually(() => expect(stream.of("snapshot").at(-1)?.isLast).toBe(true));
    const ids = stream.events.filter(({ frame }) => frame.type === "snapshot").map(({ id }) => id !== null);
    expect(ids).toEqual([false, false, true]);
  });

  test("Last-Event-ID gets what changed since; one of another server's life gets a snapshot", async () => {
    const first = await follow("location=S01");
    await eventually(() => expect(first.of("snapshot").length).toBe(1));
    const lastEventId = first.events.findLast(({ id }) => id !== null)?.id ?? "";
    first.close();
    await at.ledger.commit("S01", [{ gtin: B, quantity: 1 }]);
    const second = await follow("location=S01", { "last-event-id": lastEventId });
    await eventually(() => expect(second.of("changes").length).toBe(1));
    expect(second.of("snapshot")).toEqual([]);
    expect(second.of("changes")[0]?.items.map(({ gtin }) => gtin)).toEqual([gtinFromNumber(B)]);
    const other = await follow("location=S01", { "last-event-id": lastEventId.replace(/^./, "x") });
    await eventually(() => expect(other.of("snapshot").length).toBe(1));
  });

  test("thresholds hold here too", async () => {
    const stream = await follow(`gtin=${gtinFromNumber(A)}&location=S03&threshold=0,5`);
    await eventually(() => expect(stream.of("snapshot").length).toBe(1));
    for (const quantity of [2, 2, 2]) {
      await at.tellOnly("S03", [{ gtin: A, quantity }]);
      const revision = at.server.projection.revision();
      await eventually(() => expect(at.server.stream.revision()).toBeGreaterThanOrEqual(revision));
    }
    await eventually(() =>
      expect(stream.of("changes").map(({ items }) => items[0]?.available)).toEqual([2, 6]),
    );
  });

  test("a ping comes as a sign of life, and a revoked key's stream ends", async () => {
    const created = await at.keys.create({ role: "storefront", name: "", locationId: null, origins: [] });
    const stream = await follow("location=S01", { authorization: `Bearer ${created.token}` });
    await eventually(() => expect(stream.of("ping").length).toBeGreaterThan(0));
    await at.keys.revoke(created.keyId);
    await eventually(() => expect(stream.state.isEnded).toBe(true));
    expect(stream.of("error")[0]?.code).toBe("unauthenticated");
  });

  test("a publishable key follows from its own origin, with numbers capped", async () => {
    const origin = "https://shop.example";
    await at.tellOnly("S04", [{ gtin: A, quantity: 400 }]);
    const { token } = await at.keys.create({
      role: "storefront",
      name: "",
      locationId: null,
      origins: [origin],
    });
    const authorization = `Bearer ${token}`;
    const foreign = await follow("location=S04", { authorization, origin: "https://evil.example" });
    expect(foreign.response.status).toBe(403);
    const stream = await follow("location=S04", { authorization, origin });
    expect(stream.response.headers.get("access-control-allow-origin")).toBe(origin);
    await eventually(() => expect(stream.of("snapshot")[0]?.items[0]).toMatchObject({ available: 10 }));
    const preflight = await fetch(`${at.url}${EVENT_STREAM_PATH}`, {
      method: "OPTIONS",
      headers: { origin, "access-control-request-method": "GET" },
    });
    expect(preflight.headers.get("access-control-allow-headers")).toContain("last-event-id");
  });

  test("what cannot be followed is refused before the stream begins", async () => {
    expect((await follow("gtin=4006381333932")).response.status).toBe(400);
    expect((await follow("threshold=-1")).response.status).toBe(400);
    expect((await follow("", { authorization: "Bearer nonsense" })).response.status).toBe(401);
    expect((await follow("", { authorization: `Bearer ${at.tokens.device}` })).response.status).toBe(403);
  });

  test("a slow reader never queues up, and gets a new snapshot once it reads again", async () => {
    let text = "";
    const request = get(
      `${at.url}${EVENT_STREAM_PATH}?location=S06`,
      { headers: { authorization: `Bearer ${at.tokens.storefront}` } },
      (response) => {
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => {
          text += chunk;
          if (!text.includes('"snapshot"')) return;
          if (!response.isPaused() && response.listenerCount("resume") === 0) response.pause();
        });
        response.on("error", () => {});
        open.push({ close: () => response.destroy() });
        resume = () => {
          response.on("resume", () => {});
          response.resume();
        };
      },
    );
    let resume = () => {};
    request.on("error", () => {});
    await eventually(() => expect(text).toContain('"snapshot"'));
    const { dropped } = at.server.stream.counts();
    let mostBuffered = 0;
    for (let n = 0; at.server.stream.counts().dropped === dropped && n < 4000; n += 1) {
      await at.tellOnly(
        "S06",
        MORE.map((gtin, i) => ({ gtin, quantity: (n + i) % 2 === 0 ? 1 : -1 })),
      );
      await new Promise((resolve) => setTimeout(resolve, STREAM.tickMs));
      mostBuffered = Math.max(mostBuffered, ...[...at.server.stream.sockets].map((one) => one.bufferedBytes));
    }
    expect(at.server.stream.counts().dropped).toBeGreaterThan(dropped);
    expect(mostBuffered).toBeLessThan(STREAM.maxBufferedBytes * 2);
    const { snapshots } = at.server.stream.counts();
    resume();
    await eventually(() => expect(at.server.stream.counts().snapshots).toBe(snapshots + 1));
  });

  test("stopping ends it", async () => {
    const going = await startTestServer({ db, listen: true });
    const stream = await openEventStream(`${going.url}${EVENT_STREAM_PATH}`, {
      authorization: `Bearer ${going.tokens.storefront}`,
    });
    await eventually(() => expect(stream.of("ready").length).toBe(1));
    await going.stop();
    await eventually(() => expect(stream.state.isEnded).toBe(true));
  });
});
