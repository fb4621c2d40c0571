import { expect } from "vitest";
import { z } from "zod";
import type { AvailabilityAnswer } from "../../domain/availability/availability-item.ts";
import { identityOfEpc } from "../../domain/epc/identity.ts";
import type { Database } from "../../sql/database.ts";
import type { Api } from "./api.ts";
import { DEADLINE_MS } from "./deadline.ts";
import { LOAD_GTINS, type StockLoad } from "./stock-load.ts";
import { untilAsync } from "./until.ts";

const number = z.coerce.number();

/** Units on hand by the ledger, over all locations. */
export async function onHandByLedger(db: Database): Promise<number> {
  const [row] = await db.query({
    name: "test/on-hand",
    sql: "SELECT sum(quantity) AS units FROM positions",
    row: z.object({ units: number }),
  });
  return row?.units ?? 0;
}

/**
 * Fails unless the ledger's own rules hold: no event twice, no ordinal of a location twice (two ingests count apart), each location's
 * sequences are 1 to n, each once.
 */
export async function expectSoundLedger(db: Database): Promise<void> {
  const [events] = await db.query({
    name: "test/events",
    sql: "SELECT count() AS count, uniqExact(event_id) AS distinct, uniqExact(location_id, ordinal) AS ordinals FROM events",
    row: z.object({ count: number, distinct: number, ordinals: number }),
  });
  expect(events?.distinct, "an event is in the ledger twice").toBe(events?.count);
  expect(events?.ordinals, "an ordinal was given twice at a location").toBe(events?.count);
  const locations = await db.query({
    name: "test/sequences",
    sql: `SELECT location_id, count() AS count, uniqExact(sequence) AS distinct, min(sequence) AS first, max(sequence) AS last
          FROM movements GROUP BY location_id`,
    row: z.object({ location_id: z.string(), count: number, distinct: number, first: number, last: number }),
  });
  for (const { location_id, count, distinct, first, last } of locations) {
    expect({ location_id, distinct, first, last }).toEqual({
      location_id,
      distinct: count,
      first: 1,
      last: count,
    });
  }
}

/** Fails unless the ledger holds what was acknowledged: every unit came once, and went once when it was sold. */
export async function expectLedgerOf(db: Database, load: StockLoad): Promise<void> {
  await expectSoundLedger(db);
  const rows = await db.query({
    name: "test/units",
    sql: `SELECT epc, location_id, countIf(quantity > 0) AS came, countIf(quantity < 0) AS went, sum(quantity) AS left
          FROM movements GROUP BY epc, location_id`,
    row: z.object({ epc: z.string(), location_id: z.string(), came: number, went: number, left: number }),
  });
  const counted = new Map(rows.map((row) => [row.epc, row]));
  expect(counted.size, "an item is in the ledger at two locations").toBe(rows.length);
  const wrong: unknown[] = [];
  for (const unit of load.units.values()) {
    const row = counted.get(identityOfEpc(unit.epc));
    const went = Number(unit.isSold);
    const isRight =
      row?.came === 1 && row.went === went && row.left === 1 - went && row.location_id === unit.locationId;
    if (!isRight) wrong.push({ unit, row: row ?? "not in the ledger" });
  }
  expect(wrong.slice(0, 5), `${wrong.length} of ${load.units.size} units are not as acknowledged`).toEqual(
    [],
  );
  expect(counted.size, "the ledger has items that nobody sent").toBe(load.units.size);
}

/**
 * Waits until as many units came and went as was acknowledged, then fails unless the ledger holds exactly that. What is on
 * hand would not tell that all is in: while a receipt and a sale are on their way, it is what it will be after them.
 */
export async function untilLedgerOf(db: Database, load: StockLoad, deadlineMs = DEADLINE_MS): Promise<void> {
  const acknowledged = load.units.size;
  const sold = acknowledged - unitsLeft(load);
  const isAllIn = async () => {
    const [row] = await db.query({
      name: "test/came-and-went",
      sql: "SELECT countIf(quantity > 0) AS came, countIf(quantity < 0) AS went FROM movements",
      row: z.object({ came: number, went: number }),
    });
    return row !== undefined && row.came >= acknowledged && row.went >= sold;
  };
  // Which units are missing then says more than that the time is over.
  await untilAsync(`${acknowledged} units came and ${sold} went`, isAllIn, deadlineMs).catch(() => undefined);
  await expectLedgerOf(db, load);
}

/** How many units the acknowledged messages leave on hand. */
export function unitsLeft(load: StockLoad): number {
  let left = 0;
  for (const unit of load.units.values()) if (!unit.isSold) left += 1;
  return left;
}

/** Waits until the server's answers are the ledger's positions, for every product at every location. */
export async function untilServerAgrees(
  api: Api,
  db: Database,
  locationIds: readonly string[],
): Promise<void> {
  const ledger = await db.query({
    name: "test/positions",
    sql: "SELECT location_id, gtin, sum(quantity) AS on_hand FROM positions GROUP BY location_id, gtin",
    row: z.object({ location_id: z.string(), gtin: number, on_hand: number }),
  });
  const expected = new Map(ledger.map((row) => [`${row.location_id}/${row.gtin}`, row.on_hand]));
  let differing: unknown[] = [];
  const agrees = async () => {
    const answer = await api<AvailabilityAnswer>("POST", "/v1/availability/query", {
      gtins: LOAD_GTINS,
      locations: locationIds,
    });
    expect(answer.items.length).toBe(LOAD_GTINS.length * locationIds.length);
    differing = answer.items.filter(
      ({ locationId, gtin, onHand, available }) =>
        onHand !== (expected.get(`${locationId}/${Number(gtin)}`) ?? 0) || available !== onHand,
    );
    return differing.length === 0;
  };
  await untilAsync("the server's answers are the ledger's positions", agrees).catch((error: unknown) => {
    throw new Error(`${String(error)}: ${JSON.stringify({ differing, ledger })}`);
  });
}
