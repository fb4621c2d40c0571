import type { Aedes } from "aedes";
import type { MessageBus } from "../../domain/message-bus.ts";
import { filterMatches } from "./topic-filter.ts";

export type BrokerBus = MessageBus & {
  /** Called by the broker for each message that it lets through, so that later subscribers get what is retained. */
  remember(topic: string, payload: Uint8Array): void;
  setListening(isListening: boolean): void;
  /** Who takes in what is published there, before it is acknowledged; null for nobody. */
  receiverOf(topic: string): Receiver | null;
};

type Receiver = (topic: string, payload: Uint8Array) => Promise<void>;

/**
 * The bus of the process that holds the embedded broker: no socket in between. `publish` resolves when the message was
 * handed to all subscribers; on an in-topic (`toIntake` takes it) when it is durable, and rejects when it is not; so too where
 * somebody receives it.
 */
export function createBrokerBus(deps: {
  aedes: () => Aedes;
  /** Takes a publish on an in-topic and answers later; null when the topic is none. */
  toIntake: (topic: string, payload: Uint8Array) => Promise<void> | null;
}): BrokerBus {
  const retained = new Map<string, Uint8Array>();
  const receivers = new Map<string, Receiver>();
  const listeners: ((isConnected: boolean) => void)[] = [];
  let isListening = false;

  function receiverOf(topic: string): Receiver | null {
    for (const [filter, receiver] of receivers) if (filterMatches(filter, topic)) return receiver;
    return null;
  }

  return {
    receiverOf,
    async receive(filter, handler) {
      if (receivers.has(filter)) throw new Error(`${filter} is received already`);
      const running = new Set<Promise<void>>();
      receivers.set(filter, async (topic, payload) => {
        const work = handler(topic, payload);
        running.add(work);
        await work.finally(() => running.delete(work));
      });
      return async () => {
        receivers.delete(filter);
        await Promise.allSettled(running);
      };
    },
    async publish(topic, payload, options = {}) {
      const bytes = typeof payload === "string" ? Buffer.from(payload) : Buffer.from(payload);
      const taken = deps.toIntake(topic, bytes);
      if (taken !== null) return await taken;
      await receiverOf(topic)?.(topic, bytes);
      await new Promise<void>((resolve, reject) => {
        deps
          .aedes()
          .publish(
            { cmd: "publish", topic, payload: bytes, qos: 1, retain: options.retain === true, dup: false },
            (error) => (error ? reject(error) : resolve()),
          );
      });
    },
    async subscribe(filter, handler) {
      await new Promise<void>((resolve) => {
        deps.aedes().subscribe(
          filter,
          (packet, done) => {
            handler(packet.topic, Buffer.from(packet.payload));
            done();
          },
          resolve,
        );
      });
      for (const [topic, payload] of retained) if (filterMatches(filter, topic)) handler(topic, payload);
    },
    isConnected: () => isListening,
    onConnectionChange(listener) {
      listeners.push(listener);
      listener(isListening);
    },
    remember(topic, payload) {
      if (payload.length === 0) retained.delete(topic);
      else retained.set(topic, payload);
    },
    setListening(value) {
      isListening = value;
      for (const listener of listeners) listener(value);
    },
  };
}
