import { connect, type IClientOptions, type MqttClient } from "mqtt";
import type { Logger } from "pino";
import { Counter, Gauge, type Registry } from "prom-client";
import type { MessageBus } from "../../domain/message-bus.ts";
import { filterMatches } from "../../ingest/broker/topic-filter.ts";
import {
  brokerUrlProblem,
  type MqttConnection,
  mqttClientOptions,
  printableUrl,
} from "../../ingest/intake/mqtt-connection.ts";
import { createMqttIntake } from "../../ingest/intake/mqtt-intake.ts";
import { applyProtocolFallBack } from "../../ingest/intake/protocol-fall-back.ts";
import { applyReconnectBackOff } from "../../ingest/intake/reconnect-back-off.ts";
import { createOutgoingQueue, type OutgoingMessage } from "./outgoing-queue.ts";

/** About a minute of movements of a large chain. */
const DEFAULT_MAX_PENDING = 20_000;
/**
 * On their way at once. A broker that says less (MQTT 5's Receive Maximum) is obeyed: Mosquitto cuts the connection of
 * who sends more than it said.
 */
const MAX_IN_FLIGHT = 100;
const STOP_DEADLINE_MS = 5_000;
/** Messages that are received and not yet acknowledged, of one filter. */
const MAX_RECEIVED_AT_ONCE = 1_000;
const STOPPED = "The message bus has stopped: this message was not sent.";

export type MqttBusDeps = {
  connection: MqttConnection;
  clientId: string;
  root: string;
  /** `{root}/status/{component}` says `online` or `offline`, retained; the broker says it for us when we vanish. */
  component: string;
  /** Which of several of that component, for its status topic: `{component}-{instance}`. */
  instance?: string;
  maxPending?: number;
  logger: Logger;
  metrics: Registry;
};

export type MqttBus = MessageBus & {
  /** Resolves at the first connection; keeps trying until then. Rejects only for an unusable URL. */
  start(): Promise<void>;
  /** Waits for what is pending up to 5 s, says `offline`, disconnects. */
  stop(): Promise<void>;
};

type Subscription = { filter: string; handler: (topic: string, payload: Uint8Array) => void };

/**
 * The bus over any broker, QoS 1. `publish` resolves when the broker has acknowledged. While there is no connection,
 * messages wait in memory, in order; beyond `maxPending` the newest is refused: its promise rejects and
 * `onhand_{component}_bus_refused_total` counts it. Nothing durable is lost by that: followers see the hole in the sequence and ask
 * again. Subscriptions are made again at each connection; what was sent meanwhile is not delivered (again: the hole).
 */
