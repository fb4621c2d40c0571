import { connect, type IPublishPacket, type MqttClient } from "mqtt";
import type { Logger } from "pino";
import type { Registry } from "prom-client";
import {
  DEFAULT_INTAKE_LIMITS,
  type Intake,
  type IntakeDone,
  type IntakeLimits,
  type OnIncomingMessage,
} from "./intake.ts";
import { registerIntakeMetrics } from "./intake-metrics.ts";
import { createIntakeWindow } from "./intake-window.ts";
import { brokerUrlProblem, type MqttConnection, mqttClientOptions, printableUrl } from "./mqtt-connection.ts";
import { applyProtocolFallBack } from "./protocol-fall-back.ts";
import { createPubackWriter, type PubackWriter } from "./puback-writer.ts";
import { applyReconnectBackOff } from "./reconnect-back-off.ts";

export type MqttIntakeDeps = {
  connection: MqttConnection;
  /** Stable over restarts: the broker keeps our session, and what we have not acknowledged, under this name. */
  clientId: string;
  topics: TakenTopics;
  limits?: Partial<IntakeLimits>;
  /** How long the broker keeps our session while we are away (MQTT 5; in 3.1.1 the broker decides). Default 7 days. */
  sessionExpirySeconds?: number;
  logger: Logger;
  /** Null for none. */
  metrics: Registry | null;
};

/** What an intake subscribes to. */
export type TakenTopics = {
  filters: readonly string[];
  /**
   * `own` is taken in, `other` acknowledged unread; where an older session of ours is still subscribed to what is another's now,
   * the filters to unsubscribe from.
   */
  judge(topic: string): "own" | "other" | { unsubscribe: string[] };
  /** Called with its payload at each connection, as it is retained, and at each change. */
  settings: { topic: string; onSettings(payload: Uint8Array): void } | null;
};

const WEEK_SECONDS = 7 * 86_400;
/** A broker that has our DISCONNECT and does not hang up is left. */
const DISCONNECT_WITHIN_MS = 5_000;
/** How often at most a received message puts the next ping off. */
const ALIVE_EVERY_MS = 1_000;
/** mqtt.js sends no PUBACK when its message handler ends in an error, and goes on to the next packet. */
const WITHHOLD_PUBACK = new Error("acknowledged later");

/** A message that waits for room; mqtt.js reads no further packet until its callback is called. */
type HeldPacket = { packet: IPublishPacket; callback: (error?: Error) => void };

/**
 * Takes in from any broker over MQTT 5 or 3.1.1 with a persistent session.
 *
 * mqtt.js handles one message at a time and would acknowledge it before the next. Here each is let go without its
 * PUBACK, so that many are in the pipeline at once, and the PUBACKs are written when the messages are durable, in the
 * order of arrival, to the connection they came on. MQTT 5's Receive Maximum keeps a broker from sending more than
 * `maxInFlight`; where that does not hold (3.1.1, QoS 0) we stop reading from the socket instead. Subscribes with QoS 1;
 * what was published with QoS 2 comes as QoS 1 then, and what was published with QoS 0 cannot be asked for again.
 */
