import { accessSync, constants, existsSync, mkdirSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { connectAsync } from "mqtt";
import { pendingMigrations } from "../../sql/migrate.ts";
import type { Config } from "./config.ts";
import { findRunningSystem } from "./data-directory.ts";
import { dashboardDirectory } from "./dashboard-directory.ts";
import type { ListenAddress } from "./listen-address.ts";
import { isEmbedded, openConfigured } from "./open-databases.ts";

/** One thing that was looked at. `remedy` is a command or an action; null where nothing is to be done. */
export type Finding = {
  name: string;
  status: "ok" | "note" | "problem";
  detail: string;
  remedy: string | null;
};

const ok = (name: string, detail: string): Finding => ({ name, status: "ok", detail, remedy: null });
const note = (name: string, detail: string, remedy: string | null): Finding => ({
  name,
  status: "note",
  detail,
  remedy,
});
const problem = (name: string, detail: string, remedy: string): Finding => ({
  name,
  status: "problem",
  detail,
  remedy,
});

/** Looks at everything a start needs. Changes nothing; the embedded database is opened only when nobody runs on it. */
export async function findProblems(config: Config<"start">): Promise<Finding[]> {
  const running = isEmbedded(config) ? findRunningSystem(config.ONHAND_DATA_DIR) : null;
  const findings = [checkNode(), checkDashboard(), await checkDisk(config)];
  if (running !== null) {
    findings.push(
      ok("system", `runs as process ${running.pid}${running.url === "" ? "" : ` at ${running.url}`}`),
    );
    return findings;
  }
  findings.push(await checkDatabase(config), await checkPort("server", config.HTTP_LISTEN, "HTTP_LISTEN"));
  findings.push(
    config.MQTT_URL === ""
      ? await checkPort("broker", config.MQTT_LISTEN, "MQTT_LISTEN")
      : await checkBroker(config),
  );
  return findings;
}

function checkNode(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  return major > 20 || (major === 20 && minor >= 19)
    ? ok("node", process.versions.node)
    : problem("node", `${process.versions.node} is too old`, "install Node.js 20.19 or later");
}

function checkDashboard(): Finding {
  const directory = dashboardDirectory();
  return existsSync(fileURLToPath(new URL("index.html", directory)))
    ? ok("dashboard", "is built")
    : problem("dashboard", "is not built; the server has no pages to show", "npm run build");
}

async function checkDisk(config: Config<"start">): Promise<Finding> {
  const directory = config.ONHAND_DATA_DIR;
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    accessSync(directory, constants.W_OK);
    const { bavail, blocks, bsize } = await statfs(directory);
    const freePercent = (bavail / blocks) * 100;
    const detail = `${directory}: ${((bavail * bsize) / 2 ** 30).toFixed(1)} GiB free (${freePercent.toFixed(0)} %)`;
    return freePercent >= config.INGEST_MIN_FREE_DISK_PERCENT
      ? ok("data folder", detail)
      : problem(
          "data folder",
          `${detail}; intake is paused below ${config.INGEST_MIN_FREE_DISK_PERCENT} %`,
          "free space, or set ONHAND_DATA_DIR to a larger disk",
        );
  } catch (error) {
    return problem(
      "data folder",
      `${directory} can't be written: ${reasonOf(error)}`,
      `make ${directory} writable, or set ONHAND_DATA_DIR`,
    );
  }
}

async function checkDatabase(config: Config<"start">): Promise<Finding> {
  const name = isEmbedded(config) ? "ClickHouse (embedded)" : "ClickHouse";
  try {
    const db = await openConfigured(config);
    try {
      await db.ping();
      const pending = await pendingMigrations(db);
      return pending.length === 0
        ? ok(name, "answers; its tables are up to date")
        : note(
            name,
            `answers; ${pending.length} migrations are not applied yet`,
            "`onhand start` applies them, or run `onhand migrate`",
          );
    } finally {
      await db.close();
    }
  } catch (error) {
    return problem(
      name,
      reasonOf(error),
      isEmbedded(config)
        ? "npm install chdb, or set CLICKHOUSE_URL to a server"
        : "check CLICKHOUSE_URL, CLICKHOUSE_USER and CLICKHOUSE_PASSWORD",
    );
  }
}

async function checkBroker(config: Config<"start">): Promise<Finding> {
  try {
    const client = await connectAsync(
      config.MQTT_URL,
      {
        connectTimeout: 5_000,
        reconnectPeriod: 0,
        username: config.MQTT_USERNAME,
        password: config.MQTT_PASSWORD,
      },
      false,
    );
    await client.endAsync();
    return ok("broker", "takes our connection");
  } catch (error) {
    return problem(
      "broker",
      reasonOf(error),
      "check MQTT_URL, MQTT_USERNAME and MQTT_PASSWORD, and that the broker runs",
    );
  }
}

function checkPort(name: string, { host, port }: ListenAddress, setting: string): Promise<Finding> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error) => {
      resolve(
        problem(
          name,
          `${host}:${port} can't be used: ${error.message}`,
          `set ${setting} to another address, or stop what uses it`,
        ),
      );
    });
    server.listen(port, host, () => {
      server.close(() => resolve(ok(name, `${host}:${port} is free`)));
    });
  });
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
