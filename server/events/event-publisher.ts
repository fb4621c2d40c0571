import type { Logger } from "pino";
import {
  type StockEvent,
  stockEventSchema,
  type TillEvent,
  tillEventSchema,
} from "../../domain/events/stock-event.ts";
import type { MessageBus } from "../../domain/message-bus.ts";
import { type Receipt, receiptSchema } from "../../domain/receipt.ts";
import { ok, type Refusal, refuse, type Result } from "../../domain/result.ts";

/** Events that wait for their receipts at once; more are refused rather than kept. */
const MAX_WAITING = 10_000;

/** An event with the place it belongs to. `source` names who says it, for a stock event. */
export type EventToPublish =
  | { kind: "till"; locationId: string; event: TillEvent }
  | { kind: "stock"; locationId: string; source: string; event: StockEvent };

/**
 * Publishes one event and waits for its receipt. Refusals: `broker_unavailable` (not taken in), `outcome_unknown` (no
 * receipt in time: publish it again with the same eventId). A `rejected` receipt is a value, not a refusal.
 */
export type PublishEvent = (event: EventToPublish) => Promise<Result<Receipt>>;

export type EventPublisher = ReturnType<typeof createEventPublisher>;

export function createEventPublisher(deps: {
  bus: MessageBus;
  root: string;
  timeoutMs: number;
  logger: Logger;
}) {
  /** Keyed by topic and event id: what a receipt names. */
  const waiting = new Map<string, Set<(receipt: Receipt) => void>>();
  let waitingCount = 0;

  function receive(_topic: string, payload: Uint8Array): void {
    if (waitingCount === 0) return;
    for (const receipt of parseReceipts(payload)) {
      for (const answer of waiting.get(`${receipt.topic} ${receipt.eventId}`) ?? []) answer(receipt);
    }
  }

  function receiptFor(topic: string, eventId: string): { promise: Promise<Result<Receipt>>; cancel(): void } {
    const key = `${topic} ${eventId}`;
    const answers = waiting.get(key) ?? new Set();
    waiting.set(key, answers);
    waitingCount += 1;
    let cancel = () => {};
    const promise = new Promise<Result<Receipt>>((resolve) => {
      const settle = (outcome: Result<Receipt>) => {
        clearTimeout(timer);
        if (answers.delete(answer)) waitingCount -= 1;
        if (answers.size === 0 && waiting.get(key) === answers) waiting.delete(key);
        resolve(outcome);
      };
      const answer = (receipt: Receipt) => settle(ok(receipt));
      const timer = setTimeout(() => {
        settle(refuse("outcome_unknown", `No receipt for ${eventId} within ${deps.timeoutMs / 1000} s.`));
      }, deps.timeoutMs);
      answers.add(answer);
      cancel = () => settle(refuse("broker_unavailable", "Not published."));
    });
    return { promise, cancel };
  }

  /** Publishes what is answered by a receipt of this id on this topic, and waits for it. */
  async function publishAndWait(topic: string, eventId: string, payload: unknown): Promise<Result<Receipt>> {
    if (!deps.bus.isConnected()) return refuse("broker_unavailable", "The MQTT broker is not connected.");
    if (waitingCount >= MAX_WAITING) {
      return refuse("broker_unavailable", `${MAX_WAITING} events wait for their receipts already.`);
    }
    const receipt = receiptFor(topic, eventId);
    try {
      await deps.bus.publish(topic, JSON.stringify(payload));
    } catch (error) {
      deps.logger.warn({ err: error, topic, eventId }, "an event was not published");
      receipt.cancel();
      return refuse("outcome_unknown", `Publishing ${eventId} broke off.`);
    }
    return await receipt.promise;
  }

  const publishEvent: PublishEvent = (wish) => {
    const eventId = eventIdOf(wish);
    return publishAndWait(topicOf(deps.root, wish), eventId, { ...wish.event, eventId });
  };

  return {
    start: () => deps.bus.subscribe(`${deps.root}/receipts/+`, receive),
    publishEvent,
    publishAndWait,
    /** Tag reads in a reader's own format: no ids, so no receipts; taken in once the broker has them. */
    async publishReads(locationId: string, readerId: string, body: unknown): Promise<Result<null>> {
      if (!deps.bus.isConnected()) return refuse("broker_unavailable", "The MQTT broker is not connected.");
      try {
        await deps.bus.publish(`${deps.root}/${locationId}/rfid/${readerId}`, JSON.stringify(body));
        return ok(null);
      } catch (error) {
        deps.logger.warn({ err: error, locationId, readerId }, "reads were not published");
        return refuse("outcome_unknown", "Publishing the reads broke off.");
      }
    },
  };
}

/** A till event without an id is known by what it is, as ingest does it. */
function eventIdOf(wish: EventToPublish): string {
  if (wish.kind === "stock") return wish.event.eventId;
  const { eventId, terminalId, transactionId, type } = wish.event;
  return eventId ?? `${wish.locationId}.${terminalId}.${transactionId}.${type}`;
}

function topicOf(root: string, wish: EventToPublish): string {
  return wish.kind === "till"
    ? `${root}/${wish.locationId}/pos/${wish.event.terminalId}`
    : `${root}/${wish.locationId}/stock/${wish.source}`;
}

function parseReceipts(payload: Uint8Array): Receipt[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(payload).toString("utf8"));
    return (Array.isArray(value) ? value : [value]).flatMap((one: unknown) => {
      const parsed = receiptSchema.safeParse(one);
      return parsed.success ? [parsed.data] : [];
    });
  } catch {
    return [];
  }
}

/** Whether a body is a till's or a stock system's event, parsed; the schema's complaints otherwise. */
export function parseEvent(
  body: unknown,
): Result<{ kind: "till"; event: TillEvent } | { kind: "stock"; event: StockEvent }> {
  const isTill = typeof body === "object" && body !== null && "terminalId" in body;
  const parsed = isTill ? tillEventSchema.safeParse(body) : stockEventSchema.safeParse(body);
  if (!parsed.success) return refusalOf(parsed.error.issues);
  if ("terminalId" in parsed.data) return ok({ kind: "till", event: parsed.data });
  return ok({ kind: "stock", event: parsed.data });
}

function refusalOf(issues: readonly { path: PropertyKey[]; message: string }[]): Refusal {
  const first = issues[0];
  return refuse(
    "invalid_request",
    `${first?.path.map(String).join(".") ?? ""}: ${first?.message ?? "not valid"}.`,
  );
}
