import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { freePort, startMosquitto } from "../support/mosquitto.ts";
import { createSelfSignedAuthority } from "../support/self-signed-authority.ts";
import { until } from "../support/until.ts";
import {
  connectPublisher,
  createTestIntake,
  publishNumbers,
  QUICK_BACK_OFF,
  startIntake,
} from "./intake-fixture.ts";

describe("the intake's connection", () => {
  const cleanUps: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  });

  it("comes back after the broker was stopped and started, and misses nothing that the broker kept", async () => {
    const broker = await startMosquitto();
    cleanUps.push(() => broker.remove());
    const { intake, taken } = await startIntake(broker.url, { onTaken: ({ done }) => done("durable") });
    cleanUps.push(() => intake.stop());
    const publisher = await connectPublisher(broker.url);
    cleanUps.push(() => publisher.endAsync(true));
    await publishNumbers(publisher, 10);
    await until("10 arrive", () => taken.length === 10);

    await broker.stop();
    await until("the loss is noticed", () => !intake.isConnected());
    await until("it tries again", () => intake.status().reconnects >= 2);
    expect(intake.status().lastError).toMatch(/ECONNREFUSED/);
    await broker.start();
    await until("it is subscribed again", () => intake.isConnected() && publisher.connected);
    await publishNumbers(publisher, 10, { topic: "onhand/L1/pos/t1" });
    // The broker may have been stopped before it read our last PUBACKs: what it then sends again is not counted.
    const afterwards = (): Set<string> =>
      new Set(taken.filter(({ message }) => message.topic === "onhand/L1/pos/t1").map(({ text }) => text));
    await until("10 more arrive", () => afterwards().size === 10);
    expect(intake.status().lastError).toBeNull();
  });

  it("waits longer before each attempt, up to a limit", async () => {
    const attempts: number[] = [];
    const server = createServer((socket) => {
      attempts.push(Date.now());
      socket.on("error", () => {}).destroy();
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    cleanUps.push(async () => server.close());
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const connection = { url: `mqtt://127.0.0.1:${port}`, backOff: { minMs: 40, maxMs: 640 } };
    const intake = createTestIntake("", { connection });
    cleanUps.push(() => intake.stop());
    // It never gets through, so this never resolves.
    void intake.start(() => {});
    await until("7 attempts were made", () => attempts.length >= 7);
    const waits = attempts.slice(1).map((at, i) => at - (attempts[i] ?? 0));
    expect(waits[0]).toBeGreaterThanOrEqual(18);
    expect(waits[5]).toBeGreaterThanOrEqual(310);
    // Not more than the limit (and what a busy machine adds).
    expect(waits[5]).toBeLessThan(1_500);
  });

  it("goes on with MQTT 3.1.1 at a broker that hangs up on MQTT 5 without a word", async () => {
    const broker = await startMosquitto();
    cleanUps.push(() => broker.remove());
    // Reads the protocol level of CONNECT (the tenth byte here) and lets only 4 through.
    const sockets = new Set<Socket>();
    const old = createServer((socket) => {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.once("data", (connectPacket) => {
        if (connectPacket[8] !== 4) {
          socket.end();
          return;
        }
        const up = connect(broker.port, "127.0.0.1").on("error", () => {});
        sockets.add(up);
        up.write(connectPacket);
        socket.pipe(up).pipe(socket);
      });
    }).listen(0, "127.0.0.1");
    await once(old, "listening");
    cleanUps.push(async () => {
      for (const socket of sockets) socket.destroy();
      old.close();
    });
    const address = old.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const { intake } = await startIntake(`mqtt://127.0.0.1:${port}`);
    cleanUps.push(() => intake.stop());
    expect(intake.isConnected()).toBe(true);
  });

  it("speaks TLS with a broker whose authority it was given, and with no other", async () => {
    const authority = createSelfSignedAuthority();
    const port = await freePort();
    const broker = await startMosquitto({
      port,
      files: { "server.crt": authority.cert, "server.key": authority.key },
      config:
        "listener {port} 127.0.0.1\ncertfile {folder}/server.crt\nkeyfile {folder}/server.key\nallow_anonymous true\n",
    });
    cleanUps.push(() => broker.remove());
    const url = `mqtts://127.0.0.1:${port}`;
    const { intake, taken } = await startIntake("", {
      connection: { url, tls: { ca: authority.ca }, backOff: QUICK_BACK_OFF },
      onTaken: ({ done }) => done("durable"),
    });
    cleanUps.push(() => intake.stop());
    const publisher = await connectPublisher(url, { ca: authority.ca });
    cleanUps.push(() => publisher.endAsync(true));
    await publishNumbers(publisher, 100);
    await until("100 are acknowledged", () => intake.status().acknowledged === 100);
    expect(taken).toHaveLength(100);

    await expect(connectPublisher(url, { reconnectPeriod: 0 })).rejects.toThrow(/certificate/i);
  });

  it("keeps the connection while it does not read for much longer than the keepalive", async () => {
    const broker = await startMosquitto({
      isVerbose: true,
      config:
        "listener {port} 127.0.0.1\nallow_anonymous true\nmax_queued_messages 0\nmax_inflight_messages 0\n",
    });
    cleanUps.push(() => broker.remove());
    const { intake, taken } = await startIntake("", {
      connection: { url: broker.url, protocolVersion: 4, keepaliveSeconds: 1, backOff: QUICK_BACK_OFF },
      limits: { maxInFlight: 5, stopDeadlineMs: 100 },
    });
    cleanUps.push(() => intake.stop());
    const publisher = await connectPublisher(broker.url);
    cleanUps.push(() => publisher.endAsync(true));
    await publishNumbers(publisher, 500);
    await until("it stops reading", () => intake.status().isHeldBack);
    const pings = (): number => broker.log().split("Received PINGREQ from ingest-under-test").length - 1;
    const before = pings();
    // At a keepalive of 1 s a broker gives up after 1.5 s.
    await until("3 s of pings have passed", () => pings() - before >= 9);
    expect(intake.status()).toMatchObject({ isConnected: true, reconnects: 0, inFlight: 5 });
    for (let settled = 0; settled < 500; settled++) {
      await until("more arrives", () => taken.length > settled);
      taken[settled]!.done("durable");
    }
  });

  it.each(["", "nonsense", "http://broker"])("refuses to start with the URL %j, saying so", async (url) => {
    await expect(startIntake(url)).rejects.toThrow(/MQTT_URL cannot be used/);
  });
});
