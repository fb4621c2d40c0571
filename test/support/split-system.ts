import { openDatabase } from "../../sql/client.ts";
import type { Database } from "../../sql/database.ts";
import { migrate } from "../../sql/migrate.ts";
import { firstLine, type OnhandProcess, runOnhand } from "./onhand-process.ts";
import { type Mosquitto, startMosquitto } from "./mosquitto.ts";
import { startServerProcess } from "./start-server-process.ts";
import { untilAsync } from "./until.ts";
import { createKeyStore } from "../../server/keys/key-store.ts";

/** ClickHouse, Mosquitto, ingest and server, each a process of its own, on loopback. */
export type SplitSystem = {
  url: string;
  /** Where ingest answers /readyz and /metrics. */
  ingestUrl: string;
  /** An administrator's bearer key. */
  token: string;
  mosquitto: Mosquitto;
  db: Database;
  ingest: OnhandProcess;
  server: OnhandProcess;
  stop(): Promise<void>;
};

export async function startSplitSystem(dataDirectory: string): Promise<SplitSystem> {
  const clickHouse = await startServerProcess(dataDirectory);
  const mosquitto = await startMosquitto();
  const db = await openDatabase({ url: clickHouse.url });
  await migrate(db);
  const key = await createKeyStore({ db, nowMs: Date.now }).create({
    role: "admin",
    name: "test",
    locationId: null,
    origins: [],
  });
  const env = {
    CLICKHOUSE_URL: clickHouse.url,
    MQTT_URL: mosquitto.url,
    HTTP_LISTEN: "127.0.0.1:0",
    INGEST_HTTP_LISTEN: "127.0.0.1:0",
  };
  const ingest = runOnhand(["ingest", "--json"], env);
  const { url: ingestUrl } = JSON.parse(await firstLine(ingest)) as { url: string };
  await untilAsync("ingest takes in", async () => (await fetch(`${ingestUrl}/readyz`)).ok);
  const server = runOnhand(["serve", "--json"], env);
  const { url } = JSON.parse(await firstLine(server)) as { url: string };
  return {
    url,
    ingestUrl,
    token: key.token,
    mosquitto,
    db,
    ingest,
    server,
    async stop() {
      await Promise.all([ingest.kill("SIGTERM"), server.kill("SIGTERM")]);
      await db.close();
      await mosquitto.remove();
      await clickHouse.stop();
    },
  };
}
