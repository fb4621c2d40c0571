import { eventually } from "../../test/support/eventually.ts";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Ticket } from "../../domain/api/credentials.ts";
import { gtinFromNumber } from "../../domain/gtin.ts";
import type { Database } from "../../sql/database.ts";
import { openTestDatabase, startTestServer, type TestServer } from "../../test/support/start-test-server.ts";
import { keyOf, StreamClient } from "../../test/support/stream-client.ts";
import { validGtins } from "../../test/support/valid-gtins.ts";

/** Valid GTINs, 64 of them. */
const GTINS = validGtins(64);
const [A = 0, B = 0] = GTINS;
const STREAM = { tickMs: 5, maxBufferedBytes: 64 * 1024, itemsPerFrame: 10, authenticateWithinSeconds: 1 };
let db: Database;
let at: TestServer;
const clients: StreamClient[] = [];

beforeAll(async () => {
  db = await openTestDatabase();
  at = await startTestServer({ db, listen: true, config: { stream: STREAM } });
  await at.ledger.commit("S01", [
    { gtin: A, quantity: 5 },
    { gtin: B, quantity: 7 },
  ]);
  await at.ledger.commit("S02", [{ gtin: A, quantity: 1 }]);
});
afterEach(() => {
  for (const client of clients.splice(0)) client.socket.terminate();
});
afterAll(async () => {
  await at.stop();
  await db.close();
});

async function connect(
  options: { server?: TestServer; headers?: Record<string, string> } = {},
): Promise<StreamClient> {
  const server = options.server ?? at;
  const client = new StreamClient(server.url, {
    headers: options.headers ?? { authorization: `Bearer ${server.tokens.storefront}` },
  });
  clients.push(client);
  await eventually(() => expect(client.of("ready").length).toBe(1));
  return client;
}

const item = (client: StreamClient, locationId: string, gtin: number) =>
  client.known.get(keyOf({ locationId, gtin: gtinFromNumber(gtin) }));

/** What the client believes is what the server would answer now. */
function expectEqual(client: StreamClient, server: TestServer, locations?: string[]): void {
  const table = server.table();
  let rows = 0;
  for (let row = 0; row < table.size; row += 1) {
    const locationId = table.locationIdAt(row);
    if (locations !== undefined && !locations.includes(locationId)) continue;
    rows += 1;
    const known = item(client, locationId, table.gtinAt(row));
    expect(known?.onHand).toBe(table.onHandAt(row));
  }
  expect(client.known.size).toBe(rows);
}

