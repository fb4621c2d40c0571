import { once } from "node:events";
import { createServer, type Server, Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { Aedes, type Client, type PublishPacket, type Subscription } from "aedes";
import type { Logger } from "pino";
import type { Registry } from "prom-client";
import type { MessageBus } from "../../domain/message-bus.ts";
import type { Principal } from "../../domain/principal.ts";
import { intakeLocation, isServerTopic } from "../intake/intake-topics.ts";
import { createAuthThrottle } from "./auth-throttle.ts";
import { createBrokerBus } from "./broker-bus.ts";
import { createBrokerMetrics } from "./broker-metrics.ts";
import { createGatekeeper } from "./gatekeeper.ts";
import type { HeldPublishReceiver } from "./held-publish.ts";
import { createKeepaliveWatch } from "./keepalive-watch.ts";
import { type ListenAddress, plainListenerProblem } from "./listen-address.ts";
import { guardPacketSize } from "./packet-size-guard.ts";
import { mayPublish, maySubscribe } from "./topic-rights.ts";

export type BrokerLimits = {
  maxClients: number;
  /** Checked beyond the first 64 KiB of a packet. */
  maxPacketBytes: number;
  /** From the first byte to the end of MQTT's CONNECT. */
  connectTimeoutMs: number;
  /** How long a subscriber may leave its socket full before it is dropped. */
  drainTimeoutMs: number;
};

const DEFAULT_LIMITS: BrokerLimits = {
  maxClients: 2_000,
  maxPacketBytes: 4 * 1024 * 1024,
  connectTimeoutMs: 10_000,
  drainTimeoutMs: 30_000,
};

export type EmbeddedBrokerDeps = {
  root: string;
  /** Without TLS; port 0 takes a free one; null opens none. */
  listen: ListenAddress | null;
  /** PEM texts. */
  tls?: ListenAddress & { cert: string; key: string };
  /** Allows `listen` beyond loopback. */
  isInsecureLanAllowed?: boolean;
  /** Who has this user name and password; `busy` when it cannot be told now. Throttled by the broker. */
  authenticate(user: string, password: string): Promise<Principal | null | "busy">;
  limits?: Partial<BrokerLimits>;
  logger: Logger;
  metrics: Registry;
  nowMs?: () => number;
};

export type EmbeddedBroker = {
  /** Opens the listeners. Rejects, with words for a person, when one may not or cannot be opened. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Publishes and subscribes without a socket. */
  bus: MessageBus;
  ports(): { tcp: number | null; tls: number | null };
  /** Sets who takes in what is published on in-topics; without one such publishes are refused. */
  receiveWith(receiver: HeldPublishReceiver): void;
  /** Ends all connections of a key that was revoked. */
  disconnectKey(keyId: string): void;
};

type Connected = { principal: Principal; held: number };

/**
 * MQTT 3.1.1 in this process (aedes), for those who have no broker. A QoS 1 publish on an in-topic is acknowledged
 * after it is durable. Nothing is kept over a restart, sessions neither: every client starts clean, whatever it asks.
 */
export function createEmbeddedBroker(deps: EmbeddedBrokerDeps): EmbeddedBroker {
  const { root, logger } = deps;
  const nowMs = deps.nowMs ?? Date.now;
  const limits: BrokerLimits = { ...DEFAULT_LIMITS, ...deps.limits };
  const connected = new Map<Client, Connected>();
  /** Outlives the connection, whose last will is judged after its end. */
  const states = new WeakMap<Client, Connected>();
  const sockets = new Set<Socket>();
  const servers: Server[] = [];
  const ports: { tcp: number | null; tls: number | null } = { tcp: null, tls: null };
  const metrics = createBrokerMetrics(deps.metrics, () => connected.size);
  let receiver: HeldPublishReceiver | null = null;

  const aedes = new Aedes({
    connectTimeout: limits.connectTimeoutMs,
    drainTimeout: limits.drainTimeoutMs,
    maxTopicLevels: 10,
    authorizePublish: judgePublish,
    authorizeSubscribe: judgeSubscription,
    published(packet, _client, callback) {
      if (packet.retain) bus.remember(packet.topic, Buffer.from(packet.payload));
      callback();
    },
  });
  const keepalive = createKeepaliveWatch({
    bytesRead: (client) => (client.conn instanceof Socket ? client.conn.bytesRead : 0),
    isHeldBack: (client) => (connected.get(client)?.held ?? 0) > 0,
    nowMs,
  });
  const gatekeeper = createGatekeeper({
    authenticate: (user, password) => deps.authenticate(user, password),
    throttle: createAuthThrottle({ nowMs }),
    isFull: () => connected.size >= limits.maxClients,
    isClientIdTaken: (clientId, keyId) =>
      [...connected].some(([client, { principal }]) => client.id === clientId && principal.keyId !== keyId),
    onAdmitted(client, principal) {
      const state = { principal, held: 0 };
      connected.set(client, state);
      states.set(client, state);
    },
    logger,
    metrics,
  });
  aedes.authenticate = gatekeeper.authenticate;
  aedes.preConnect = (client, packet, callback) => {
    // A kept session would collect messages for a client that may never come back, in memory and without a bound.
    packet.clean = true;
    keepalive.watch(client, packet.keepalive ?? 0);
    packet.keepalive = 0;
    callback(null, true);
  };
  const bus = createBrokerBus({
    aedes: () => aedes,
    toIntake(topic, payload) {
      if (intakeLocation(root, topic) === null) return null;
      return new Promise((resolve, reject) => {
        const publish = { topic, payload, keyId: null, isDuplicate: false, connection: {} };
        if (receiver === null)
          reject(new Error("Ingest does not take in yet: nothing was recorded. Try again."));
        else {
          receiver.onPublish(publish, (isDurable) =>
            isDurable ? resolve() : reject(new Error("The event could not be made durable. Try again.")),
          );
        }
      });
    },
  });
  aedes.on("clientDisconnect", forget);
  aedes.on("clientError", onBroken);
  aedes.on("connectionError", onBroken);

  function forget(client: Client): void {
    keepalive.forget(client);
    if (connected.delete(client)) receiver?.onDisconnect(client);
  }

  function onBroken(client: Client, error: Error): void {
    if (client.closed) return;
    metrics.brokenConnections.inc();
    logger.debug({ clientId: client.id, err: error }, "MQTT connection ended by an error.");
  }

  function judgePublish(
    client: Client | null,
    packet: PublishPacket,
    callback: (error?: Error | null) => void,
  ): void {
    const state = client === null ? undefined : states.get(client);
    if (client === null || state === undefined) return callback(new Error("not connected"));
    const { principal } = state;
    const { topic } = packet;
    if (!mayPublish(principal, topic, root)) {
      // MQTT 3.1.1 has no way to say no to one message. Acknowledging it would lose it silently, so the connection ends.
      gatekeeper.reportDenied(principal, "publish", topic);
      return callback(new Error(`${principal.keyId} may not publish to ${topic}`));
    }
    if (intakeLocation(root, topic) === null) return hold(state, packet, callback);
    if (receiver === null) return callback(new Error("ingest does not take in yet"));
    // A retained read would be taken in again at each restart, and be kept for each topic a device thinks of.
    packet.retain = false;
    state.held += 1;
    const payload = Buffer.isBuffer(packet.payload) ? packet.payload : Buffer.from(packet.payload);
    receiver.onPublish(
      { topic, payload, keyId: principal.keyId, isDuplicate: packet.dup, connection: client },
      (isDurable) => {
        state.held -= 1;
        callback(isDurable ? null : new Error("the message could not be made durable"));
      },
    );
  }

  /** What the server takes in is acknowledged when it has done so, and refused while nobody does. */
  function hold(state: Connected, packet: PublishPacket, answer: (error?: Error | null) => void): void {
    const { topic } = packet;
    const receive = bus.receiverOf(topic);
    if (receive === null) {
      return answer(isServerTopic(root, topic) ? new Error("the server does not take in yet") : null);
    }
    packet.retain = false;
    state.held += 1;
    receive(topic, Buffer.from(packet.payload))
      .then(
        () => answer(null),
        (error: unknown) => answer(error instanceof Error ? error : new Error(String(error))),
      )
      .finally(() => {
        state.held -= 1;
      });
  }

  function judgeSubscription(
    client: Client,
    subscription: Subscription,
    callback: (error: Error | null, subscription?: Subscription | null) => void,
  ): void {
    const principal = connected.get(client)?.principal;
    if (principal !== undefined && maySubscribe(principal, subscription.topic, root)) {
      return callback(null, subscription);
    }
    if (principal !== undefined) gatekeeper.reportDenied(principal, "subscribe", subscription.topic);
    callback(null, null);
  }

  function accept(socket: Socket): void {
    const client = aedes.handle(socket);
    guardPacketSize(client, limits.maxPacketBytes);
    sockets.add(socket);
    socket.on("close", () => {
      sockets.delete(socket);
      forget(client);
    });
    socket.setNoDelay(true);
    // Finds clients that vanished without a word, also those whose keepalive is 0.
    socket.setKeepAlive(true, 60_000);
  }

  async function open(server: Server, { host, port }: ListenAddress): Promise<number> {
    server.maxConnections = limits.maxClients + 100;
    server.on("error", (error) => logger.error({ err: error }, "MQTT listener failed."));
    const listening = once(server, "listening");
    server.listen(port, host);
    await listening.catch((error: unknown) => {
      const isTaken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
      if (!isTaken) throw error;
      throw new Error(
        `Port ${port} on ${host} is in use, perhaps by another MQTT broker. No device can connect. ` +
          "Set MQTT_LISTEN to another port, or MQTT_URL to use that broker.",
      );
    });
    servers.push(server);
    const address = server.address();
    return typeof address === "object" && address !== null ? address.port : port;
  }

  return {
    bus,
    ports: () => ports,
    receiveWith(next) {
      receiver = next;
    },
    disconnectKey(keyId) {
      for (const [client, { principal }] of connected) if (principal.keyId === keyId) client.close();
    },
    async start() {
      const { listen, tls } = deps;
      const problem =
        listen === null ? null : plainListenerProblem(listen, deps.isInsecureLanAllowed === true);
      if (problem !== null) throw new Error(problem);
      await aedes.listen();
      if (listen !== null) ports.tcp = await open(createServer(accept), listen);
      if (tls !== undefined) {
        const { cert, key } = tls;
        const handshakeTimeout = limits.connectTimeoutMs;
        ports.tls = await open(
          createTlsServer({ cert, key, minVersion: "TLSv1.2", handshakeTimeout }, accept),
          tls,
        );
      }
      keepalive.start();
      bus.setListening(true);
      logger.info({ ...ports }, "The embedded MQTT broker listens.");
    },
    async stop() {
      keepalive.stop();
      bus.setListening(false);
      const closed = servers.map((server) => new Promise((resolve) => server.close(resolve)));
      await new Promise<void>((resolve) => aedes.close(resolve));
      for (const socket of sockets) socket.destroy();
      await Promise.all(closed);
    },
  };
}
