import { eventually } from "../../test/support/eventually.ts";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { thresholdBand } from "../../domain/availability/threshold-band.ts";
import { gtinFromNumber } from "../../domain/gtin.ts";
import type { Database } from "../../sql/database.ts";
import { openTestDatabase, startTestServer, type TestServer } from "../../test/support/start-test-server.ts";
import { keyOf, StreamClient } from "../../test/support/stream-client.ts";
import { validGtins } from "../../test/support/valid-gtins.ts";

const GTINS = validGtins(4);
const [SENTINEL = 0, ...PRODUCTS] = GTINS;
const THRESHOLDS = [0, 5];
type Follower = { client: StreamClient; known: Map<string, number>; revision: number; read: number };
let db: Database;
let at: TestServer;
let places = 0;

beforeAll(async () => {
  db = await openTestDatabase();
  // Ticks are the test's own.
  at = await startTestServer({ db, listen: true, config: { stream: { tickMs: 10_000, itemsPerFrame: 2 } } });
});
afterAll(async () => {
  await at.stop();
  await db.close();
});

async function connect(): Promise<StreamClient> {
  const client = new StreamClient(at.url, { headers: { authorization: `Bearer ${at.tokens.storefront}` } });
  await eventually(() => expect(client.of("ready").length).toBe(1));
  return client;
}

/** A follower of one place, with a second subscription whose change shows that everything before it has come. */
async function follow(place: string, earlier: Follower | null): Promise<Follower> {
  const client = await connect();
  const { serverId } = client.of("ready")[0]!;
  const resume = earlier === null ? {} : { resumeFrom: { serverId, revision: earlier.revision } };
  const { stream } = at.server;
  const before = stream.subscriptionCount();
  client.send({ type: "subscribe", id: "t", locations: [place], thresholds: THRESHOLDS, ...resume });
  client.send({
    type: "subscribe",
    id: "sentinel",
    gtins: [gtinFromNumber(SENTINEL)],
    locations: ["SENTINEL"],
  });
  await eventually(() => expect(stream.subscriptionCount()).toBe(before + 2));
  return { client, known: new Map(earlier?.known), revision: -1, read: 0 };
}

/** One tick, and all frames of it read. */
async function tick(clients: readonly StreamClient[]): Promise<void> {
  at.server.stream.tick();
  await at.tellOnly("SENTINEL", [{ gtin: SENTINEL, quantity: 1 }]);
  at.server.stream.tick();
  const revision = at.server.stream.revision();
  await eventually(() => {
    for (const { frames } of clients) {
      expect(frames.findLast((frame) => "id" in frame && frame.id === "sentinel")).toMatchObject({
        revision,
      });
    }
  });
}

/** Reads what has come since the last time, as the documentation tells to. @returns the keys of what changed. */
function read(follower: Follower): string[] {
  const told: string[] = [];
  const { frames } = follower.client;
  for (const frame of frames.slice(follower.read)) {
    if ((frame.type !== "changes" && frame.type !== "snapshot") || frame.id !== "t") continue;
    for (const item of frame.items) follower.known.set(keyOf(item), item.available);
    if (frame.type === "changes") told.push(...frame.items.map(keyOf));
    follower.revision = frame.revision;
  }
  follower.read = frames.length;
  return told.sort();
}

async function hangUp(followers: readonly Follower[]): Promise<void> {
  const { sockets } = at.server.stream;
  const left = sockets.size - followers.length;
  for (const { client } of followers) client.socket.terminate();
  await eventually(() => expect(sockets.size).toBe(left));
}