export function createMqttIntake(deps: MqttIntakeDeps): Intake {
  const { connection, topics, logger } = deps;
  const { settings } = topics;
  const limits: IntakeLimits = { ...DEFAULT_INTAKE_LIMITS, ...deps.limits };
  const url = printableUrl(connection.url);
  const counts = { acknowledged: 0, failed: 0, reconnects: 0 };
  const window = createIntakeWindow(limits, letHeldIn);

  let client: MqttClient | null = null;
  let stopBackOff = (): void => {};
  let pingTimer: NodeJS.Timeout | undefined;
  let pubacks: PubackWriter | null = null;
  let held: HeldPacket | null = null;
  let isSubscribed = false;
  let lastAliveMs = 0;
  let isStopping = false;
  let lastError: string | null = null;
  let onMessage: OnIncomingMessage = () => {};

  function letHeldIn(): void {
    if (held === null || !window.hasRoom(held.packet.payload.length)) return;
    const { packet, callback } = held;
    held = null;
    take(packet, callback);
  }

  /** The writer of the connection that mqtt.js is reading from now. */
  function currentPubacks(stream: MqttClient["stream"]): PubackWriter {
    if (pubacks?.stream === stream) return pubacks;
    pubacks = createPubackWriter(stream, (count) => {
      counts.acknowledged += count;
    });
    return pubacks;
  }

  /**
   * A broker that sends is alive, though its ping answer may stand behind seconds of messages. And mqtt.js does not see the
   * PUBACKs that we write ourselves, which the broker counts as our sign of life.
   */
  function noteAlive(current: MqttClient): void {
    const now = Date.now();
    if (now - lastAliveMs < ALIVE_EVERY_MS) return;
    lastAliveMs = now;
    current.reschedulePing(true);
  }

  function handlePacket(current: MqttClient, packet: IPublishPacket, callback: HeldPacket["callback"]): void {
    noteAlive(current);
    // A connection's last packets may still be handed over after its end: they will come again on the next.
    const isLost = current.stream.destroyed && packet.qos > 0;
    if (isStopping || isLost) callback(WITHHOLD_PUBACK);
    else if (window.hasRoom(packet.payload.length)) take(packet, callback);
    else held = { packet, callback };
  }

  function take(packet: IPublishPacket, callback: HeldPacket["callback"]): void {
    if (client === null) return;
    const { topic, qos } = packet;
    const payload = Buffer.isBuffer(packet.payload) ? packet.payload : Buffer.from(packet.payload);
    // QoS 2 comes only from a broker that gives more than was asked for: one message at a time then, whose PUBCOMP
    // mqtt.js sends when it is durable.
    const isOneByOne = qos === 2;
    const writer = currentPubacks(client.stream);
    const place = qos === 1 ? writer.expect(packet.messageId ?? 0) : null;
    const settle = (): void => {
      if (place !== null) writer.settle(place);
      if (isOneByOne) callback();
    };
    if (settings !== null && topic === settings.topic) {
      settings.onSettings(payload);
      settle();
    } else if (isOwn(topic)) {
      handIn(packet, payload, (outcome) => (outcome === "durable" ? settle() : drop(writer, topic)));
    } else settle();
    // Last, as it may bring the next packet before it returns.
    if (!isOneByOne) callback(WITHHOLD_PUBACK);
  }

  function handIn(packet: IPublishPacket, payload: Uint8Array, settle: IntakeDone): void {
    let isDone = false;
    window.enter(payload.length);
    onMessage(
      { topic: packet.topic, payload, clientId: null, isDuplicate: packet.dup, receivedAtMs: Date.now() },
      (outcome) => {
        if (isDone) return;
        isDone = true;
        settle(outcome);
        window.leave(payload.length);
      },
    );
  }

  function isOwn(topic: string): boolean {
    const judgement = topics.judge(topic);
    if (typeof judgement === "string") return judgement === "own";
    logger.warn({ topic }, "Message of a location that this ingest does not serve: ignored, unsubscribing.");
    client?.unsubscribe(judgement.unsubscribe);
    return false;
  }

  /** A broker delivers again only on a new connection. */
  function drop(writer: PubackWriter, topic: string): void {
    counts.failed += 1;
    lastError = "A message could not be made durable.";
    if (writer.stream.destroyed) return;
    logger.error(
      { topic },
      "A message could not be made durable: not acknowledged. Reconnecting, so that the broker delivers it again.",
    );
    writer.stream.destroy();
  }

  async function subscribe(current: MqttClient): Promise<void> {
    // Retained messages only with a new subscription, except the settings, which are wanted at each connection.
    const filters = topics.filters.map((filter) => [filter, { qos: 1, rh: 1 }] as const);
    const retained = settings === null ? [] : [[settings.topic, { qos: 1, rh: 0 }] as const];
    await current.subscribeAsync(Object.fromEntries([...filters, ...retained]));
  }

  function watch(current: MqttClient, onSubscribed: () => void): void {
    current.on("connect", (connack) => {
      // A kept session is subscribed already, and its SUBACK comes after all that waited in it.
      isSubscribed = connack.sessionPresent;
      if (isSubscribed) onSubscribed();
      subscribe(current).then(
        () => {
          isSubscribed = true;
          lastError = null;
          const { protocolVersion } = current.options;
          logger.info(
            { url, protocolVersion, sessionPresent: connack.sessionPresent },
            "Intake is subscribed.",
          );
          onSubscribed();
        },
        (error: unknown) => {
          if (isStopping || !current.connected) return;
          lastError = `The broker refused the subscription: ${error instanceof Error ? error.message : error}`;
          logger.error(
            { url, err: error },
            "Intake may not subscribe: grant this user the topics. Trying again.",
          );
          current.stream.destroy();
        },
      );
    });
    current.on("close", () => {
      isSubscribed = false;
      // Its packet is not acknowledged and comes again; a QoS 0 message is let in when there is room.
      if (held !== null && held.packet.qos > 0) held = null;
    });
    current.on("reconnect", () => {
      counts.reconnects += 1;
    });
    current.on("error", (error) => {
      lastError = error.message;
      logger.warn(
        { url, err: error },
        "Intake has no connection: events wait at the broker and at the devices.",
      );
    });
  }

  /** While we do not read, the broker's ping answers wait unread as well: keep both ends from giving up. */
  function keepAliveWhileHeld(current: MqttClient): NodeJS.Timeout {
    const everyMs = ((current.options.keepalive ?? 30) * 1_000) / 3;
    return setInterval(() => {
      if (held === null || !current.connected) return;
      current.sendPing();
      current.reschedulePing(true);
    }, everyMs).unref();
  }

  async function start(handler: OnIncomingMessage): Promise<void> {
    const problem = brokerUrlProblem(connection.url);
    if (problem !== null) throw new Error(`MQTT_URL cannot be used: ${problem}.`);
    onMessage = handler;
    const options = mqttClientOptions(connection);
    const current = connect(connection.url, {
      ...options,
      clientId: deps.clientId,
      clean: false,
      resubscribe: false,
      properties: {
        receiveMaximum: limits.maxInFlight,
        sessionExpiryInterval: deps.sessionExpirySeconds ?? WEEK_SECONDS,
      },
      // Its own tracing costs a tenth of the time even when it is switched off.
      log: () => {},
    });
    client = current;
    current.handleMessage = (packet, callback) => handlePacket(current, packet, callback);
    stopBackOff = applyReconnectBackOff(current, connection.backOff);
    if ((connection.protocolVersion ?? "auto") === "auto") {
      applyProtocolFallBack(current, () =>
        logger.warn({ url }, "The broker refused MQTT 5: using MQTT 3.1.1."),
      );
    }
    pingTimer = keepAliveWhileHeld(current);
    await new Promise<void>((resolve) => watch(current, resolve));
  }

  async function stop(): Promise<void> {
    if (client === null || isStopping) return;
    isStopping = true;
    held?.callback(WITHHOLD_PUBACK);
    held = null;
    const isEmpty = await window.waitUntilEmpty(limits.stopDeadlineMs);
    if (!isEmpty) {
      logger.warn(
        { inFlight: window.inFlight },
        "Intake stopped before all was durable: it will be delivered again.",
      );
    }
    pubacks?.flush();
    stopBackOff();
    clearInterval(pingTimer);
    isSubscribed = false;
    const { stream } = client;
    const hangUp = setTimeout(() => stream.destroy(), DISCONNECT_WITHIN_MS);
    await client.endAsync(!client.connected);
    clearTimeout(hangUp);
  }

  const intake: Intake = {
    start,
    pause: () => window.pause(),
    resume: () => window.resume(),
    stop,
    isConnected: () => isSubscribed,
    status: () => ({
      isConnected: isSubscribed,
      isPaused: window.isPaused,
      inFlight: window.inFlight,
      inFlightBytes: window.inFlightBytes,
      isHeldBack: held !== null || window.isPaused,
      acknowledged: counts.acknowledged,
      failed: counts.failed,
      reconnects: counts.reconnects,
      lastError,
    }),
  };
  if (deps.metrics !== null) registerIntakeMetrics(deps.metrics, intake);
  return intake;
}
