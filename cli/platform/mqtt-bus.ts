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
import { applyProtocolFallBack } from "../../ingest/intake/protocol-fall-back.ts";
import { applyReconnectBackOff } from "../../ingest/intake/reconnect-back-off.ts";

/** What a broker may owe us an acknowledgement for at once; about a minute of movements of a large chain. */
const DEFAULT_MAX_PENDING = 20_000;
const STOP_DEADLINE_MS = 5_000;

export type MqttBusDeps = {
  connection: MqttConnection;
  clientId: string;
  root: string;
  /** `{root}/status/{component}` says `online` or `offline`, retained; the broker says it for us when we vanish. */
  component: string;
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
 * `onhand_bus_refused_total` counts it. Nothing durable is lost by that: followers see the hole in the sequence and ask
 * again. Subscriptions are made again at each connection; what was sent meanwhile is not delivered (again: the hole).
 */
export function createMqttBus(deps: MqttBusDeps): MqttBus {
  const { connection, logger } = deps;
  const url = printableUrl(connection.url);
  const statusTopic = `${deps.root}/status/${deps.component}`;
  const maxPending = deps.maxPending ?? DEFAULT_MAX_PENDING;
  const subscriptions: Subscription[] = [];
  const listeners: ((isConnected: boolean) => void)[] = [];
  let client: MqttClient | null = null;
  let pending = 0;
  let isConnected = false;
  let stopBackOff = (): void => {};
  const refused = createBusMetrics(
    deps.metrics,
    () => pending,
    () => isConnected,
  );

  function setConnected(value: boolean): void {
    if (value === isConnected) return;
    isConnected = value;
    for (const listener of listeners) listener(value);
  }

  async function publish(
    topic: string,
    payload: string | Uint8Array,
    options: { retain?: boolean } = {},
  ): Promise<void> {
    if (client === null) throw new Error("The message bus is not started.");
    if (pending >= maxPending) {
      refused.inc();
      throw new Error(`${pending} messages wait for the broker already: this one to ${topic} was not sent.`);
    }
    pending += 1;
    try {
      const bytes = typeof payload === "string" ? payload : Buffer.from(payload);
      await client.publishAsync(topic, bytes, { qos: 1, retain: options.retain === true });
    } finally {
      pending -= 1;
    }
  }

  function dispatch(topic: string, payload: Uint8Array): void {
    for (const { filter, handler } of subscriptions)
      if (filterMatches(filter, topic)) handler(topic, payload);
  }

  async function greet(current: MqttClient): Promise<void> {
    const filters = new Set(subscriptions.map(({ filter }) => filter));
    if (filters.size > 0) await current.subscribeAsync([...filters], { qos: 1 });
    await publish(statusTopic, "online", { retain: true });
  }

  function watch(current: MqttClient, onFirst: () => void): void {
    current.on("message", dispatch);
    current.on("connect", () => {
      greet(current).then(
        () => {
          logger.info({ url }, "The message bus is connected.");
          setConnected(true);
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
    current.on("close", () => setConnected(false));
    current.on("error", (error) => {
      logger.warn({ url, error: error.message }, "The message bus has no connection: what goes out waits.");
    });
  }

  return {
    publish,
    async subscribe(filter, handler) {
      subscriptions.push({ filter, handler });
      if (client?.connected === true) await client.subscribeAsync(filter, { qos: 1 });
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
      if (client === null) return;
      const current = client;
      stopBackOff();
      const deadline = setTimeout(() => current.end(true), STOP_DEADLINE_MS);
      if (current.connected) {
        // The last message in order, so all before it are acknowledged when it is.
        await current.publishAsync(statusTopic, "offline", { qos: 1, retain: true }).catch(() => {});
      }
      if (pending > 0) logger.warn({ pending }, "The message bus stopped before the broker had taken all.");
      client = null;
      await current.endAsync(!current.connected || pending > 0);
      clearTimeout(deadline);
      setConnected(false);
    },
  };
}

/** @returns the counter of refused messages */
function createBusMetrics(metrics: Registry, pending: () => number, isConnected: () => boolean): Counter {
  const gauges: [name: string, help: string, read: () => number][] = [
    ["onhand_bus_pending_messages", "Messages waiting for the broker's acknowledgement", pending],
    ["onhand_bus_connected", "1 while connected to the broker, else 0", () => Number(isConnected())],
  ];
  for (const [name, help, read] of gauges) {
    const gauge: Gauge = new Gauge({ name, help, registers: [metrics], collect: () => gauge.set(read()) });
  }
  return new Counter({
    name: "onhand_bus_refused_total",
    help: "Messages not sent because too many waited for the broker",
    registers: [metrics],
  });
}
