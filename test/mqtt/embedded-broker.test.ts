import { once } from "node:events";
import { connect } from "node:net";
import { type IClientOptions, type MqttClient, connectAsync } from "mqtt";
import { pino } from "pino";
import { afterEach, describe, expect, it } from "vitest";
import { startMqttWireTap } from "../support/mqtt-wire-tap.ts";
import { createSelfSignedAuthority } from "../support/self-signed-authority.ts";
import { until } from "../support/until.ts";
import { type StartedBroker, startBroker } from "./broker-fixture.ts";
import { publishNumbers } from "./intake-fixture.ts";

const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function start(options: Parameters<typeof startBroker>[0] = {}): Promise<StartedBroker> {
  const started = await startBroker(options);
  cleanUps.push(() => started.stop());
  return started;
}

async function join(url: string, user: string, options: IClientOptions = {}): Promise<MqttClient> {
  const client = await connectAsync(url, {
    username: user,
    password: `${user}!`,
    reconnectPeriod: 0,
    ...options,
  });
  client.on("error", () => {});
  cleanUps.push(() => client.endAsync(true));
  return client;
}

/** Unlike `once`, an error before the end is no failure. */
function hasClosed(connection: { once(event: "close", listener: () => void): unknown }): Promise<void> {
  return new Promise((resolve) => connection.once("close", () => resolve()));
}

/** Publishes with QoS 1 and keeps track of which the broker has acknowledged. */
function publishTracked(client: MqttClient, count: number, topic = "onhand/L1/rfid/r1"): number[] {
  const acknowledged: number[] = [];
  for (let n = 0; n < count; n++) {
    client.publish(topic, String(n), { qos: 1 }, (error) => {
      if (!error) acknowledged.push(n);
    });
  }
  return acknowledged;
}

async function metric(started: StartedBroker, name: string): Promise<string> {
  const text = await started.metrics.getSingleMetricAsString(name);
  return text
    .split("\n")
    .filter((line) => !line.startsWith("#"))
    .join("\n");
}

describe("what the server takes in over the embedded broker", () => {
  const topic = "onhand/orders/shop";

  it("is refused while it takes in nothing, and acknowledged when it has taken it, never before", async () => {
    const { url, broker } = await start();
    const early = await join(url, "shop");
    const closed = hasClosed(early);
    const refused = publishTracked(early, 1, topic);
    await closed;
    expect(refused).toEqual([]);

    const waiting: { take(): void; refuse(error: Error): void }[] = [];
    const stop = await broker.bus.receive(
      "onhand/orders/+",
      () => new Promise((resolve, reject) => void waiting.push({ take: resolve, refuse: reject })),
    );
    const shop = await join(url, "shop");
    const acknowledged = publishTracked(shop, 2, topic);
    await until("the first is being taken", () => waiting.length > 0);
    expect(acknowledged).toEqual([]);
    waiting[0]!.take();
    await until("the first is acknowledged", () => acknowledged.length === 1);
    await until("the second is being taken", () => waiting.length === 2);
    const ended = hasClosed(shop);
    waiting[1]!.refuse(new Error("not now"));
    await ended;
    expect(acknowledged).toEqual([0]);
    await stop();
    await expect(broker.bus.receive("onhand/orders/+", async () => {})).resolves.toBeTypeOf("function");
  });

  it("comes from a storefront under its own name alone", async () => {
    const { url, broker } = await start();
    const heard: string[] = [];
    await broker.bus.receive("onhand/orders/+", async (from) => void heard.push(from));
    const shop = await join(url, "shop");
    const closed = hasClosed(shop);
    expect(publishTracked(shop, 1, "onhand/orders/another")).toEqual([]);
    await closed;
    expect(heard).toEqual([]);
  });
});

