import { afterAll, describe, expect, it, onTestFailed } from "vitest";
import { openDatabase } from "../../sql/client.ts";
import { migrate } from "../../sql/migrate.ts";
import { expectLedgerOf, onHandByLedger, unitsLeft } from "../support/ledger-facts.ts";
import { type StartedSystem, startSystem } from "../support/onhand-process.ts";
import { createReliablePublisher, type ReliablePublisher } from "../support/reliable-publisher.ts";
import { untilReady } from "../support/split-system.ts";
import { createStockLoad, insertLoadData } from "../support/stock-load.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { until } from "../support/until.ts";

const isLong = process.env["ONHAND_LONG"] === "1";
const kills = isLong ? 50 : 5;
const seed = Number(process.env["ONHAND_SEED"] ?? Date.now() % 1_000_000);
const locationIds = ["store-1", "store-2"];

describe(`everything in one process, killed ${kills} times under load (ONHAND_SEED=${seed})`, () => {
  const dataDirectory = temporaryDirectory("kill-start");
  let system: StartedSystem;
  let publisher: ReliablePublisher;
  afterAll(async () => {
    await publisher?.stop();
    await system?.kill("SIGKILL");
  });

  it(
    "what the embedded broker acknowledged is in the ledger, exactly once",
    async () => {
      onTestFailed(() => console.log(system.log().slice(-8_000)));
      // It knows its stores from the beginning: reads of a reader that nobody has placed yet would wait.
      const before = await openDatabase({ dataDirectory });
      await migrate(before);
      await insertLoadData(before, locationIds);
      await before.close();
      system = await startSystem(dataDirectory);
      publisher = createReliablePublisher(() => ({
        url: `mqtt://127.0.0.1:${system.mqttPort}`,
        protocolVersion: 4,
        ...system.internal,
      }));
      const load = createStockLoad({ locationIds, seed, send: publisher.send });
      const stopLoad = load.start(300);
      for (let kill = 0; kill < kills; kill += 1) {
        // Somewhere in the middle of its work, another time each time.
        const enough = publisher.acknowledged + 20 + ((seed + kill * 977) % 300);
        await until(`${enough} messages are acknowledged`, () => publisher.acknowledged >= enough);
        await system.kill("SIGKILL");
        system = await startSystem(dataDirectory);
      }
      stopLoad();
      // While it is started again, fifty times, messages pile up.
      await publisher.drain(isLong ? 300_000 : undefined);
      await untilReady(system.url);
      // It stops in order, and its files are read by this process then.
      await system.kill("SIGTERM");
      expect(system.child.exitCode).toBe(0);
      const db = await openDatabase({ dataDirectory });
      try {
        expect(await onHandByLedger(db)).toBe(unitsLeft(load));
        await expectLedgerOf(db, load);
      } finally {
        await db.close();
      }
      console.log(
        `${kills} kills: ${load.messages} messages acknowledged, ${load.units.size} units came, ` +
          `${unitsLeft(load)} on hand`,
      );
    },
    isLong ? 900_000 : 120_000,
  );
});
