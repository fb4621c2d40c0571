/** What a process needs of MQTT. The composition root connects it; `domain` only names its shape. QoS 1 both ways. */
export type MessageBus = {
  publish(topic: string, payload: string | Uint8Array, options?: { retain?: boolean }): Promise<void>;
  /** `handler` is called in the order of arrival; it must not throw. */
  subscribe(filter: string, handler: (topic: string, payload: Uint8Array) => void): Promise<void>;
  isConnected(): boolean;
  /** Called with the present state at once and on each change. */
  onConnectionChange(listener: (isConnected: boolean) => void): void;
};
