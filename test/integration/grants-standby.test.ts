import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from "vitest";
import type { Reservation } from "../../domain/reservations/reservation.ts";
import { createApi, seedStore } from "../support/api.ts";
import { migratedDirectory } from "../support/migrated-directory.ts";
import {
  type RunningServer,
  type SplitSystem,
  startSplitSystem,
  untilReady,
} from "../support/split-system.ts";
import { until, untilAsync } from "../support/until.ts";

const UNITS = 400;
const CLIENTS = 8;
const TOO_LONG_MS = 5_000;
/** Between two wishes of a client, so that stock lasts over two takeovers. */
const REST_MS = 150;

type Availability = { items: { sellable: number; reserved: number; available: number }[] };

describe("two servers, each a process of its own, and one stock", () => {
  let system: SplitSystem;
  let servers: RunningServer[];
  let store: { locationId: string; gtin: string };
  /** The reservation that each key was told. */
  const granted = new Map<string, string>();
  let refused = 0;
  let next = 0;

  beforeAll(async () => {
    system = await startSplitSystem(migratedDirectory("grants-standby"));
    servers = [{ ...system.server, url: system.url }, await system.startServer()];
    const api = createApi(system);
    store = await seedStore(api);
    await api("POST", "/v1/events", {
      type: "receipt",
      eventId: "delivery-1",
      locationId: store.locationId,
      occurredAt: new Date().toISOString(),
      lines: [{ gtin: store.gtin, quantity: UNITS }],
    });
  }, 120_000);
  afterAll(() => system?.stop());

  async function askOne(server: RunningServer, key: string): Promise<Response | null> {
    return await fetch(new URL("/v1/reservations", server.url), {
      method: "POST",
      headers: {
        authorization: `Bearer ${system.token}`,
        "content-type": "application/json",
        "idempotency-key": key,
      },
      body: JSON.stringify({ lines: [{ ...store, quantity: 1 }], ttlSeconds: 3600 }),
      signal: AbortSignal.timeout(TOO_LONG_MS),
    }).catch(() => null);
  }

  /** Asks one server after the other with the same key, until one of them knows. */
  async function hold(key: string): Promise<void> {
    for (let turn = 0; ; turn += 1) {
      const response = await askOne(servers[turn % servers.length]!, key);
      const body = response === null ? null : ((await response.json()) as Reservation);
      if (response?.status === 201) granted.set(key, body!.reservationId);
      if (response?.status === 409) refused += 1;
      if (response?.status === 201 || response?.status === 409) return;
      await sleep(100);
    }
  }

  async function shop(): Promise<void> {
    while (refused === 0) {
      next += 1;
      await hold(`wish-${next}`);
      await sleep(REST_MS);
    }
  }

  /** The one that grants; the standby says 503 `not_the_writer`. */
  async function writer(): Promise<RunningServer> {
    let found: RunningServer | undefined;
    await untilAsync(
      "one of them grants",
      async () => {
        for (const server of servers) {
          const text = await fetch(new URL("/metrics", server.url)).then(
            (response) => response.text(),
            () => "",
          );
          if (/^onhand_reservations_writer(\{[^}]*\})? 1$/m.test(text)) found = server;
        }
        return found !== undefined;
      },
      60_000,
    );
    return found!;
  }

  it("a writer that is killed and one that sleeps are replaced, and every unit is promised once", async () => {
    onTestFailed(() => console.log(servers.map((server) => server.log().slice(-4_000)).join("\n----\n")));
    const first = await writer();
    const shopping = Promise.all(Array.from({ length: CLIENTS }, shop));
    await until("some are granted", () => granted.size >= 50, 60_000);

    await first.kill("SIGKILL");
    const before = granted.size;
    servers = servers.filter((server) => server !== first);
    servers.push(await system.startServer());
    await until("the standby grants", () => granted.size >= before + 20, 60_000);

    const second = await writer();
    second.child.kill("SIGSTOP");
    const asleep = granted.size;
    await until("the other has taken over", () => granted.size >= asleep + 20, 60_000);
    second.child.kill("SIGCONT");
    await shopping;

    expect(granted.size).toBe(UNITS);
    expect(new Set(granted.values()).size).toBe(UNITS);
    for (const server of servers) {
      await untilReady(server.url);
      const api = createApi({ ...system, url: server.url });
      const path = `/v1/availability?gtin=${store.gtin}&location=${store.locationId}`;
      await untilAsync("both know all", async () => {
        const { items } = await api<Availability>("GET", path);
        return items[0]?.reserved === UNITS && items[0].available === 0;
      });
    }
    // The one that slept knows that it is not the writer any more: exactly one of them answers.
    const statuses = await Promise.all(
      servers.map(async (server) => (await askOne(server, "one-too-many"))?.status),
    );
    expect(new Set(statuses)).toEqual(new Set([409, 503]));
  }, 240_000);
});
