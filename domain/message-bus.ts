/** What a process needs of MQTT. The composition root connects it; `domain` only names its shape. QoS 1 both ways. */
export type MessageBus = {
  publish(topic: string, payload: string | Uint8Array, options?: { retain?: boolean }): Promise<void>;
  /** `handler` is called in the order of arrival; it must not throw. */
  subscribe(filter: string, handler: (topic: string, payload: Uint8Array) => void): Promise<void>;
  /**
   * For what must not be lost: a message is acknowledged when `handler` has resolved, and comes again when it rejected. Handlers of
   * several messages run side by side, begun in the order of arrival. While nobody receives, an outside broker keeps what comes in a
   * session that all who receive this filter share one after the other; the embedded broker refuses it, and its sender tries again.
   * At most one may receive a filter at a time. The returned function ends it, after the handlers that run.
   */
  receive(
    filter: string,
    handler: (topic: string, payload: Uint8Array) => Promise<void>,
  ): Promise<() => Promise<void>>;
  isConnected(): boolean;
  /** Called with the present state at once and on each change. */
  onConnectionChange(listener: (isConnected: boolean) => void): void;
};