describe("the embedded broker's acknowledgement", () => {
  it("comes after the message is durable, for many devices at once", async () => {
    const { url, taken, intake } = await start();
    const readers = await Promise.all(Array.from({ length: 20 }, () => join(url, "reader")));
    const acknowledged = readers.map((reader) => publishTracked(reader, 10));
    await until("all are in flight", () => taken.length >= 20 && intake.status().inFlight === taken.length);
    expect(acknowledged.flat()).toEqual([]);
    expect(taken[0]!.message).toMatchObject({
      topic: "onhand/L1/rfid/r1",
      clientId: "reader",
      isDuplicate: false,
    });
    // A connection is read further when all that was read at once is answered.
    for (let settled = 0; settled < 200; settled++) {
      await until("more is taken", () => taken.length > settled);
      expect(acknowledged.flat().length).toBeLessThanOrEqual(settled);
      taken[settled]!.done("durable");
    }
    await until("200 are acknowledged", () => acknowledged.flat().length === 200);
    expect(intake.status()).toMatchObject({ inFlight: 0, acknowledged: 200 });
  });

  it("comes in the order of publishing, whatever the order of becoming durable", async () => {
    const { url, taken, intake } = await start();
    const reader = await join(url, "reader");
    const acknowledged = publishTracked(reader, 50);
    let settled = 0;
    while (settled < 50) {
      await until("more is in flight", () => taken.length > settled);
      for (const { done } of taken.slice(settled).reverse()) done("durable");
      settled += intake.status().acknowledged - settled;
    }
    await until("50 are acknowledged", () => acknowledged.length === 50);
    expect(acknowledged).toEqual(Array.from({ length: 50 }, (_, i) => i));
  });

  it("never comes for a message that failed, nor for those after it; the device delivers them again", async () => {
    const { url, taken } = await start();
    const reader = await join(url, "reader", { reconnectPeriod: 50 });
    const acknowledged = publishTracked(reader, 10);
    await until("10 are in flight", () => taken.length === 10);
    for (const { done } of taken.slice(0, 3)) done("durable");
    taken[3]!.done("failed");
    for (const { done } of taken.slice(4)) done("durable");
    // A device may send one after the other; each is settled as it comes.
    let settled = 10;
    while (acknowledged.length < 10) {
      await until("more comes again", () => taken.length > settled || acknowledged.length === 10);
      for (; settled < taken.length; settled++) taken[settled]!.done("durable");
    }
    expect(acknowledged).toEqual(Array.from({ length: 10 }, (_, i) => i));
    // Acknowledgements on their way when the connection ended may be lost with it: those come again too.
    expect(taken.slice(10).map(({ text }) => text)).toEqual(
      expect.arrayContaining(["3", "4", "5", "6", "7", "8", "9"]),
    );
  });

  it("waits, with a bound on what is in flight, while nobody settles or the intake has not started", async () => {
    const started = await start({ intakeLimits: { maxInFlight: 20 }, isIntakeStarted: false });
    const reader = await join(started.url, "reader");
    const acknowledged = publishTracked(reader, 500);
    const server = await join(started.url, "server");
    await server.publishAsync("onhand/status/test", "the broker works meanwhile", { qos: 1 });
    await started.intake.start((message, done) => {
      started.taken.push({ message, text: Buffer.from(message.payload).toString(), done });
    });
    await until("the bound is reached", () => started.intake.status().inFlight === 20);
    expect(started.intake.status().isHeldBack).toBe(true);
    for (let settled = 0; settled < 500; settled++) {
      await until("more is taken", () => started.taken.length > settled);
      expect(started.intake.status().inFlight).toBeLessThanOrEqual(20);
      started.taken[settled]!.done("durable");
    }
    await until("500 are acknowledged", () => acknowledged.length === 500);
    expect(started.taken.map(({ text }) => Number(text))).toEqual(Array.from({ length: 500 }, (_, i) => i));
  });

  it("holds back while paused and goes on after", async () => {
    const { url, taken, intake } = await start();
    intake.pause();
    const reader = await join(url, "reader");
    const acknowledged = publishTracked(reader, 20);
    await until("it is held back", () => intake.status().isHeldBack);
    expect(taken).toEqual([]);
    intake.resume();
    await until("20 are in flight", () => taken.length === 20);
    for (const { done } of taken) done("durable");
    await until("20 are acknowledged", () => acknowledged.length === 20);
  });

  it("keeps a connection whose publishes wait longer than its keepalive, and ends one that is silent", async () => {
    let nowMs = Date.now();
    const { url, taken, intake } = await start({ nowMs: () => nowMs });
    const waiting = await join(url, "reader", { keepalive: 60, clientId: "waiting" });
    const silent = await join(url, "neighbour", { keepalive: 60, clientId: "silent" });
    const acknowledged = publishTracked(waiting, 5);
    await until("5 are in flight", () => taken.length === 5);
    nowMs += 1_000_000;
    await hasClosed(silent);
    expect(waiting.connected).toBe(true);
    for (const { done } of taken) done("durable");
    await until("5 are acknowledged", () => acknowledged.length === 5);
    expect(intake.status().inFlight).toBe(0);
  });

  it("is given for QoS 0 and 2 as they are meant, and each message is taken in once", async () => {
    const { url, taken } = await start({ onTaken: ({ done }) => done("durable") });
    const reader = await join(url, "reader");
    await publishNumbers(reader, 20, { qos: 0 });
    await publishNumbers(reader, 20, { qos: 2 });
    await until("all are taken", () => taken.length >= 40);
    expect(new Set(taken.map(({ text, message }) => `${message.topic} ${text}`)).size).toBe(20);
    expect(taken).toHaveLength(40);
  });

  it("loses nothing over 20,000 messages of 20 devices whose connections break", async () => {
    const durable = new Set<string>();
    let batch: (() => void)[] = [];
    const { broker } = await start({
      onTaken({ text, done }) {
        batch.push(() => {
          durable.add(text);
          done("durable");
        });
        if (batch.length > 1) return;
        setTimeout(() => {
          const committed = batch;
          batch = [];
          for (const settle of committed) settle();
        }, 10);
      },
    });
    const tap = await startMqttWireTap(broker.ports().tcp ?? 0);
    cleanUps.push(() => tap.close());
    let acknowledged = 0;
    const publishing = Array.from({ length: 20 }, async (_, device) => {
      const client = await join(tap.url, "reader", { reconnectPeriod: 50, clientId: `device-${device}` });
      for (let from = 0; from < 1_000; from += 100) {
        const numbers = Array.from({ length: 100 }, (_, i) => from + i);
        await Promise.all(
          numbers.map(async (n) => {
            await client.publishAsync("onhand/L1/rfid/r1", `${device}/${n}`, { qos: 1 });
            acknowledged += 1;
            expect(durable.has(`${device}/${n}`)).toBe(true);
          }),
        );
      }
    });
    for (let cut = 1; cut <= 3; cut++) {
      await until("much is acknowledged", () => acknowledged > cut * 4_000);
      tap.cut();
    }
    await Promise.all(publishing);
    expect(durable.size).toBe(20_000);
    expect(acknowledged).toBe(20_000);
  });
});

