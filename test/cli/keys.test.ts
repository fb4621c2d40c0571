import { readFile } from "node:fs/promises";
import { connectAsync, type MqttClient } from "mqtt";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freePort, type Mosquitto, startMosquitto } from "../support/mosquitto.ts";
import {
  firstLine,
  type OnhandProcess,
  runOnhand,
  startSystem,
  type StartedSystem,
} from "../support/onhand-process.ts";
import { runCommand } from "../support/run-command.ts";
import { startServerProcess } from "../support/start-server-process.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { until, untilAsync } from "../support/until.ts";

type Key = { keyId: string; secret: string; token: string; role: string };

async function createKey(env: Record<string, string>, ...args: string[]): Promise<Key> {
  const { code, stdout } = await runCommand(["keys", "create", ...args, "--json"], env);
  expect(code).toBe(0);
  return JSON.parse(stdout) as Key;
}

describe("keys of a split deployment", () => {
  const directory = temporaryDirectory("split-keys");
  let clickHouse: Awaited<ReturnType<typeof startServerProcess>>;
  let mosquitto: Mosquitto;
  let env: Record<string, string>;
  let keys: { ingest: Key; server: Key; device: Key };
  const processes: OnhandProcess[] = [];
  const clients: MqttClient[] = [];

  const connect = async (key: Key): Promise<MqttClient> => {
    const client = await connectAsync(
      mosquitto.url,
      { username: key.keyId, password: key.secret, protocolVersion: 5, reconnectPeriod: 0 },
      false,
    );
    clients.push(client);
    return client;
  };

  beforeAll(async () => {
    clickHouse = await startServerProcess(directory);
    const port = await freePort();
    // The broker does not run yet: its files are made of these keys.
    env = { CLICKHOUSE_URL: clickHouse.url, MQTT_URL: `mqtt://127.0.0.1:${port}` };
    keys = {
      ingest: await createKey(env, "--role", "internal", "--name", "ingest"),
      server: await createKey(env, "--role", "internal", "--name", "server"),
      device: await createKey({ CLICKHOUSE_URL: clickHouse.url }, "--role", "device", "--location", "L1"),
    };
    const files = `${directory}/mosquitto`;
    const written = await runCommand(["keys", "mosquitto", files, "--listener", `${port} 127.0.0.1`], env);
    if (written.code !== 0) throw new Error(written.stderr);
    const config = await readFile(`${files}/mosquitto.conf`, "utf8");
    mosquitto = await startMosquitto({ port, config: config.replace(/^persistence_location .*$/m, "") });
  });
  afterAll(async () => {
    for (const client of clients) await client.endAsync(true);
    await Promise.all(processes.map((one) => one.kill("SIGTERM")));
    await mosquitto?.remove();
    await clickHouse.stop();
  });

  it("let ingest and server in, and a device's event through to its receipt", async () => {
    const ingest = runOnhand(["ingest", "--json"], {
      ...env,
      MQTT_USERNAME: keys.ingest.keyId,
      MQTT_PASSWORD: keys.ingest.secret,
      INGEST_HTTP_LISTEN: "127.0.0.1:0",
    });
    const server = runOnhand(["serve", "--json"], {
      ...env,
      MQTT_USERNAME: keys.server.keyId,
      MQTT_PASSWORD: keys.server.secret,
      HTTP_LISTEN: "127.0.0.1:0",
    });
    processes.push(ingest, server);
    for (const one of [ingest, server]) {
      const { url } = JSON.parse(await firstLine(one)) as { url: string };
      await untilAsync("ready", async () => (await fetch(`${url}/readyz`)).ok);
    }
    const device = await connect(keys.device);
    const receipts: unknown[] = [];
    device.on("message", (_topic, payload) => receipts.push(JSON.parse(payload.toString("utf8"))));
    await device.subscribeAsync(`onhand/receipts/L1.${keys.device.keyId}`, { qos: 1 });
    const event = {
      type: "receipt",
      eventId: "delivery-1",
      occurredAt: new Date().toISOString(),
      lines: [{ gtin: "04012345123456", quantity: 3 }],
    };
    await device.publishAsync(`onhand/L1/stock/${keys.device.keyId}`, JSON.stringify(event), { qos: 1 });
    await until("a receipt", () => receipts.length > 0);
    expect(receipts[0]).toMatchObject({ eventId: "delivery-1", status: "accepted" });
  });

  it("let an internal key publish and read all that is under the root, and nothing beside it", async () => {
    const client = await connect(keys.server);
    const seen: string[] = [];
    client.on("message", (topic) => seen.push(topic));
    await client.subscribeAsync("onhand/#", { qos: 1 });
    for (const topic of ["onhand/L1/rfid/r1", "onhand/L9/movements", "onhand/settings"]) {
      await client.publishAsync(topic, "[]", { qos: 1 });
      await until(topic, () => seen.includes(topic));
    }
    await expect(client.publishAsync("elsewhere/x", "{}", { qos: 1 })).rejects.toThrow(/[Nn]ot authorized/);
  });

  it("are made also while the broker is away, and say that running processes were not told", async () => {
    const away = { CLICKHOUSE_URL: clickHouse.url, MQTT_URL: `mqtt://127.0.0.1:${await freePort()}` };
    const made = await runCommand(["keys", "create", "--role", "admin", "--json"], away);
    expect(made).toMatchObject({
      code: 0,
      stderr: expect.stringContaining("the broker could not be reached"),
    });
    expect(JSON.parse(made.stdout)).toMatchObject({ role: "admin" });
  });
});

describe("keys of a system in one process", () => {
  let system: StartedSystem;
  const directory = temporaryDirectory("keys");
  const env = { ONHAND_DATA_DIR: directory };

  beforeAll(async () => {
    system = await startSystem(directory);
  });
  afterAll(async () => await system.kill("SIGTERM"));

  it("are never internal: its own programs need none, and the API makes none", async () => {
    const asked = await runCommand(["keys", "create", "--role", "internal"], env);
    expect(asked).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("No key was made") });
    const answer = await fetch(`${system.url}/v1/keys`, {
      method: "POST",
      headers: { authorization: `Bearer ${system.token}`, "content-type": "application/json" },
      body: JSON.stringify({ role: "internal" }),
    });
    expect(answer.status).toBe(400);
    expect(
      JSON.stringify(
        await (
          await fetch(`${system.url}/v1/keys`, { headers: { authorization: `Bearer ${system.token}` } })
        ).json(),
      ),
    ).not.toContain("internal");
  });

  it("end their MQTT connections when they are revoked", async () => {
    const key = await createKey(env, "--role", "device", "--location", "L1");
    const device = await connectAsync(
      `mqtt://127.0.0.1:${system.mqttPort}`,
      { username: key.keyId, password: key.secret, protocolVersion: 4, reconnectPeriod: 0 },
      false,
    );
    const revoked = await runCommand(["keys", "revoke", key.keyId], env);
    expect(revoked).toMatchObject({ code: 0, stderr: "" });
    await until("the connection ends", () => !device.connected);
    await expect(
      connectAsync(
        `mqtt://127.0.0.1:${system.mqttPort}`,
        { username: key.keyId, password: key.secret, protocolVersion: 4, reconnectPeriod: 0 },
        false,
      ),
    ).rejects.toThrow(/[Bb]ad user ?name or password|Not authorized/);
  });
});
