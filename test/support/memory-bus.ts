import type { MessageBus } from "../../domain/message-bus.ts";

type Subscription = { filter: string[]; handler(topic: string, payload: Uint8Array): void };

/**
 * A network in memory with a broker's rules: retained messages, `+` filters, delivery in order. Its failures are the
 * test's to make: `isUp`, `lose`.
 */
export class MemoryBus implements MessageBus {
  #isUp = true;
  readonly #subscriptions: Subscription[] = [];
  readonly #receivers = new Set<{
    filter: string[];
    handler(topic: string, payload: Uint8Array): Promise<void>;
  }>();
  readonly #retained = new Map<string, Uint8Array>();
  readonly #listeners: ((isConnected: boolean) => void)[] = [];
  /** Messages that never arrive anywhere. */
  lose: (topic: string) => boolean = () => false;
  readonly published: { topic: string; payload: string; isRetained: boolean }[] = [];

  async publish(
    topic: string,
    payload: string | Uint8Array,
    options: { retain?: boolean } = {},
  ): Promise<void> {
    if (!this.#isUp) throw new Error("not connected");
    const bytes = typeof payload === "string" ? new TextEncoder().encode(payload) : payload;
    const isRetained = options.retain === true;
    this.published.push({ topic, payload: new TextDecoder().decode(bytes), isRetained });
    if (isRetained) this.#retained.set(topic, bytes);
    if (this.lose(topic)) return;
    for (const { filter, handler } of this.#receivers)
      if (matches(filter, topic)) await handler(topic, bytes);
    for (const { filter, handler } of this.#subscriptions) if (matches(filter, topic)) handler(topic, bytes);
  }

  async subscribe(filter: string, handler: Subscription["handler"]): Promise<void> {
    const subscription = { filter: filter.split("/"), handler };
    this.#subscriptions.push(subscription);
    for (const [topic, payload] of this.#retained)
      if (matches(subscription.filter, topic)) handler(topic, payload);
  }

  async receive(
    filter: string,
    handler: (topic: string, payload: Uint8Array) => Promise<void>,
  ): Promise<() => Promise<void>> {
    const receiver = { filter: filter.split("/"), handler };
    this.#receivers.add(receiver);
    return async () => void this.#receivers.delete(receiver);
  }

  isConnected(): boolean {
    return this.#isUp;
  }

  onConnectionChange(listener: (isConnected: boolean) => void): void {
    this.#listeners.push(listener);
    listener(this.#isUp);
  }

  setUp(isUp: boolean): void {
    this.#isUp = isUp;
    for (const listener of this.#listeners) listener(isUp);
  }
}

function matches(filter: readonly string[], topic: string): boolean {
  const levels = topic.split("/");
  return levels.length === filter.length && filter.every((level, i) => level === "+" || level === levels[i]);
}
