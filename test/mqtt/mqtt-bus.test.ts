import { Registry } from "prom-client";
import { afterEach, describe, expect, it } from "vitest";
import { createMqttBus, type MqttBus, type MqttBusDeps } from "../../cli/platform/mqtt-bus.ts";
import { type Mosquitto, startMosquitto } from "../support/mosquitto.ts";
import { startMqttWireTap } from "../support/mqtt-wire-tap.ts";
import { until, untilAsync } from "../support/until.ts";
import { startBroker } from "./broker-fixture.ts";
import { connectPublisher, QUICK_BACK_OFF, silent } from "./intake-fixture.ts";

const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function startBrokerProcess(config?: string): Promise<Mosquitto> {
  const broker = await startMosquitto(config === undefined ? {} : { config });
  cleanUps.push(() => broker.remove());
  return broker;
}

function createBus(url: string, deps: Partial<MqttBusDeps> = {}): MqttBus {
  const bus = createMqttBus({
    connection: { url, backOff: QUICK_BACK_OFF },
    clientId: "server-under-test",
    root: "onhand",
    component: "server",
    logger: silent,
    metrics: new Registry(),
    ...deps,
  });
  cleanUps.push(() => bus.stop());
  return bus;
}

/** All that reaches an outside observer, as `topic payload`. */
async function observe(url: string, filter: string): Promise<string[]> {
  const observer = await connectPublisher(url, { resubscribe: true });
  cleanUps.push(() => observer.endAsync(true));
  const seen: string[] = [];
  observer.on("message", (topic, payload) => seen.push(`${topic} ${payload.toString()}`));
  await observer.subscribeAsync(filter, { qos: 1 });
  return seen;
}

describe("the message bus over a broker", () => {
  it("delivers what is published, in order, to each handler whose filter matches", async () => {
    const broker = await startBrokerProcess();
    const bus = createBus(broker.url);
    const movements: string[] = [];
    const all: string[] = [];
    await bus.subscribe("onhand/+/movements", (_topic, payload) =>
      movements.push(Buffer.from(payload).toString()),
    );
    await bus.start();
    await bus.subscribe("onhand/settings", (topic) => all.push(topic));
    const numbers = Array.from({ length: 500 }, (_, i) => String(i));
    await Promise.all(numbers.map((n) => bus.publish("onhand/L1/movements", n)));
    await bus.publish("onhand/settings", new Uint8Array([123, 125]), { retain: true });
    await until("all arrived", () => movements.length === 500 && all.length === 1);
    expect(movements).toEqual(numbers);
  });

  it("says online and offline, retained, and the broker says offline when it vanishes", async () => {
    const broker = await startBrokerProcess();
    const tap = await startMqttWireTap(broker.port);
    cleanUps.push(() => tap.close());
    const seen = await observe(broker.url, "onhand/status/+");
    const bus = createBus(tap.url, { connection: { url: tap.url, backOff: { minMs: 2_000, maxMs: 2_000 } } });
    await bus.start();
    await until("it is online", () => seen.length === 1);
    tap.cut();
    await until("it is offline", () => seen.length === 2);
    await until("it is back", () => seen.length === 3);
    await bus.stop();
    await until("it has left", () => seen.length === 4);
    const status = ["online", "offline", "online", "offline"].map((word) => `onhand/status/server ${word}`);
    expect(seen).toEqual(status);
    expect(
      await observe(broker.url, "onhand/status/server").then((late) =>
        until("it is retained", () => late.length === 1).then(() => late),
      ),
    ).toEqual(["onhand/status/server offline"]);
  });

  it("keeps what it is given while the broker is away, up to a bound that it counts and tells", async () => {
    const broker = await startBrokerProcess();
    const metrics = new Registry();
    const bus = createBus(broker.url, { maxPending: 100, metrics });
    await bus.start();
    await broker.stop();
    await until("the loss is noticed", () => !bus.isConnected());
    const sent = Array.from({ length: 130 }, (_, i) =>
      bus.publish("onhand/L1/sequence", String(i), { retain: true }).then(
        () => "sent",
        (error: unknown) => String(error),
      ),
    );
    expect(await metrics.getSingleMetricAsString("onhand_server_bus_refused_total")).toContain(
      "onhand_server_bus_refused_total 30",
    );
    await broker.start();
    const outcomes = await Promise.all(sent);
    expect(outcomes.slice(0, 100).every((outcome) => outcome === "sent")).toBe(true);
    expect(outcomes.slice(100).every((outcome) => outcome.includes("was not sent"))).toBe(true);
    const seen = await observe(broker.url, "onhand/L1/sequence");
    await until("the last is retained", () => seen.length === 1);
    expect(seen).toEqual(["onhand/L1/sequence 99"]);
  });

  it("subscribes again after a loss, and tells its listeners of both", async () => {
    const broker = await startBrokerProcess();
    const bus = createBus(broker.url);
    const states: boolean[] = [];
    bus.onConnectionChange((isConnected) => states.push(isConnected));
    const received: string[] = [];
    await bus.start();
    await bus.subscribe("onhand/L1/movements", (_topic, payload) =>
      received.push(Buffer.from(payload).toString()),
    );
    await broker.stop();
    await until("the loss is noticed", () => states.length === 3);
    await broker.start();
    await until("it is back", () => states.length === 4);
    await bus.publish("onhand/L1/movements", "after");
    await until("it arrives", () => received.length === 1);
    expect(states).toEqual([false, true, false, true]);
  });

  it("never has more on its way than the broker said it takes", async () => {
    const broker = await startBrokerProcess(
      "listener {port} 127.0.0.1\nallow_anonymous true\nmax_inflight_messages 5\n",
    );
    const bus = createBus(broker.url);
    const states: boolean[] = [];
    await bus.start();
    bus.onConnectionChange((isConnected) => states.push(isConnected));
    await Promise.all(Array.from({ length: 2_000 }, (_, i) => bus.publish("onhand/L1/movements", String(i))));
    // Mosquitto ends the connection of a client that sends more.
    expect(states).toEqual([true]);
  });

  it("waits for what is on its way when it is stopped", async () => {
    const broker = await startBrokerProcess();
    const seen = await observe(broker.url, "onhand/L1/movements");
    const bus = createBus(broker.url);
    await bus.start();
    const sending = Promise.all(
      Array.from({ length: 1_000 }, (_, i) => bus.publish("onhand/L1/movements", String(i))),
    );
    await bus.stop();
    await sending;
    await until("all arrived", () => seen.length === 1_000);
    await expect(bus.publish("onhand/L1/movements", "late")).rejects.toThrow(/has stopped/);
  });

  it("stops although the broker is away, and tells those who wait", async () => {
    const broker = await startBrokerProcess();
    const bus = createBus(broker.url);
    await bus.start();
    await broker.stop();
    await until("the loss is noticed", () => !bus.isConnected());
    const sending = bus.publish("onhand/L1/movements", "never");
    const outcome = sending.then(
      () => "sent",
      (error: unknown) => String(error),
    );
    await bus.stop();
    expect(await outcome).toMatch(/has stopped/);
  });

  it("works with the embedded broker, which knows MQTT 3.1.1 only", async () => {
    const started = await startBroker({ onTaken: ({ done }) => done("durable") });
    cleanUps.push(() => started.stop());
    const connection = { url: started.url, username: "server", password: "server!", backOff: QUICK_BACK_OFF };
    const bus = createBus("", { connection });
    const received: string[] = [];
    await bus.start();
    await bus.subscribe("onhand/L1/movements", (_topic, payload) =>
      received.push(Buffer.from(payload).toString()),
    );
    await started.broker.bus.publish("onhand/L1/movements", "from ingest");
    await bus.publish("onhand/L1/stock/desk", "{}");
    await until("both went through", () => received.length === 1 && started.taken.length === 1);
    expect(started.taken[0]!.message.clientId).toBe("server");
  });

  it("refuses an unusable URL", async () => {
    await expect(createBus("nonsense").start()).rejects.toThrow(/MQTT_URL cannot be used/);
  });
});

