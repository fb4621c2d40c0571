import { createKeyStore } from "../../server/keys/key-store.ts";
import { openDatabase } from "../../sql/client.ts";
import type { Database } from "../../sql/database.ts";
import { migrate } from "../../sql/migrate.ts";
import { type Mosquitto, startMosquitto } from "./mosquitto.ts";
import { firstLine, type OnhandProcess, runOnhand } from "./onhand-process.ts";
import { startServerProcess } from "./start-server-process.ts";
import { untilAsync } from "./until.ts";

export type RunningIngest = OnhandProcess & {
  /** Where it answers /readyz and /metrics. */
  url: string;
};

export type RunningServer = OnhandProcess & { url: string };

/** ClickHouse, Mosquitto, ingest and server, each a process of its own, on loopback. */
export type SplitSystem = {
  url: string;
  /** Where the first ingest answers /readyz and /metrics. */
  ingestUrl: string;
  /** An administrator's bearer key. */
  token: string;
  mosquitto: Mosquitto;
  db: Database;
  /** The ingest that was started last. */
  ingest: RunningIngest;
  server: OnhandProcess;
  clickHouse: {
    url: string;
    kill(): Promise<void>;
    start(): Promise<void>;
    /** Stops it where it is; it answers nobody until `resume`. */
    pause(): void;
    resume(): void;
  };
  /** Starts one more ingest, and waits until it answers: it may wait as standby then. */
  startIngest(env?: Record<string, string>): Promise<RunningIngest>;
  /** Starts one more server, and waits until it answers: it may be standby for grants then. */
  startServer(): Promise<RunningServer>;
  stop(): Promise<void>;
};

export type SplitSystemOptions = {
  /** What the tables hold before ingest and server start: they know it from the beginning. */
  prepare?(db: Database): Promise<void>;
  ingestEnv?: Record<string, string>;
  /** What ingest is told of where ClickHouse is, for a test that stands in between. */
  clickHouseUrlOfIngest?(url: string): string;
};

/** As deploy/mosquitto/mosquitto.conf sets it, but for everybody. */
const openBroker =
  "listener {port} 127.0.0.1\nallow_anonymous true\npersistence true\nmax_queued_messages 0\nmax_inflight_messages 1000\n";

export async function startSplitSystem(
  dataDirectory: string,
  options: SplitSystemOptions = {},
): Promise<SplitSystem> {
  let clickHouse = await startServerProcess(dataDirectory);
  const { url: clickHouseUrl } = clickHouse;
  const mosquitto = await startMosquitto({ config: openBroker });
  const db = await openDatabase({ url: clickHouseUrl });
  await migrate(db);
  await options.prepare?.(db);
  const key = await createKeyStore({ db, nowMs: Date.now }).create({
    role: "admin",
    name: "test",
    locationId: null,
    origins: [],
  });
  const env = {
    CLICKHOUSE_URL: clickHouseUrl,
    MQTT_URL: mosquitto.url,
    HTTP_LISTEN: "127.0.0.1:0",
    INGEST_HTTP_LISTEN: "127.0.0.1:0",
  };
  const ingests: RunningIngest[] = [];
  const startIngest = async (moreEnv: Record<string, string> = {}) => {
    const started = runOnhand(["ingest", "--json"], {
      ...env,
      CLICKHOUSE_URL: options.clickHouseUrlOfIngest?.(clickHouseUrl) ?? clickHouseUrl,
      ...options.ingestEnv,
      ...moreEnv,
    });
    const { url } = JSON.parse(await firstLine(started)) as { url: string };
    const ingest = { ...started, url };
    ingests.push(ingest);
    return ingest;
  };
  const ingest = await startIngest();
  await untilReady(ingest.url);
  const servers: RunningServer[] = [];
  const startServer = async () => {
    const started = runOnhand(["serve", "--json"], env);
    const { url } = JSON.parse(await firstLine(started)) as { url: string };
    const server = { ...started, url };
    servers.push(server);
    return server;
  };
  const server = await startServer();
  return {
    url: server.url,
    ingestUrl: ingest.url,
    token: key.token,
    mosquitto,
    db,
    get ingest() {
      return ingests.at(-1) ?? ingest;
    },
    server,
    clickHouse: {
      url: clickHouseUrl,
      kill: () => clickHouse.kill(),
      pause: () => void process.kill(clickHouse.pid, "SIGSTOP"),
      resume: () => void process.kill(clickHouse.pid, "SIGCONT"),
      async start() {
        clickHouse = await startServerProcess(dataDirectory, Number(new URL(clickHouseUrl).port));
      },
    },
    startIngest,
    startServer,
    async stop() {
      await Promise.all([...servers, ...ingests].map((running) => running.kill("SIGTERM")));
      await db.close();
      await mosquitto.remove();
      await clickHouse.stop();
    },
  };
}

/** A kept connection may be closed by the other end just when it is used again. */
const oneConnection = { headers: { connection: "close" } };

/** Waits until the process at this address says that it is ready. */
export async function untilReady(url: string): Promise<void> {
  await untilAsync("it is ready", async () => (await readiness(url)).isReady);
}

/** What /readyz says, reasons included. */
export async function readiness(url: string): Promise<{ isReady: boolean; status: number; text: string }> {
  const response = await fetch(`${url}/readyz`, oneConnection);
  return { isReady: response.ok, status: response.status, text: await response.text() };
}

/** One number of /metrics; 0 when it is not there. */
export async function metricOf(url: string, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`, oneConnection)).text();
  const line = text.split("\n").find((each) => each.startsWith(`${name} `) || each.startsWith(`${name}{`));
  return line === undefined ? 0 : Number(line.slice(line.lastIndexOf(" ") + 1));
}