describe("the embedded broker's door", () => {
  it("does not open beyond loopback without TLS, says so, and does when told to", async () => {
    await expect(startBroker({ listen: { host: "0.0.0.0", port: 0 } })).rejects.toThrow(
      /without TLS.*INSECURE_LAN=true/,
    );
    await start({ listen: { host: "0.0.0.0", port: 0 }, isInsecureLanAllowed: true });
    await start({ listen: { host: "127.0.0.2", port: 0 } });
  });

  it("says what to do when its port is taken", async () => {
    const { broker } = await start();
    await expect(
      startBroker({ listen: { host: "127.0.0.1", port: broker.ports().tcp ?? 0 } }),
    ).rejects.toThrow(/is in use.*MQTT_LISTEN/);
  });

  it("speaks TLS on any address", async () => {
    const { ca, cert, key } = createSelfSignedAuthority();
    const { broker, taken } = await start({
      listen: null,
      tls: { host: "0.0.0.0", port: 0, cert, key },
      onTaken: ({ done }) => done("durable"),
    });
    const url = `mqtts://127.0.0.1:${broker.ports().tls}`;
    const reader = await join(url, "reader", { ca });
    await reader.publishAsync("onhand/L1/rfid/r1", "x", { qos: 1 });
    expect(taken).toHaveLength(1);
    await expect(connectAsync(url, { reconnectPeriod: 0 })).rejects.toThrow(/certificate/);
  });

  it("opens to nobody without the right password, and never writes a password into a log", async () => {
    const lines: string[] = [];
    const logger = pino({ level: "trace" }, { write: (line: string) => lines.push(line) });
    const { url } = await start({ logger });
    for (const options of [{}, { username: "reader" }, { username: "reader", password: "hunter2" }]) {
      await expect(connectAsync(url, { reconnectPeriod: 0, ...options })).rejects.toThrow(
        /Bad username or password/,
      );
    }
    const reader = await join(url, "reader");
    reader.publish("onhand/L2/rfid/r1", "x", { qos: 1 });
    await hasClosed(reader);
    expect(lines.join("")).toContain("onhand/L2/rfid/r1");
    expect(lines.join("")).not.toMatch(/hunter2|reader!/);
  });

  it("makes a guesser wait, without asking for his password's proof, and not his neighbours", async () => {
    let proofs = 0;
    let nowMs = 0;
    const started = await start({
      nowMs: () => nowMs,
      async authenticate(user, password) {
        proofs += 1;
        return password === "right" ? { keyId: user, role: "device", locationId: "L1" } : null;
      },
    });
    const attempt = (username: string, password: string): Promise<MqttClient> =>
      connectAsync(started.url, { username, password, reconnectPeriod: 0 });
    for (let i = 0; i < 5; i++) await expect(attempt("reader", "wrong")).rejects.toThrow(/Bad username/);
    for (let i = 0; i < 5; i++) await expect(attempt("reader", "right")).rejects.toThrow(/unavailable/);
    expect(proofs).toBe(5);
    await (await attempt("neighbour", "right")).endAsync();
    nowMs += 1_001;
    await (await attempt("reader", "right")).endAsync();
    expect(await metric(started, "onhand_broker_rejected_connections_total")).toContain(
      'reason="throttled"} 5',
    );
  });

  it("turns away more clients than it may hold, and lets the next in when one has left", async () => {
    const { url } = await start({ limits: { maxClients: 2 } });
    await join(url, "reader");
    const second = await join(url, "reader");
    await expect(
      connectAsync(url, { username: "reader", password: "reader!", reconnectPeriod: 0 }),
    ).rejects.toThrow(/unavailable/);
    await second.endAsync();
    await join(url, "reader");
  });

  it("does not let one key take over the client id of another", async () => {
    const { url } = await start();
    const reader = await join(url, "reader", { clientId: "door-3" });
    await expect(
      connectAsync(url, {
        username: "neighbour",
        password: "neighbour!",
        clientId: "door-3",
        reconnectPeriod: 0,
      }),
    ).rejects.toThrow(/Identifier rejected/);
    expect(reader.connected).toBe(true);
    // The same key may: a device that comes back before its old connection is noticed as dead.
    await join(url, "reader", { clientId: "door-3" });
  });

  it("ends a connection that announces a packet above the limit, before its bytes have come", async () => {
    const { broker, url, taken } = await start({
      limits: { maxPacketBytes: 100_000 },
      onTaken: ({ done }) => done("durable"),
    });
    const reader = await join(url, "reader");
    await reader.publishAsync("onhand/L1/rfid/r1", Buffer.alloc(99_000), { qos: 1 });
    const socket = connect(broker.ports().tcp ?? 0, "127.0.0.1").on("error", () => {});
    await once(socket, "connect");
    // A PUBLISH of 256 MB, of which only the header comes.
    socket.write(Buffer.from([0x32, 0xff, 0xff, 0xff, 0x7f, 0x00]));
    await hasClosed(socket);
    reader.publish("onhand/L1/rfid/r1", Buffer.alloc(200_000), { qos: 1 });
    await hasClosed(reader);
    expect(taken).toHaveLength(1);
  });

  it("ends a connection that does not say who it is in time", async () => {
    const { broker } = await start({ limits: { connectTimeoutMs: 100 } });
    const socket = connect(broker.ports().tcp ?? 0, "127.0.0.1");
    await hasClosed(socket);
    expect(socket.destroyed).toBe(true);
  });

  it("ends the connections of a revoked key", async () => {
    const { broker, url } = await start();
    const reader = await join(url, "reader");
    const neighbour = await join(url, "neighbour");
    const closed = hasClosed(reader);
    broker.disconnectKey("reader");
    await closed;
    expect(neighbour.connected).toBe(true);
  });
});

