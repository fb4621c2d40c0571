import { connectAsync, type IClientOptions, type MqttClient } from "mqtt";
import { until } from "./until.ts";

export type Message = { topic: string; payload: string };

export type ReliablePublisher = {
  /** Sends it until it is acknowledged; `onAcknowledged` is called once. */
  send(message: Message, onAcknowledged?: () => void): void;
  readonly acknowledged: number;
  /** Sent at least once and not acknowledged yet, or waiting to be sent. */
  readonly open: number;
  /** Resolves when everything is acknowledged. */
  drain(deadlineMs?: number): Promise<void>;
  stop(): Promise<void>;
};

type Open = { message: Message; onAcknowledged: () => void };

/**
 * A sender as a careful device is one: QoS 1, a new clean session at each connection, and whatever was not acknowledged
 * on the last one is sent again. `where` is asked at each connection, as a restarted system may be elsewhere.
 */
export function createReliablePublisher(where: () => { url: string } & IClientOptions): ReliablePublisher {
  const open = new Set<Open>();
  let client: MqttClient | null = null;
  let acknowledged = 0;
  const state = { isStopped: false };

  function publish(current: MqttClient, entry: Open): void {
    const { topic, payload } = entry.message;
    current.publish(topic, payload, { qos: 1 }, (error) => {
      if (error || !open.delete(entry)) return;
      acknowledged += 1;
      entry.onAcknowledged();
    });
  }

  async function run(): Promise<void> {
    while (!state.isStopped) {
      const { url, ...options } = where();
      try {
        const current = await connectAsync(url, {
          ...options,
          clean: true,
          reconnectPeriod: 0,
          connectTimeout: 5_000,
        });
        const closed = new Promise<void>((resolve) => current.once("close", () => resolve()));
        current.on("error", () => {});
        client = current;
        for (const entry of open) publish(current, entry);
        await closed;
        client = null;
        await current.endAsync(true);
      } catch {
        client = null;
      }
      if (!state.isStopped) await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  const running = run();

  return {
    send(message, onAcknowledged = () => {}) {
      const entry = { message, onAcknowledged };
      open.add(entry);
      if (client !== null) publish(client, entry);
    },
    get acknowledged() {
      return acknowledged;
    },
    get open() {
      return open.size;
    },
    drain: (deadlineMs) => until("all is acknowledged", () => open.size === 0, deadlineMs),
    async stop() {
      state.isStopped = true;
      client?.end(true);
      await running;
    },
  };
}
