import { afterAll, describe, expect, it, onTestFailed } from "vitest";
import { z } from "zod";
import type { Reservation } from "../../domain/reservations/reservation.ts";
import { openDatabase } from "../../sql/client.ts";
import { instantParameter } from "../../sql/instant-parameter.ts";
import { loadQuery } from "../../sql/load-query.ts";
import { createApi, seedStore } from "../support/api.ts";
import { type StartedSystem, startSystem } from "../support/onhand-process.ts";
import { untilReady } from "../support/split-system.ts";
import { migratedDirectory } from "../support/migrated-directory.ts";
import { until, untilAsync } from "../support/until.ts";

const isLong = process.env["ONHAND_LONG"] === "1";
const kills = isLong ? 20 : 2;
const clients = 16;
const units = 120;

/** Holds a unit, and asks again with the same key until it is answered: over restarts and lost connections. */
async function holdUntilAnswered(
  system: () => StartedSystem,
  wish: { key: string; gtin: string; locationId: string },
): Promise<{ status: number; body: Reservation }> {
  for (;;) {
    try {
      const response = await fetch(new URL("/v1/reservations", system().url), {
        method: "POST",
        headers: {
          authorization: `Bearer ${system().token}`,
          "content-type": "application/json",
          "idempotency-key": wish.key,
        },
        body: JSON.stringify({
          lines: [{ gtin: wish.gtin, quantity: 1, locationId: wish.locationId }],
          ttlSeconds: 3600,
        }),
      });
      const body = (await response.json()) as Reservation;
      if (response.status === 201 || response.status === 409) return { status: response.status, body };
    } catch {
      // It was killed just now.
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe(`grants while the system is killed ${kills} times`, () => {
  const dataDirectory = migratedDirectory("kill-grants");
  let system: StartedSystem;
  afterAll(async () => {
    await system?.kill("SIGKILL");
  });

  it(
    "every unit is granted once: none oversold, none lost, none held for nobody",
    async () => {
      onTestFailed(() => console.log(system?.log().slice(-6_000)));
      system = await startSystem(dataDirectory);
      await untilReady(system.url);
      const { locationId, gtin } = await seedStore(createApi(system));
      await createApi(system)("POST", "/v1/events", {
        type: "receipt",
        eventId: "delivery-1",
        locationId,
        occurredAt: new Date().toISOString(),
        lines: [{ gtin, quantity: units }],
      });
      const granted = new Map<string, string>();
      let refused = 0;
      let next = 0;
      const client = async () => {
        while (refused === 0 || next < units + 50) {
          const key = `wish-${next}`;
          next += 1;
          const { status, body } = await holdUntilAnswered(() => system, { key, gtin, locationId });
          if (status === 201) granted.set(key, body.reservationId);
          else refused += 1;
          if (next > units * 3) return;
        }
      };
      const running = Array.from({ length: clients }, client);
      for (let kill = 1; kill <= kills; kill += 1) {
        const enough = Math.floor((units * kill) / (kills + 1));
        await until(`${enough} are granted`, () => granted.size >= enough, 60_000);
        await system.kill("SIGKILL");
        system = await startSystem(dataDirectory);
      }
      await Promise.all(running);
      await untilReady(system.url);
      expect(granted.size).toBe(units);
      expect(new Set(granted.values()).size).toBe(units);
      // Handed over while the ledger looks on: stock and hold fall together.
      const api = createApi(system);
      const [one = ""] = granted.values();
      await api("POST", `/v1/reservations/${one}/fulfil`, {});
      await untilAsync("it is fulfilled", async () => {
        const { status } = await api<Reservation>("GET", `/v1/reservations/${one}`);
        return status === "fulfilled";
      });
      type Answer = { items: { sellable: number; reserved: number; available: number }[] };
      const { items } = await api<Answer>("GET", `/v1/availability?gtin=${gtin}&location=${locationId}`);
      expect(items[0]).toMatchObject({ sellable: units - 1, reserved: units - 1, available: 0 });
      await system.kill("SIGTERM");
      expect(system.child.exitCode).toBe(0);
      // The table says the same, without the server.
      const db = await openDatabase({ dataDirectory });
      const rows = await db.query({
        name: "test/reserved",
        sql: loadQuery("reservations/reserved-units"),
        params: { at: instantParameter(Date.now()) },
        row: z.object({ reserved: z.number(), reservations: z.number() }),
      });
      await db.close();
      expect(rows).toMatchObject([{ reserved: units - 1 }]);
    },
    isLong ? 600_000 : 120_000,
  );
});
