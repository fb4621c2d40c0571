import { afterAll, beforeAll, expect, it } from "vitest";
import { openDatabase } from "../../sql/client.ts";
import type { Database } from "../../sql/database.ts";
import { type IngestInProcess, startIngestInProcess } from "./ingest-in-process.ts";
import { expectLedgerOf, onHandByLedger, unitsLeft, untilLedgerOf } from "./ledger-facts.ts";
import {
  freshEpc,
  insertLoadData,
  LOAD_GTINS,
  type LoadedUnit,
  readMessage,
  saleMessage,
} from "./stock-load.ts";
import { migratedDirectory } from "./migrated-directory.ts";

const locationId = "store-1";
const [gtin] = LOAD_GTINS;
let db: Database;
let running: IngestInProcess;

beforeAll(async () => {
  db = await openDatabase({ dataDirectory: migratedDirectory("ledger-facts") });
  await insertLoadData(db, [locationId]);
  running = await startIngestInProcess({ db });
});
afterAll(async () => {
  await running?.stop();
  await db?.close();
});

const unit = (isSold: boolean): LoadedUnit => ({ epc: freshEpc(gtin), gtin, locationId, isSold });
const loadOf = (...units: LoadedUnit[]) => ({
  send: () => {},
  start: () => () => {},
  messages: 0,
  units: new Map(units.map((each) => [each.epc, each])),
});
const publish = async ({ topic, payload }: { topic: string; payload: string }) =>
  await running.device.publishAsync(topic, payload, { qos: 1 });

it("what is on hand does not pass for all that was acknowledged while a receipt and a sale are on their way", async () => {
  const [sold, kept] = [unit(true), unit(false)];
  const load = loadOf(sold, kept);
  await publish(readMessage(locationId, sold.epc, Date.now()));
  expect(await onHandByLedger(db)).toBe(unitsLeft(load));
  await expect(expectLedgerOf(db, load)).rejects.toThrow("2 of 2 units are not as acknowledged");
  let hasEnded = false;
  const waiting = untilLedgerOf(db, load).finally(() => {
    hasEnded = true;
  });
  // Statements run one after the other: were it not to wait, its own would be through by now.
  for (let query = 0; query < 10; query += 1) await onHandByLedger(db);
  expect(hasEnded).toBe(false);
  await publish(saleMessage(sold, Date.now()));
  await publish(readMessage(locationId, kept.epc, Date.now()));
  await waiting;
});

it("a unit that was acknowledged and never comes is named", async () => {
  const lost = unit(false);
  await expect(untilLedgerOf(db, loadOf(lost), 100)).rejects.toThrow(/units are not as acknowledged/);
});
