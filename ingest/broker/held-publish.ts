/** A publish on an in-topic, not yet acknowledged to its publisher. */
export type HeldPublish = {
  topic: string;
  payload: Uint8Array;
  /** The publisher's key; null for this process itself. */
  keyId: string | null;
  isDuplicate: boolean;
  /** Equal for all publishes of one network connection. */
  connection: object;
};

/** Who takes in what devices publish. There is one: the intake. */
export type HeldPublishReceiver = {
  /** `done(true)` acknowledges; `done(false)` ends the connection, so that the device delivers again. */
  onPublish(publish: HeldPublish, done: (isDurable: boolean) => void): void;
  onDisconnect(connection: object): void;
};