test("a subscription with thresholds is told of each crossing and of nothing else; a resumed one misses none", async () => {
  const step = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant("move" as const),
        product: fc.nat(PRODUCTS.length - 1),
        quantity: fc.integer({ min: -4, max: 4 }).filter((quantity) => quantity !== 0),
      }),
    },
    { weight: 3, arbitrary: fc.constant({ kind: "tick" as const }) },
    { weight: 1, arbitrary: fc.constant({ kind: "reconnect" as const }) },
    { weight: 1, arbitrary: fc.constant({ kind: "another" as const }) },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), async (steps) => {
      places += 1;
      const place = `T${places}`;
      const stock = new Map<number, number>();
      const availableOf = (product: number) => Math.max(0, stock.get(product) ?? 0);
      /** The naive model: the side on which each follower was told each product to be. */
      const told = new Map<number, number>();
      await at.tellOnly(
        place,
        PRODUCTS.map((gtin) => ({ gtin, quantity: 3 })),
      );
      PRODUCTS.forEach((_, product) => stock.set(product, 3));
      const followers = [await follow(place, null)];
      const clients = () => followers.map(({ client }) => client);
      await tick(clients());
      followers.forEach(read);
      PRODUCTS.forEach((_, product) => told.set(product, thresholdBand(THRESHOLDS, availableOf(product))));

      for (const one of [...steps, { kind: "tick" as const }]) {
        if (one.kind === "move") {
          stock.set(one.product, (stock.get(one.product) ?? 0) + one.quantity);
          await at.tellOnly(place, [{ gtin: PRODUCTS[one.product]!, quantity: one.quantity }]);
          continue;
        }
        const expected = PRODUCTS.map((gtin, product) => ({
          product,
          band: thresholdBand(THRESHOLDS, availableOf(product)),
          key: keyOf({ locationId: place, gtin: gtinFromNumber(gtin) }),
        })).filter(({ product, band }) => band !== told.get(product));
        const isNew = (follower: Follower) => follower.revision < 0;
        if (one.kind === "another" && followers.length < 3) followers.push(await follow(place, null));
        if (one.kind === "reconnect") {
          const [old] = followers;
          await hangUp([old!]);
          followers[0] = await follow(place, old!);
        }
        const fresh = new Set(followers.filter(isNew));
        await tick(clients());
        for (const { product, band } of expected) told.set(product, band);
        for (const follower of followers) {
          const changed = read(follower);
          const due = expected.map(({ key }) => key).sort();
          // Who has just come was told the present state instead.
          expect(fresh.has(follower) ? due : changed).toEqual(due);
          for (const [product, gtin] of PRODUCTS.entries()) {
            const available =
              follower.known.get(keyOf({ locationId: place, gtin: gtinFromNumber(gtin) })) ?? 0;
            expect(thresholdBand(THRESHOLDS, available)).toBe(told.get(product));
          }
        }
      }
      await hangUp(followers);
    }),
    { numRuns: 20, verbose: true },
  );
});

test("a position that never was here crosses nothing until there is some of it", async () => {
  const follower = await follow("NEW", null);
  const [gtin = 0] = PRODUCTS;
  await tick([follower.client]);
  read(follower);
  await at.tellOnly("NEW", [{ gtin, quantity: 1, state: "damaged" }]);
  await tick([follower.client]);
  expect(read(follower)).toEqual([]);
  await at.tellOnly("NEW", [{ gtin, quantity: 1 }]);
  await tick([follower.client]);
  expect(read(follower)).toEqual([keyOf({ locationId: "NEW", gtin: gtinFromNumber(gtin) })]);
  follower.client.socket.terminate();
});

test("thresholds over more positions than may be kept in mind are refused", async () => {
  const small = await startTestServer({ db, listen: true, config: { maxItemsPerQuery: 2 } });
  await small.tellOnly(
    "S01",
    PRODUCTS.map((gtin) => ({ gtin, quantity: 1 })),
  );
  const client = new StreamClient(small.url, {
    headers: { authorization: `Bearer ${small.tokens.storefront}` },
  });
  await eventually(() => expect(client.of("ready").length).toBe(1));
  client.send({ type: "subscribe", id: "t", locations: ["S01"], thresholds: [0] });
  await eventually(() => expect(client.of("error")).toMatchObject([{ code: "too_many_items", id: "t" }]));
  client.send({ type: "subscribe", id: "plain", locations: ["S01"] });
  await eventually(() => expect(client.of("snapshot").at(-1)).toMatchObject({ id: "plain", isLast: true }));
  await small.stop();
});
