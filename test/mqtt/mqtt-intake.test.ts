import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { MqttClient } from "mqtt";
import { type Mosquitto, startMosquitto } from "../support/mosquitto.ts";
import { type MqttWireTap, startMqttWireTap } from "../support/mqtt-wire-tap.ts";
import { until } from "../support/until.ts";
import { connectPublisher, publishNumbers, type StartedIntake, startIntake } from "./intake-fixture.ts";

describe.each([5, 4] as const)("intake over MQTT version %d from Mosquitto", (protocolVersion) => {
  let broker: Mosquitto;
  let tap: MqttWireTap;
  let publisher: MqttClient;
  let running: StartedIntake[] = [];
  let clientNumber = 0;

  beforeAll(async () => {
    broker = await startMosquitto({
      config:
        "listener {port} 127.0.0.1\nallow_anonymous true\nmax_queued_messages 0\nmax_inflight_messages 2000\n",
    });
  });
  afterAll(() => broker.remove());
  beforeEach(async () => {
    clientNumber += 1;
    tap = await startMqttWireTap(broker.port);
    publisher = await connectPublisher(broker.url);
  });
  afterEach(async () => {
    for (const { intake, taken } of running) {
      for (const { done } of taken) done("durable");
      await intake.stop();
    }
    running = [];
    await publisher.endAsync(true);
    await tap.close();
  });

  async function start(options: Parameters<typeof startIntake>[1] = {}): Promise<StartedIntake> {
    const clientId = `ingest-${protocolVersion}-${clientNumber}`;
    const limits = { maxInFlight: 2_000, stopDeadlineMs: 500 };
    const started = await startIntake(tap.url, { protocolVersion, clientId, limits, ...options });
    running.push(started);
    return started;
  }

  it("hands over many messages at once and acknowledges none before it is durable", async () => {
    const { intake, taken } = await start();
    await publishNumbers(publisher, 500);
    await until("500 are in flight", () => taken.length === 500);
    expect(intake.status().inFlight).toBe(500);
    expect(tap.pubacks).toEqual([]);

    for (const { done } of taken) done("durable");
    await until("500 are acknowledged", () => tap.pubacks.length === 500);
    expect(tap.faults).toEqual([]);
    expect(intake.status()).toMatchObject({ inFlight: 0, inFlightBytes: 0, acknowledged: 500 });
    // Together, not one by one.
    expect(tap.ackWrites).toBeLessThan(10);
  });

  it("acknowledges in the order of arrival, whatever the order of becoming durable", async () => {
    const { taken } = await start();
    await publishNumbers(publisher, 100);
    await until("100 are in flight", () => taken.length === 100);
    for (const { done } of taken.slice(1).reverse()) done("durable");
    await publisher.publishAsync("onhand/L1/pos/t1", "later", { qos: 1 });
    await until("the next is in flight", () => taken.length === 101);
    expect(tap.pubacks).toEqual([]);

    taken[0]!.done("durable");
    await until("100 are acknowledged", () => tap.pubacks.length === 100);
    expect(tap.pubacks).toEqual(tap.publishes.slice(0, 100));
    expect(tap.faults).toEqual([]);
  });

  it("hands messages of a topic over in the order of publishing, with topic, time and no client", async () => {
    const { taken } = await start();
    await publishNumbers(publisher, 300);
    await until("all arrived", () => taken.length === 300);
    expect(taken.map(({ text }) => Number(text))).toEqual(Array.from({ length: 300 }, (_, i) => i));
    expect(taken[0]!.message).toMatchObject({
      topic: "onhand/L1/rfid/r1",
      clientId: null,
      isDuplicate: false,
    });
    expect(Math.abs(taken[0]!.message.receivedAtMs - Date.now())).toBeLessThan(60_000);
  });

  it("counts a second done for the same message as nothing", async () => {
    const { intake, taken } = await start();
    await publishNumbers(publisher, 2);
    await until("both are in flight", () => taken.length === 2);
    taken[0]!.done("durable");
    taken[0]!.done("durable");
    taken[0]!.done("failed");
    expect(intake.status()).toMatchObject({ inFlight: 1, failed: 0 });
  });

  it("holds at most maxInFlight when nobody settles, while Mosquitto keeps the rest; then takes all", async () => {
    const { intake, taken } = await start({ limits: { maxInFlight: 50, stopDeadlineMs: 500 } });
    // Resolves when Mosquitto has all of them.
    await publishNumbers(publisher, 3_000, { padding: "x".repeat(1_000) });
    await until("the bound is reached", () => taken.length === 50);
    expect(intake.status()).toMatchObject({ inFlight: 50, acknowledged: 0 });

    let settled = 0;
    let mostInFlight = 0;
    while (settled < 3_000) {
      await until("more arrives", () => taken.length > settled);
      mostInFlight = Math.max(mostInFlight, intake.status().inFlight);
      taken[settled]!.done("durable");
      settled += 1;
    }
    expect(mostInFlight).toBe(50);
    expect(new Set(taken.map(({ text }) => Number.parseInt(text, 10))).size).toBe(3_000);
    await until("all are acknowledged", () => tap.pubacks.length === 3_000);
    expect(tap.faults).toEqual([]);
  });

  it("stops reading when QoS 0 messages come faster than they are settled, and loses none of them", async () => {
    const { intake, taken } = await start({ limits: { maxInFlight: 20, stopDeadlineMs: 500 } });
    await publishNumbers(publisher, 2_000, { qos: 0 });
    await until("the bound is reached", () => intake.status().isHeldBack);
    expect(taken).toHaveLength(20);
    for (let settled = 0; settled < 2_000; settled++) {
      await until("more arrives", () => taken.length > settled);
      taken[settled]!.done("durable");
    }
    expect(taken.map(({ text }) => Number(text))).toEqual(Array.from({ length: 2_000 }, (_, i) => i));
    expect(tap.pubacks).toEqual([]);
  });

  it("bounds the bytes in flight, and lets one larger message through alone", async () => {
    const limits = { maxInFlight: 2_000, maxInFlightBytes: 100_000, stopDeadlineMs: 500 };
    const { intake, taken } = await start({ limits });
    await publishNumbers(publisher, 30, { padding: "x".repeat(9_999) });
    await until("the bound is reached", () => intake.status().isHeldBack);
    expect(intake.status().inFlightBytes).toBeLessThanOrEqual(100_000);
    expect(taken.length).toBeLessThan(11);
    await publisher.publishAsync("onhand/L1/stock/big", Buffer.alloc(500_000), { qos: 1 });
    for (let settled = 0; settled < 31; settled++) {
      await until("more arrives", () => taken.length > settled);
      taken[settled]!.done("durable");
    }
    expect(taken.at(-1)!.message.payload.length).toBe(500_000);
  });

  it("hands nothing over while paused, and goes on where it was", async () => {
    const { intake, taken } = await start();
    intake.pause();
    await publishNumbers(publisher, 100);
    await publisher.publishAsync("onhand/L1/pos/t1", "last", { qos: 1 });
    expect(intake.status()).toMatchObject({ isPaused: true, isHeldBack: true });
    expect(taken).toEqual([]);
    intake.resume();
    await until("all arrive", () => taken.length === 101);
  });

  it("takes in QoS 0 and QoS 2 publishes too, each once", async () => {
    const { taken } = await start();
    await publishNumbers(publisher, 10, { qos: 0 });
    await publishNumbers(publisher, 10, { qos: 2 });
    await until("all arrive", () => taken.length === 20);
    for (const { done } of taken) done("durable");
    await until("those with an id are acknowledged", () => tap.pubacks.length === 10);
    expect(tap.faults).toEqual([]);
  });

  it("has a message that failed delivered again, with all after it, and acknowledges none of them before", async () => {
    const { intake, taken } = await start();
    await publishNumbers(publisher, 10);
    await until("10 are in flight", () => taken.length === 10);
    for (const { done } of taken.slice(0, 3)) done("durable");
    await until("3 are acknowledged", () => tap.pubacks.length === 3);
    taken[3]!.done("failed");
    for (const { done } of taken.slice(4, 10)) done("durable");
    await until("7 are delivered again", () => taken.length === 17);
    expect(taken.slice(10).map(({ text }) => Number(text))).toEqual([3, 4, 5, 6, 7, 8, 9]);
    expect(taken.slice(10).every(({ message }) => message.isDuplicate)).toBe(true);
    expect(tap.pubacks).toHaveLength(3);
    for (const { done } of taken.slice(10)) done("durable");
    await until("all are acknowledged", () => tap.pubacks.length === 10);
    expect(intake.status()).toMatchObject({ failed: 1, inFlight: 0 });
    expect(tap.faults).toEqual([]);
  });

  it("loses nothing and acknowledges no id of a dead connection, over 60,000 messages and broken connections", async () => {
    const seen = new Set<string>();
    let deliveries = 0;
    let batch: (() => void)[] = [];
    const { intake } = await start({
      connection: { url: tap.url, protocolVersion, backOff: { minMs: 5, maxMs: 10 } },
      onTaken({ text, done }) {
        seen.add(text);
        deliveries += 1;
        batch.push(() => done("durable"));
        if (batch.length > 1) return;
        // A batch becomes durable late: often its connection has died by then and another has taken its place.
        setTimeout(() => {
          const committed = batch;
          batch = [];
          for (const settle of committed) settle();
        }, 40);
      },
    });
    const publishing = publishNumbers(publisher, 60_000, { padding: ` ${"x".repeat(100)}` });
    for (let cut = 1; cut <= 8; cut++) {
      await until("much has arrived", () => deliveries > cut * 6_000);
      tap.cut();
      await until("it is connected again", () => tap.connections > cut && intake.isConnected());
    }
    await publishing;
    await until("all have arrived", () => seen.size === 60_000);
    await until("nothing is in flight", () => intake.status().inFlight === 0);
    expect(tap.faults).toEqual([]);
    expect(tap.connections).toBe(9);

    // Mosquitto owes nothing any more: a new connection of the same session brings nothing.
    await intake.stop();
    const after = await start();
    await publisher.publishAsync("onhand/L1/rfid/r1", "marker", { qos: 1 });
    await until("the marker arrives", () => after.taken.length > 0);
    expect(after.taken.map(({ text }) => text)).toEqual(["marker"]);
  }, 180_000);

  it("waits for what is in flight when it is stopped, acknowledges it, and takes in nothing more", async () => {
    const { intake, taken } = await start({ limits: { maxInFlight: 2_000, stopDeadlineMs: 20_000 } });
    await publishNumbers(publisher, 10);
    await until("10 are in flight", () => taken.length === 10);
    const stopping = intake.stop();
    await publishNumbers(publisher, 5, { topic: "onhand/L1/pos/t1" });
    for (const { done } of taken) done("durable");
    await stopping;
    expect(taken).toHaveLength(10);
    await until("10 are acknowledged", () => tap.pubacks.length === 10);

    const next = await start();
    await until("what came meanwhile is delivered", () => next.taken.length === 5);
    expect(next.taken.every(({ message }) => message.topic === "onhand/L1/pos/t1")).toBe(true);
  });

  it("gives up waiting at its deadline; what was not durable is delivered to the next", async () => {
    const { intake, taken } = await start({ limits: { maxInFlight: 2_000, stopDeadlineMs: 100 } });
    await publishNumbers(publisher, 10);
    await until("10 are in flight", () => taken.length === 10);
    for (const { done } of taken.slice(0, 4)) done("durable");
    await intake.stop();
    const next = await start();
    await until("the other 6 are delivered", () => next.taken.length === 6);
    expect(next.taken.map(({ text }) => Number(text))).toEqual([4, 5, 6, 7, 8, 9]);
  });

  it("takes in only the locations it serves, also when its session once served others", async () => {
    const all = await start();
    await all.intake.stop();
    const one = await start({ shard: { kind: "list", locationIds: ["L1"] } });
    await publisher.publishAsync("onhand/L2/rfid/r1", "other's", { qos: 1 });
    await publisher.publishAsync("onhand/L1/rfid/r1", "own", { qos: 1 });
    await publisher.publishAsync("onhand/L2/rfid/r1", "other's", { qos: 1 });
    await publisher.publishAsync("onhand/L1/rfid/r1", "own again", { qos: 1 });
    await until("its own arrive", () => new Set(one.taken.map(({ text }) => text)).size === 2);
    expect(one.taken.every(({ message }) => message.topic === "onhand/L1/rfid/r1")).toBe(true);
  });

  it("is told the retained settings at each connection and at each change, apart from events", async () => {
    const root = `chain-${protocolVersion}`;
    await publisher.publishAsync(`${root}/settings`, "one", { qos: 1, retain: true });
    const { taken, settings } = await start({ root });
    await until("the retained settings arrive", () => settings.includes("one"));
    await publisher.publishAsync(`${root}/settings`, "two", { qos: 1, retain: true });
    await until("the change arrives", () => settings.includes("two"));
    settings.length = 0;
    tap.cut();
    await until("they arrive again", () => settings.includes("two"));
    expect(taken).toEqual([]);
  });
});
