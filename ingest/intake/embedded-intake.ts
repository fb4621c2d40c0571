import type { Logger } from "pino";
import type { Registry } from "prom-client";
import type { EmbeddedBroker } from "../broker/embedded-broker.ts";
import type { HeldPublish } from "../broker/held-publish.ts";
import { type AckQueue, createAckQueue } from "./ack-queue.ts";
import { DEFAULT_INTAKE_LIMITS, type Intake, type IntakeLimits, type OnIncomingMessage } from "./intake.ts";
import { registerIntakeMetrics } from "./intake-metrics.ts";
import { createIntakeWindow } from "./intake-window.ts";

export type EmbeddedIntakeDeps = {
  broker: EmbeddedBroker;
  limits?: Partial<IntakeLimits>;
  logger: Logger;
  metrics: Registry;
};

type Waiting = { publish: HeldPublish; answer: (isDurable: boolean) => void };

/**
 * Takes in from the embedded broker, which holds each publish until it is durable. What finds no room waits here; that
 * is bounded, because the broker reads no more of a connection than one socket buffer until all of it is answered.
 * From its creation on, before `start()` as well, publishes wait instead of being refused.
 */
export function createEmbeddedIntake(deps: EmbeddedIntakeDeps): Intake {
  const limits: IntakeLimits = { ...DEFAULT_INTAKE_LIMITS, ...deps.limits };
  const window = createIntakeWindow(limits, letWaitingIn);
  const waiting = new Set<Waiting>();
  const order = new WeakMap<object, AckQueue<() => void>>();
  const counts = { acknowledged: 0, failed: 0 };
  let state: "created" | "started" | "stopped" = "created";
  let onMessage: OnIncomingMessage = () => {};

  deps.broker.receiveWith({
    onPublish(publish, answer) {
      if (state === "stopped") answer(false);
      else if (state === "started" && waiting.size === 0 && window.hasRoom(publish.payload.length)) {
        take({ publish, answer });
      } else waiting.add({ publish, answer });
    },
    onDisconnect(connection) {
      for (const entry of waiting) if (entry.publish.connection === connection) waiting.delete(entry);
    },
  });

  function letWaitingIn(): void {
    if (state !== "started") return;
    for (const entry of waiting) {
      if (!window.hasRoom(entry.publish.payload.length)) return;
      waiting.delete(entry);
      take(entry);
    }
  }

  function take({ publish, answer }: Waiting): void {
    const { topic, payload, keyId, isDuplicate } = publish;
    const acks = acksOf(publish.connection);
    let isDurable = false;
    let isDone = false;
    const place = acks.join(() => answer(isDurable));
    window.enter(payload.length);
    onMessage({ topic, payload, clientId: keyId, isDuplicate, receivedAtMs: Date.now() }, (outcome) => {
      if (isDone) return;
      isDone = true;
      isDurable = outcome === "durable";
      if (isDurable) counts.acknowledged += 1;
      else {
        counts.failed += 1;
        deps.logger.error(
          { topic, keyId },
          "A message could not be made durable: its sender has to send it again.",
        );
      }
      acks.settle(place);
      window.leave(payload.length);
    });
  }

  function acksOf(connection: object): AckQueue<() => void> {
    const known = order.get(connection);
    if (known !== undefined) return known;
    const created = createAckQueue<() => void>((release) => release());
    order.set(connection, created);
    return created;
  }

  const intake: Intake = {
    async start(handler) {
      onMessage = handler;
      state = "started";
      letWaitingIn();
    },
    pause: () => window.pause(),
    resume: () => window.resume(),
    async stop() {
      state = "stopped";
      for (const entry of waiting) entry.answer(false);
      waiting.clear();
      const isEmpty = await window.waitUntilEmpty(limits.stopDeadlineMs);
      if (!isEmpty) deps.logger.warn({ inFlight: window.inFlight }, "Intake stopped before all was durable.");
    },
    isConnected: () => state === "started",
    status: () => ({
      isConnected: state === "started",
      isPaused: window.isPaused,
      inFlight: window.inFlight,
      inFlightBytes: window.inFlightBytes,
      isHeldBack: waiting.size > 0 || window.isPaused,
      acknowledged: counts.acknowledged,
      failed: counts.failed,
      reconnects: 0,
      lastError: null,
    }),
  };
  registerIntakeMetrics(deps.metrics, intake);
  return intake;
}
