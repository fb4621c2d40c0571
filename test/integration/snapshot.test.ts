import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { openDatabase } from "../../sql/client.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";
import { type IngestInProcess, startIngestInProcess } from "../support/ingest-in-process.ts";
import { expectLedgerOf, onHandByLedger, unitsLeft } from "../support/ledger-facts.ts";
import type { Message } from "../support/reliable-publisher.ts";
import { createStockLoad, insertLoadData, type StockLoad } from "../support/stock-load.ts";
import { migratedDirectory } from "../support/migrated-directory.ts";
import { until, untilAsync } from "../support/until.ts";

const seed = Number(process.env["ONHAND_SEED"] ?? Date.now() % 1_000_000);

describe(`snapshots under load (ONHAND_SEED=${seed})`, () => {
  const dataDirectory = migratedDirectory("snapshot");
  const locationIds = ["store-1", "store-2"];
  let db: Database;
  let running: IngestInProcess;
  let load: StockLoad;
  const open = { messages: 0 };

  beforeAll(async () => {
    db = await openDatabase({ dataDirectory });
    await insertLoadData(db, locationIds);
    running = await startIngestInProcess({ db, settings: { snapshotEveryMs: 100 } });
    const send = ({ topic, payload }: Message, onAcknowledged: () => void) => {
      open.messages += 1;
      void running.device.publishAsync(topic, payload, { qos: 1 }).then(() => {
        open.messages -= 1;
        onAcknowledged();
      });
    };
    load = createStockLoad({ locationIds, seed, send });
  });
  afterAll(async () => {
    await running?.stop();
    await db?.close();
  });

  const snapshots = async () => {
    const [row] = await db.query({
      name: "test/snapshots",
      sql: "SELECT count() AS count, max(snapshot_id) AS newest FROM snapshots",
      row: z.object({ count: z.number(), newest: z.number() }),
    });
    return row ?? { count: 0, newest: 0 };
  };

  it("a start from one goes on where the ledger ended: positions, sequences, items, repeats of sales", async () => {
    const stopLoad = load.start(300);
    await untilAsync("five snapshots are taken", async () => (await snapshots()).count >= 5, 60_000);
    stopLoad();
    await until("all is acknowledged", () => open.messages === 0);
    const { items } = running.ingest.counts();
    await running.stop();
    const { newest } = await snapshots();
    const loaded = await db.query({
      name: "test/load-positions",
      sql: loadQuery("ingest/load-positions"),
      params: { snapshot_id: newest, through: Number.MAX_SAFE_INTEGER },
      row: z.object({ quantity: z.number() }),
    });
    expect(loaded.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(unitsLeft(load));
    running = await startIngestInProcess({ db, settings: { snapshotEveryMs: 100 } });
    expect(running.ingest.counts().items).toBe(items);
    load.send(300);
    await until("all is acknowledged", () => open.messages === 0);
    await expectLedgerOf(db, load);
    expect(await onHandByLedger(db)).toBe(unitsLeft(load));
  });
});

/** What the server writes: here there is none. Antenna 1 of each store's reader looks at its dock. */