describe("messages through the embedded broker", () => {
  it("reach subscribers over TCP and in this process, retained ones also later", async () => {
    const { broker, url } = await start();
    const server = await join(url, "server");
    const received: string[] = [];
    server.on("message", (topic, payload) => received.push(`${topic} ${payload.toString()}`));
    await broker.bus.publish("onhand/L1/sequence", "41", { retain: true });
    await broker.bus.publish("onhand/L1/sequence", "42", { retain: true });
    await server.subscribeAsync("onhand/+/sequence", { qos: 1 });
    await until("the retained arrives", () => received.length === 1);
    await broker.bus.publish("onhand/L1/movements", "lost, nobody listens");
    expect(received).toEqual(["onhand/L1/sequence 42"]);

    const inProcess: string[] = [];
    await server.publishAsync("onhand/settings", "from tcp", { qos: 1, retain: true });
    await broker.bus.subscribe("onhand/#", (topic, payload) =>
      inProcess.push(`${topic} ${Buffer.from(payload).toString()}`),
    );
    expect(inProcess.sort()).toEqual(["onhand/L1/sequence 42", "onhand/settings from tcp"]);
    await server.publishAsync("onhand/L1/tasks", "live", { qos: 1 });
    await until("the live one arrives", () => inProcess.includes("onhand/L1/tasks live"));
    expect(broker.bus.isConnected()).toBe(true);
  });

  it("published by this process on an in-topic are answered when they are durable", async () => {
    const { broker, taken } = await start();
    let isAnswered = false;
    const publishing = broker.bus.publish("onhand/L1/stock/desk", "{}").then(() => {
      isAnswered = true;
    });
    await until("it is taken in", () => taken.length === 1);
    expect(taken[0]!.message.clientId).toBeNull();
    expect(isAnswered).toBe(false);
    taken[0]!.done("durable");
    await publishing;

    const failing = broker.bus.publish("onhand/L1/stock/desk", "{}");
    await until("it is taken in", () => taken.length === 2);
    taken[1]!.done("failed");
    await expect(failing).rejects.toThrow(/could not be made durable/);
  });

  it("hold a last will, which is published when its client vanishes and not when it leaves", async () => {
    const { broker, url } = await start();
    const said: string[] = [];
    await broker.bus.subscribe("onhand/status/+", (topic, payload) =>
      said.push(`${topic} ${Buffer.from(payload).toString()}`),
    );
    const will = (name: string) =>
      ({ topic: `onhand/status/${name}`, payload: Buffer.from("offline"), qos: 1, retain: true }) as const;
    const leaving = await join(url, "server", { will: will("leaving"), clientId: "leaving" });
    const vanishing = await join(url, "server", { will: will("vanishing"), clientId: "vanishing" });
    await leaving.endAsync();
    vanishing.stream.destroy();
    await until("the will is known", () => said.length > 0);
    expect(said).toEqual(["onhand/status/vanishing offline"]);
  });

  it("are not kept for a device that is away, nor retained on in-topics", async () => {
    const { broker, url, taken } = await start({ onTaken: ({ done }) => done("durable") });
    const away = await join(url, "reader", { clean: false, clientId: "reader-1" });
    await away.subscribeAsync("onhand/receipts/reader", { qos: 1 });
    await away.publishAsync("onhand/L1/rfid/r1", "x", { qos: 1, retain: true });
    await away.endAsync();
    await broker.bus.publish("onhand/receipts/reader", "{}");
    const back = await join(url, "reader", { clean: false, clientId: "reader-1" });
    const received: string[] = [];
    back.on("message", (topic) => received.push(topic));
    await back.subscribeAsync("onhand/receipts/reader", { qos: 1 });
    await broker.bus.publish("onhand/receipts/reader", "second");
    await until("the second receipt arrives", () => received.length === 1);
    const boss = await join(url, "boss");
    boss.on("message", (topic) => received.push(topic));
    await boss.subscribeAsync("onhand/#", { qos: 1 });
    await broker.bus.publish("onhand/marker", "");
    await until("the marker arrives", () => received.includes("onhand/marker"));
    expect(received).toEqual(["onhand/receipts/reader", "onhand/marker"]);
    expect(taken).toHaveLength(1);
  });
});