describe("snapshot and changes", () => {
  test("a subscription gets what is, then what changes", async () => {
    const client = await connect();
    client.send({ type: "subscribe", id: "1" });
    await eventually(() => expect(client.isComplete).toBe(true));
    expectEqual(client, at);
    await at.ledger.commit("S01", [{ gtin: A, quantity: 1 }]);
    await eventually(() => expectEqual(client, at));
    expect(client.of("snapshot")[0]?.serverId).toBe(client.of("ready")[0]?.serverId);
    expect(client.holes).toBe(0);
  });

  test("only what was asked for comes, and what has no record is said to have none", async () => {
    const client = await connect();
    const none = gtinFromNumber(GTINS[60]!);
    client.send({ type: "subscribe", id: "1", gtins: [gtinFromNumber(A), none], locations: ["S02"] });
    await eventually(() => expect(client.isComplete).toBe(true));
    expect([...client.known.values()].map((one) => [one.gtin, one.reasonCode])).toEqual([
      [gtinFromNumber(A), "in_stock"],
      [none, "no_record"],
    ]);
    const frames = client.frames.length;
    await at.ledger.commit("S01", [{ gtin: A, quantity: 1 }]);
    await at.ledger.commit("S02", [{ gtin: B, quantity: 1 }]);
    await at.ledger.commit("S02", [{ gtin: A, quantity: 1 }]);
    await eventually(() => expect(item(client, "S02", A)?.onHand).toBe(2));
    const items = client.frames
      .slice(frames)
      .flatMap((frame) => (frame.type === "changes" ? frame.items : []));
    expect(items.map(keyOf)).toEqual([keyOf({ locationId: "S02", gtin: gtinFromNumber(A) })]);
    await at.ledger.commit("S02", [{ gtin: GTINS[60]!, quantity: 3 }]);
    await eventually(() => expect(item(client, "S02", GTINS[60]!)?.available).toBe(3));
  });

  test("many changes of a position within a tick are one item, the newest", async () => {
    const slow = await startTestServer({ db, listen: true, config: { stream: { ...STREAM, tickMs: 300 } } });
    const client = await connect({ server: slow });
    client.send({ type: "subscribe", id: "1", locations: ["S03"] });
    await eventually(() => expect(client.isComplete).toBe(true));
    for (let n = 1; n <= 5; n += 1) await slow.tellOnly("S03", [{ gtin: A, quantity: 1 }]);
    await eventually(() => expect(item(client, "S03", A)?.onHand).toBe(5));
    expect(client.of("changes").length).toBeLessThanOrEqual(2);
    await slow.stop();
  });

  test("a large snapshot comes in parts, the last says so", async () => {
    const client = await connect();
    await at.ledger.commit(
      "S04",
      GTINS.slice(0, 35).map((gtin) => ({ gtin, quantity: 1 })),
    );
    client.send({ type: "subscribe", id: "1", locations: ["S04"] });
    await eventually(() => expect(client.isComplete).toBe(true));
    expect(client.of("snapshot").map((frame) => [frame.part, frame.isLast, frame.items.length])).toEqual([
      [0, false, 10],
      [1, false, 10],
      [2, false, 10],
      [3, true, 5],
    ]);
  });

  test("after unsubscribing nothing comes", async () => {
    const client = await connect();
    client.send({ type: "subscribe", id: "gone" });
    client.send({ type: "unsubscribe", id: "gone" });
    client.send({ type: "subscribe", id: "kept", gtins: [gtinFromNumber(B)] });
    await eventually(() => expect(client.of("snapshot").some((frame) => frame.id === "kept")).toBe(true));
    await at.ledger.commit("S01", [
      { gtin: A, quantity: 1 },
      { gtin: B, quantity: 1 },
    ]);
    await eventually(() => expect(client.of("changes").length).toBe(1));
    expect(client.of("changes").map((frame) => frame.id)).toEqual(["kept"]);
  });
});

describe("resuming", () => {
  test("inside this server's life only the changes since come", async () => {
    const first = await connect();
    first.send({ type: "subscribe", id: "1" });
    await eventually(() => expect(first.isComplete).toBe(true));
    const resumeFrom = { serverId: first.of("ready")[0]!.serverId, revision: first.revision };
    first.socket.terminate();
    await at.ledger.commit("S01", [{ gtin: B, quantity: 1 }]);
    const second = await connect();
    second.revision = resumeFrom.revision;
    second.send({ type: "subscribe", id: "1", resumeFrom });
    await eventually(() => expect(second.of("changes").length).toBe(1));
    expect(second.of("snapshot")).toEqual([]);
    expect(second.of("changes")[0]).toMatchObject({ fromRevision: resumeFrom.revision });
    expect(second.of("changes")[0]!.items.map(keyOf)).toEqual([
      keyOf({ locationId: "S01", gtin: gtinFromNumber(B) }),
    ]);
    await at.ledger.commit("S01", [{ gtin: A, quantity: 1 }]);
    await eventually(() => expect(second.of("changes").length).toBe(2));
    expect(second.holes).toBe(0);
  });

  test("at another server, or from a revision that never was, a snapshot comes", async () => {
    const client = await connect();
    const { serverId } = client.of("ready")[0]!;
    client.send({ type: "subscribe", id: "1", resumeFrom: { serverId: "another", revision: 1 } });
    client.send({ type: "subscribe", id: "2", resumeFrom: { serverId, revision: Number.MAX_SAFE_INTEGER } });
    await eventually(() =>
      expect(new Set(client.of("snapshot").map((frame) => frame.id))).toEqual(new Set(["1", "2"])),
    );
  });
});

