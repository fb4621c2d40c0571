import { connectAsync, type IClientOptions, type MqttClient } from "mqtt";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mosquittoFiles } from "../../cli/platform/mosquitto-files.ts";
import { hashSecret } from "../../server/keys/secret-hash.ts";
import { freePort, startMosquitto } from "../support/mosquitto.ts";
import { until } from "../support/until.ts";
import { PRINCIPALS, startBroker } from "./broker-fixture.ts";

type Broker = { url: string; stop(): Promise<unknown> };

async function embedded(): Promise<Broker> {
  return await startBroker({ onTaken: ({ done }) => done("durable") });
}

async function mosquitto(): Promise<Broker> {
  const port = await freePort();
  const keys = Object.values(PRINCIPALS).map((key) =>
    Object.assign({ hash: hashSecret(`${key.keyId}!`) }, key),
  );
  const { "mosquitto.conf": config, ...files } = mosquittoFiles({
    keys,
    root: "onhand",
    directory: "{folder}",
    listener: "{port} 127.0.0.1",
  });
  const started = await startMosquitto({
    port,
    files,
    // The helper sets the folder of persistence itself.
    config: config.replace(/^persistence_location .*$/m, ""),
  });
  return { url: started.url, stop: () => started.remove() };
}

/** Who may publish what. The same for both brokers: one list of rights makes both. */
const PUBLISHES: [user: string, topic: string, isAllowed: boolean][] = [
  ["reader", "onhand/L1/rfid/r1", true],
  ["reader", "onhand/L1/pos/t1", true],
  ["reader", "onhand/L1/stock/wms", true],
  ["reader", "onhand/L2/rfid/r1", false],
  ["reader", "onhand/L1/movements", false],
  ["reader", "onhand/L1/rfid/r1/more", false],
  ["reader", "onhand/settings", false],
  ["reader", "onhand/receipts/reader", false],
  ["neighbour", "onhand/L1/pos/t1", false],
  ["neighbour", "onhand/L2/pos/t1", true],
  ["homeless", "onhand/L1/rfid/r1", false],
  ["homeless", "onhand//rfid/r1", false],
  ["shop", "onhand/L1/rfid/r1", false],
  ["boss", "onhand/L1/rfid/r1", false],
  ["boss", "onhand/settings", false],
  ["server", "onhand/L1/stock/desk", true],
  ["server", "onhand/L1/movements", true],
  ["server", "onhand/settings", true],
];

/** Who gets what is published to `topic` when subscribed to `filter`. */
const SUBSCRIPTIONS: [user: string, filter: string, topic: string, isDelivered: boolean][] = [
  ["reader", "onhand/receipts/reader", "onhand/receipts/reader", true],
  ["reader", "onhand/receipts/L1.reader", "onhand/receipts/L1.reader", true],
  ["reader", "onhand/receipts/neighbour", "onhand/receipts/neighbour", false],
  ["reader", "onhand/L1/movements", "onhand/L1/movements", false],
  ["reader", "onhand/L1/rfid/r1", "onhand/L1/rfid/r1", false],
  ["reader", "#", "onhand/L1/movements", false],
  ["shop", "onhand/#", "onhand/L1/movements", false],
  ["homeless", "onhand/receipts/homeless", "onhand/receipts/homeless", false],
  ["boss", "onhand/#", "onhand/L1/movements", true],
  ["boss", "onhand/+/rfid/+", "onhand/L1/rfid/r1", true],
  ["server", "onhand/#", "onhand/receipts/reader", true],
];

describe.each([
  ["the embedded broker", embedded],
  ["Mosquitto with the generated files", mosquitto],
] as const)("rights at %s", (_name, start) => {
  let broker: Broker;
  let witness: MqttClient;
  const seen: string[] = [];
  let marks = 0;

  beforeAll(async () => {
    broker = await start();
    witness = await join("server");
    witness.on("message", (topic, payload) => seen.push(`${topic} ${payload.toString()}`));
    await witness.subscribeAsync("onhand/#", { qos: 1 });
  });
  afterAll(async () => {
    await witness.endAsync(true);
    await broker.stop();
  });

  async function join(user: string, options: IClientOptions = {}): Promise<MqttClient> {
    const client = await connectAsync(broker.url, {
      username: user,
      password: `${user}!`,
      reconnectPeriod: 0,
      ...options,
    });
    client.on("error", () => {});
    return client;
  }

  /** Everything that was published before has reached the witness. */
  async function passMark(): Promise<void> {
    marks += 1;
    const mark = `onhand/mark ${marks}`;
    await witness.publishAsync("onhand/mark", String(marks), { qos: 1 });
    await until("the mark passed", () => seen.includes(mark));
  }

  it("let nobody in without the right password", async () => {
    for (const options of [{ password: "wrong" }, { password: "" }, { username: "nobody" }]) {
      await expect(join("reader", options)).rejects.toThrow(/refused/);
    }
    await expect(connectAsync(broker.url, { reconnectPeriod: 0 })).rejects.toThrow(/refused/);
  });

  it.each(PUBLISHES)("%s publishing to %s: %s", async (user, topic, isAllowed) => {
    const client = await join(user);
    const text = `${user} ${topic}`;
    const ended = new Promise<void>((resolve) => client.once("close", () => resolve()));
    // Refused: the embedded broker ends the connection, Mosquitto throws the message away (MQTT 3.1.1 has no refusal).
    await Promise.race([client.publishAsync(topic, text, { qos: 1 }).catch(() => {}), ended]);
    await passMark();
    expect(seen.includes(`${topic} ${text}`)).toBe(isAllowed);
    await client.endAsync(true);
  });

  it.each(SUBSCRIPTIONS)("%s subscribed to %s, sent %s: %s", async (user, filter, topic, isDelivered) => {
    const client = await join(user);
    const received: string[] = [];
    client.on("message", (from) => received.push(from));
    await client.subscribeAsync(filter, { qos: 1 }).catch(() => {});
    await witness.publishAsync(topic, "x", { qos: 1 });
    await passMark();
    // A further exchange: what the broker had for this client came before its answer.
    await client.unsubscribeAsync(filter);
    expect(received.includes(topic)).toBe(isDelivered);
    await client.endAsync(true);
  });
});