export function createMqttBus(deps: MqttBusDeps): MqttBus {
  const { connection, logger } = deps;
  const url = printableUrl(connection.url);
  const name = deps.instance === undefined ? deps.component : `${deps.component}-${deps.instance}`;
  const statusTopic = `${deps.root}/status/${name}`;
  const subscriptions: Subscription[] = [];
  const listeners: ((isConnected: boolean) => void)[] = [];
  let client: MqttClient | null = null;
  let isConnected = false;
  let isStopped = false;
  let stopBackOff = (): void => {};
  const queue = createOutgoingQueue({ send, maxPending: deps.maxPending ?? DEFAULT_MAX_PENDING });
  const refused = createBusMetrics(
    deps,
    () => queue.pending,
    () => isConnected,
  );

  function setConnected(value: boolean): void {
    if (value === isConnected) return;
    isConnected = value;
    for (const listener of listeners) listener(value);
  }

  async function send({ topic, payload, isRetained }: OutgoingMessage): Promise<void> {
    if (client === null) throw new Error(STOPPED);
    await client.publishAsync(topic, payload, { qos: 1, retain: isRetained });
  }

  async function publish(
    topic: string,
    payload: string | Uint8Array,
    options: { retain?: boolean } = {},
  ): Promise<void> {
    if (isStopped) throw new Error(STOPPED);
    const bytes = typeof payload === "string" ? payload : Buffer.from(payload);
    const sent = queue.add({ topic, payload: bytes, isRetained: options.retain === true });
    if (sent === null) {
      refused.inc();
      throw new Error(`${queue.pending} messages wait for the broker: this one to ${topic} was not sent.`);
    }
    await sent;
  }

  function dispatch(topic: string, payload: Uint8Array): void {
    for (const { filter, handler } of subscriptions)
      if (filterMatches(filter, topic)) handler(topic, payload);
  }

  async function greet(current: MqttClient): Promise<void> {
    const filters = new Set(subscriptions.map(({ filter }) => filter));
    if (filters.size > 0) await current.subscribeAsync([...filters], { qos: 1 });
    await send({ topic: statusTopic, payload: "online", isRetained: true });
  }

  function watch(current: MqttClient, onFirst: () => void): void {
    current.on("message", dispatch);
    current.on("connect", () => {
      greet(current).then(
        () => {
          logger.info({ url }, "The message bus is connected.");
          setConnected(true);
          queue.open(Math.min(MAX_IN_FLIGHT, current.serverProperties?.receiveMaximum ?? MAX_IN_FLIGHT));
          onFirst();
        },
        (error: unknown) => {
          if (!current.connected || current.disconnecting) return;
          logger.error(
            { url, error: String(error) },
            "The broker refused a subscription: grant this user the topics.",
          );
          current.stream.destroy();
        },
      );
    });
    current.on("close", () => {
      queue.close();
      setConnected(false);
    });
    current.on("error", (error) => {
      logger.warn({ url, error: error.message }, "The message bus has no connection: what goes out waits.");
    });
  }

  return {
    publish,
    async subscribe(filter, handler) {
      subscriptions.push({ filter, handler });
      if (client?.connected !== true) return;
      await client.subscribeAsync(filter, { qos: 1 }).catch((error: unknown) => {
        // Lost meanwhile: it is made again with the others at the next connection.
        if (isConnected) throw error;
      });
    },
    async receive(filter, handler) {
      // A connection of its own, under one name for all who receive this filter one after the other: the broker keeps its session.
      const receiver = createMqttIntake({
        connection,
        clientId: `onhand-${deps.component}-in-${filter.replaceAll(/[^A-Za-z0-9]+/g, "-")}`,
        topics: { filters: [filter], judge: () => "own", settings: null },
        limits: { maxInFlight: MAX_RECEIVED_AT_ONCE, stopDeadlineMs: STOP_DEADLINE_MS },
        logger,
        metrics: null,
      });
      void receiver
        .start(({ topic, payload }, settle) => {
          handler(topic, payload).then(
            () => settle("durable"),
            () => settle("failed"),
          );
        })
        .catch((error: unknown) => logger.error({ url, err: error }, "Nothing is received from the broker."));
      return () => receiver.stop();
    },
    isConnected: () => isConnected,
    onConnectionChange(listener) {
      listeners.push(listener);
      listener(isConnected);
    },
    async start() {
      const problem = brokerUrlProblem(connection.url);
      if (problem !== null) throw new Error(`MQTT_URL cannot be used: ${problem}.`);
      const options: IClientOptions = {
        ...mqttClientOptions(connection),
        clientId: deps.clientId,
        clean: true,
        resubscribe: false,
        will: { topic: statusTopic, payload: Buffer.from("offline"), qos: 1, retain: true },
        log: () => {},
      };
      const current = connect(connection.url, options);
      client = current;
      stopBackOff = applyReconnectBackOff(current, connection.backOff);
      if ((connection.protocolVersion ?? "auto") === "auto") {
        applyProtocolFallBack(current, () =>
          logger.warn({ url }, "The broker refused MQTT 5: using MQTT 3.1.1."),
        );
      }
      await new Promise<void>((resolve) => watch(current, resolve));
    },
    async stop() {
      if (client === null || isStopped) return;
      isStopped = true;
      const current = client;
      const isEmpty = !isConnected || (await queue.waitUntilEmpty(STOP_DEADLINE_MS));
      if (queue.pending > 0) {
        logger.warn({ pending: queue.pending }, "The message bus stopped before the broker had taken all.");
      }
      stopBackOff();
      const hangUp = setTimeout(() => current.stream.destroy(), STOP_DEADLINE_MS);
      if (isConnected)
        await send({ topic: statusTopic, payload: "offline", isRetained: true }).catch(() => {});
      client = null;
      queue.abandon(new Error(STOPPED));
      await current.endAsync(!isConnected || !isEmpty);
      clearTimeout(hangUp);
      setConnected(false);
    },
  };
}

/**
 * Named after the component, as ingest and server of one process share a registry and may have a bus each.
 *
 * @returns the counter of refused messages
 */
function createBusMetrics(
  { metrics, component }: MqttBusDeps,
  pending: () => number,
  isConnected: () => boolean,
): Counter {
  const prefix = `onhand_${component.replaceAll(/[^A-Za-z0-9_]/g, "_")}_bus`;
  const gauges: [name: string, help: string, read: () => number][] = [
    [`${prefix}_pending_messages`, "Messages waiting for the broker's acknowledgement", pending],
    [`${prefix}_connected`, "1 while connected to the broker, else 0", () => Number(isConnected())],
  ];
  for (const [name, help, read] of gauges) {
    const gauge: Gauge = new Gauge({ name, help, registers: [metrics], collect: () => gauge.set(read()) });
  }
  return new Counter({
    name: `${prefix}_refused_total`,
    help: "Messages not sent because too many waited for the broker",
    registers: [metrics],
  });
}