describe("what is received over a broker", () => {
  it("is acknowledged when it was taken, comes again when it was not, and waits while nobody receives", async () => {
    const broker = await startBrokerProcess();
    const publisher = await connectPublisher(broker.url);
    cleanUps.push(() => publisher.endAsync(true));
    const first = createBus(broker.url);
    const heard: string[] = [];
    let isFirstRefused = false;
    const stop = await first.receive("onhand/orders/+", async (_topic, payload) => {
      const text = Buffer.from(payload).toString();
      heard.push(text);
      if (text === "2" && !isFirstRefused) {
        isFirstRefused = true;
        throw new Error("not now");
      }
      // The third is not answered before this receiver ends.
      if (text === "3") await new Promise((resolve) => setTimeout(resolve, 60_000).unref());
    });
    await untilAsync("the receiver is there", async () => {
      await publisher.publishAsync("onhand/orders/shop", "0", { qos: 1 });
      return heard.length > 0;
    });
    for (const text of ["1", "2"]) await publisher.publishAsync("onhand/orders/shop", text, { qos: 1 });
    await until("what was refused comes again", () => heard.filter((text) => text === "2").length === 2);
    await publisher.publishAsync("onhand/orders/shop", "3", { qos: 1 });
    await until("the third is being taken", () => heard.includes("3"));
    void stop();
    await first.stop();
    await publisher.publishAsync("onhand/orders/shop", "4", { qos: 1 });

    const second = createBus(broker.url, { clientId: "another-server" });
    const later: string[] = [];
    cleanUps.push(
      await second.receive("onhand/orders/+", async (_topic, payload) => {
        later.push(Buffer.from(payload).toString());
      }),
    );
    await until("the next receiver has what the first left", () => later.includes("4"));
    expect(later).toEqual(["3", "4"]);
  });
});
