import { eventually } from "../support/eventually.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { createOnhandClient } from "../../client/onhand-client.ts";
import type { StreamEvent, StreamStatus } from "../../client/stream/availability-stream.ts";
import { gtinFromNumber } from "../../domain/gtin.ts";
import type { Database } from "../../sql/database.ts";
import { openTestDatabase, startTestServer, type TestServer } from "../support/start-test-server.ts";
import { validGtins } from "../support/valid-gtins.ts";

const [A = 0] = validGtins(1);
let db: Database;
let at: TestServer;

beforeAll(async () => {
  db = await openTestDatabase();
  at = await startTestServer({ db, listen: true, config: { stream: { tickMs: 5 } } });
});
afterAll(async () => {
  await at.stop();
  await db.close();
});

test.each(["websocket", "events"] as const)(
  "by %s the client follows crossings for its channel, and resumes where it was after a break",
  async (transport) => {
    const place = `P-${transport}`;
    await at.tellOnly(place, [{ gtin: A, quantity: 7 }]);
    const events: StreamEvent[] = [];
    const states: StreamStatus["state"][] = [];
    const client = createOnhandClient({ baseUrl: at.url, key: at.tokens.storefront });
    const stream = client.availability.stream({
      transport,
      WebSocket,
      filter: { gtins: [gtinFromNumber(A)], locations: [place], channel: "web", thresholds: [0, 5] },
      backOff: { firstMs: 5, longestMs: 20 },
      onEvent: (event) => events.push(event),
      onStatus: ({ state }) => states.push(state),
    });
    const told = () =>
      events.map((event) => [event.type, ...event.items.map(({ available }) => available)].join(" "));
    await eventually(() => expect(told()).toEqual(["snapshot 7"]));
    await at.tellOnly(place, [{ gtin: A, quantity: -1 }]);
    await at.tellOnly(place, [{ gtin: A, quantity: -1 }]);
    await eventually(() => expect(told()).toEqual(["snapshot 7", "changes 5"]));

    for (const peer of at.server.stream.sockets) peer.terminate();
    await at.tellOnly(place, [{ gtin: A, quantity: -5 }]);
    await eventually(() => expect(told()).toEqual(["snapshot 7", "changes 5", "changes 0"]));
    expect(states).toEqual(["connecting", "live", "stale", "live"]);
    stream.stop();
    await eventually(() => expect(at.server.stream.sockets.size).toBe(0));
  },
);

test("what is refused is said, and not asked again", async () => {
  const statuses: StreamStatus[] = [];
  createOnhandClient({ baseUrl: at.url, key: "nonsense" }).availability.stream({
    transport: "events",
    onEvent: () => {},
    onStatus: (status) => statuses.push(status),
  });
  await eventually(() =>
    expect(statuses.at(-1)).toMatchObject({ state: "offline", problem: { code: "unauthenticated" } }),
  );
});
