/** One message as it came from a broker, before anybody has looked into it. */
export type IncomingMessage = {
  topic: string;
  /** Owned by the receiver until `done`; not copied, so it must not be changed. */
  payload: Uint8Array;
  /** MQTT user name of the publisher (its key's id). Only the embedded broker knows it: null from any other. */
  clientId: string | null;
  /** The DUP flag: it may have been delivered before. A repeat without the flag is possible too. */
  isDuplicate: boolean;
  receivedAtMs: number;
  /** Set where a dead letter is taken in again: `topic`, `payload` and `receivedAtMs` are those of then. */
  replay?: Replay;
};

/** `answerTopic` is that of the order, which its receipt names; `orderedAtMs` is when the order came in. */
export type Replay = { replayId: string; isHistorical: boolean; answerTopic: string; orderedAtMs: number };

/**
 * `durable`: what became of the message is committed (as movements, as a receipt, or as a dead letter); it may be
 * acknowledged. `failed`: nothing of it is kept; it is not acknowledged, its connection is dropped and, after a
 * back-off, the sender or broker delivers it again together with what was not acknowledged after it.
 */
export type IntakeOutcome = "durable" | "failed";

/** Must be called exactly once per message, in any order; further calls are ignored. */
export type IntakeDone = (outcome: IntakeOutcome) => void;

/** Called for one message after the other, in the order of arrival per connection. It must not throw. */
export type OnIncomingMessage = (message: IncomingMessage, done: IntakeDone) => void;

export type IntakeStatus = {
  isConnected: boolean;
  isPaused: boolean;
  /** Handed to `onMessage` and not yet `done`. Never above the bounds in `IntakeLimits`. */
  inFlight: number;
  inFlightBytes: number;
  /** True while a bound or `pause()` keeps messages waiting in sockets, brokers and devices. */
  isHeldBack: boolean;
  acknowledged: number;
  failed: number;
  reconnects: number;
  /** What a person should know of the last trouble, without secrets; null when there was none since connecting. */
  lastError: string | null;
};

/**
 * The way in. At most so many messages are in the hands of the pipeline at once; beyond that the socket is not read
 * and the sender waits: nothing is ever dropped to make room.
 */
export type Intake = {
  /**
   * Starts taking in. Resolves once subscribed for the first time (or listening, for the embedded broker); while a
   * broker cannot be reached it keeps trying. Rejects only for what trying again cannot mend (an unusable URL).
   */
  start(onMessage: OnIncomingMessage): Promise<void>;
  /** Stops handing out messages; those in flight may still become `done` and are acknowledged. */
  pause(): void;
  resume(): void;
  /** Takes nothing more in, waits until all in flight are `done` or the deadline, acknowledges, disconnects. */
  stop(): Promise<void>;
  isConnected(): boolean;
  status(): IntakeStatus;
};

export type IntakeLimits = {
  /** Messages un-acknowledged at once, 1 to 65,535. Also MQTT 5's Receive Maximum. */
  maxInFlight: number;
  /** Payload bytes un-acknowledged at once. One larger message is still let through alone. */
  maxInFlightBytes: number;
  /** How long `stop()` waits for messages in flight. */
  stopDeadlineMs: number;
};

export const DEFAULT_INTAKE_LIMITS: IntakeLimits = {
  maxInFlight: 4_096,
  maxInFlightBytes: 64 * 1024 * 1024,
  stopDeadlineMs: 10_000,
};