describe("who may follow", () => {
  test("a ticket opens one socket, once", async () => {
    const { ticket } = await at.ask<Ticket>("POST", "/v1/tickets", 201, { as: "merchandiser" });
    const first = new StreamClient(at.url);
    clients.push(first);
    first.socket.on("open", () => first.send({ type: "authenticate", ticket }));
    await eventually(() => expect(first.of("ready").length).toBe(1));
    const second = new StreamClient(at.url);
    clients.push(second);
    second.socket.on("open", () => second.send({ type: "authenticate", ticket }));
    await eventually(() => expect(second.closed).toMatchObject({ code: 1008 }));
    expect(second.of("error")[0]?.code).toBe("unauthenticated");
  });

  test("the first frame must authenticate, and soon", async () => {
    const hasty = new StreamClient(at.url);
    const silent = new StreamClient(at.url);
    clients.push(hasty, silent);
    hasty.socket.on("open", () => hasty.send({ type: "subscribe", id: "1" }));
    await eventually(() => expect(hasty.of("error")[0]?.code).toBe("unauthenticated"));
    await eventually(() => expect(silent.closed).toMatchObject({ code: 1008 }));
    expect(hasty.of("snapshot")).toEqual([]);
  });

  test("a wrong key, a role without the right, and a foreign page's cookie are refused before the upgrade", async () => {
    const status = async (headers: Record<string, string>) => {
      const client = new StreamClient(at.url, { headers });
      clients.push(client);
      return await new Promise((resolve) => {
        client.socket.on("unexpected-response", (_request, response) => resolve(response.statusCode));
        client.socket.on("open", () => resolve(101));
      });
    };
    const login = await at.request("GET", at.server.createLoginPath());
    const cookie = (login.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
    expect(await status({ authorization: "Bearer nonsense" })).toBe(401);
    expect(await status({ authorization: `Bearer ${at.tokens.device}` })).toBe(403);
    expect(await status({ cookie, origin: "https://evil.example" })).toBe(403);
    expect(await status({ cookie, origin: at.url })).toBe(101);
  });

  test("a revoked key's socket ends within a second", async () => {
    const created = await at.keys.create({ role: "storefront", name: "", locationId: null, origins: [] });
    const client = await connect({ headers: { authorization: `Bearer ${created.token}` } });
    await at.keys.revoke(created.keyId);
    await eventually(() => expect(client.closed).toMatchObject({ code: 1008 }));
  });

  test("a publishable key's numbers are capped on the stream too", async () => {
    const origin = "https://shop.example";
    await at.ledger.commit("S05", [{ gtin: A, quantity: 400 }]);
    const { token } = await at.keys.create({
      role: "storefront",
      name: "",
      locationId: null,
      origins: [origin],
    });
    const client = await connect({ headers: { authorization: `Bearer ${token}`, origin } });
    client.send({ type: "subscribe", id: "1", locations: ["S05"] });
    await eventually(() => expect(item(client, "S05", A)).toMatchObject({ onHand: 10, available: 10 }));
    await at.ledger.commit("S05", [{ gtin: A, quantity: -395 }]);
    await eventually(() => expect(item(client, "S05", A)).toMatchObject({ available: 5 }));
  });
});

describe("bounds", () => {
  test("frames that are not understood are answered, and end the socket when they do not stop", async () => {
    const client = await connect();
    client.socket.send("{");
    await eventually(() => expect(client.of("error")[0]?.code).toBe("invalid_frame"));
    expect(client.closed).toBeNull();
    for (let n = 0; n < 25; n += 1) client.socket.send("[]");
    await eventually(() => expect(client.closed).toMatchObject({ code: 1008 }));
  });

  test("a socket has so many subscriptions and no more", async () => {
    const client = await connect();
    for (let n = 0; n < 21; n += 1)
      client.send({ type: "subscribe", id: `s${n}`, gtins: [gtinFromNumber(B)] });
    await eventually(() =>
      expect(client.of("error")[0]).toMatchObject({ code: "too_many_subscriptions", id: "s20" }),
    );
  });

  test("a slow reader never queues up, gets a snapshot once it reads again, and ends equal", async () => {
    const client = await connect();
    client.send({ type: "subscribe", id: "1" });
    await eventually(() => expect(client.isComplete).toBe(true));
    // Those of earlier tests are gone: who is dropped is this one.
    const { sockets } = at.server.stream;
    await eventually(() => expect(sockets.size).toBe(1));
    client.socket.pause();
    const { dropped } = at.server.stream.counts();
    let mostBuffered = 0;
    // Until the kernel's buffers are full and the bound is reached. Numbers only rise: no older state is equal to a newer one.
    for (let n = 0; at.server.stream.counts().dropped === dropped && n < 4000; n += 1) {
      await at.tellOnly(
        "S06",
        GTINS.map((gtin) => ({ gtin, quantity: 1 })),
      );
      await new Promise((resolve) => setTimeout(resolve, STREAM.tickMs));
      mostBuffered = Math.max(mostBuffered, ...[...sockets].map((socket) => socket.bufferedBytes));
    }
    expect(at.server.stream.counts().dropped).toBeGreaterThan(dropped);
    // One tick's frames may go beyond the bound, no more.
    expect(mostBuffered).toBeLessThan(STREAM.maxBufferedBytes * 2);
    expect(client.snapshots).toBe(1);
    client.socket.resume();
    await eventually(() => expectEqual(client, at));
    expect(client.snapshots).toBeGreaterThanOrEqual(2);
    expect(client.holes).toBe(0);
  });
});

test("under load, clients that join, leave, pause and resume at any time end equal to the projection, without a hole", async () => {
  const action = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant("move" as const),
        seed: fc.nat(1000),
        rows: fc.integer({ min: 1, max: 40 }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constantFrom("pause" as const, "continue" as const, "reconnect" as const),
        who: fc.nat(3),
      }),
    },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 20, maxLength: 60 }), async (actions) => {
      const filters = [{}, { locations: ["S07"] }, { locations: ["S07", "S08"] }, {}];
      const followers = await Promise.all(
        filters.map(async (filter) => {
          const client = await connect();
          client.send({ type: "subscribe", id: "1", ...filter });
          return { client, filter };
        }),
      );
      for (const step of actions) {
        if (step.kind === "move") {
          const lines = Array.from({ length: step.rows }, (_, i) => ({
            gtin: GTINS[(step.seed * 7 + i) % GTINS.length]!,
            quantity: 1 + (i % 3),
          }));
          await at.tellOnly(step.seed % 2 === 0 ? "S07" : "S08", lines);
        } else {
          const one = followers[step.who]!;
          if (step.kind === "pause") one.client.socket.pause();
          else if (step.kind === "continue") one.client.socket.resume();
          else {
            const old = one.client;
            old.socket.terminate();
            const next = await connect();
            const resumeFrom = { serverId: next.of("ready")[0]!.serverId, revision: old.revision };
            for (const [key, value] of old.known) next.known.set(key, value);
            next.revision = old.revision;
            next.send({
              type: "subscribe",
              id: "1",
              ...one.filter,
              ...(old.isComplete ? { resumeFrom } : {}),
            });
            next.isComplete = old.isComplete;
            one.client = next;
          }
        }
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
      for (const { client } of followers) client.socket.resume();
      for (const { client, filter } of followers) {
        await eventually(() => expectEqual(client, at, filter.locations));
        expect(client.holes).toBe(0);
        client.socket.terminate();
      }
    }),
    { numRuns: 12, verbose: true },
  );
}, 120_000);

test("stopping tells every socket that the server goes away", async () => {
  const going = await startTestServer({ db, listen: true });
  const client = await connect({ server: going });
  await going.stop();
  await eventually(() => expect(client.closed).toMatchObject({ code: 1001 }));
});
