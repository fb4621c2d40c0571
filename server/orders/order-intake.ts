import { hash } from "node:crypto";
import type { Logger } from "pino";
import { z } from "zod";
import type { MessageBus } from "../../domain/message-bus.ts";
import { type OrderMessage, orderMessageSchema } from "../../domain/orders/order-messages.ts";
import type { Receipt } from "../../domain/receipt.ts";
import type { Database } from "../../sql/database.ts";
import { takeInMessages } from "../commit-log/take-in-messages.ts";
import { keepDeadLetter } from "../dead-letters/keep-dead-letter.ts";
import { HttpProblem } from "../problems.ts";
import { createSerial } from "../commit-log/serial.ts";
import type { OrderAnswer, OrderAsk, OrderDesk } from "./order-desk.ts";
import type { OrderRole } from "./order-role.ts";

const MAX_BYTES = 256_000;
/** What a storefront may say here; the rest is said by who hands goods over. */
const SAID_BY_STOREFRONTS: ReadonlySet<OrderMessage["type"]> = new Set(["placed", "changed", "cancelled"]);

const nameSchema = z.object({ eventId: z.string().min(1).max(200), orderId: z.string().max(100) });

/**
 * Orders on `{root}/orders/{source}`. Each message is acknowledged, and gets a receipt on `{root}/receipts/{source}`, when what it
 * says is durable: accepted, duplicate, or rejected with the code that HTTP answers. Messages of one order are taken in the order in
 * which they come; what cannot be read is a dead letter.
 */
export function createOrderIntake(deps: {
  role: OrderRole;
  desk: OrderDesk;
  bus: MessageBus;
  root: string;
  db: Database;
  logger: Logger;
  /** Of the key with that id; null when there is none. */
  roleOf(keyId: string): string | null;
  nowMs(): number;
}) {
  const { desk, bus, root, logger } = deps;

  const sourceOf = (topic: string) => topic.slice(`${root}/orders/`.length);

  async function hear(topic: string, payload: Uint8Array): Promise<void> {
    const source = sourceOf(topic);
    if (payload.byteLength > MAX_BYTES) {
      return await setAside(
        topic,
        payload,
        `The message has more than ${MAX_BYTES} bytes: send its lines in several orders.`,
      );
    }
    const body = parse(payload);
    const message = orderMessageSchema.safeParse(body);
    if (!message.success) {
      const detail = z.prettifyError(message.error).slice(0, 500);
      await setAside(topic, payload, detail);
      const named = nameSchema.safeParse(body);
      if (named.success) await answer(topic, source, named.data.eventId, rejected("invalid_request", detail));
      return;
    }
    await answer(topic, source, message.data.eventId, await decide(message.data, source));
  }

  /** There is nothing to take in again before its sender mends it. */
  async function setAside(topic: string, payload: Uint8Array, detail: string): Promise<void> {
    const letter = {
      topic,
      locationId: "",
      sourceId: sourceOf(topic),
      code: "invalid_request",
      detail,
      payload,
    };
    await keepDeadLetter(deps.db, { ...letter, receivedAtMs: deps.nowMs() });
  }

  type Outcome = Pick<Receipt, "status" | "code" | "detail">;

  async function answer(topic: string, source: string, eventId: string, outcome: Outcome): Promise<void> {
    const receipt: Receipt = { eventId, ...outcome, topic, recordedAt: new Date(deps.nowMs()).toISOString() };
    // It is durable and will be acknowledged: one that is sent again gets its receipt then.
    await bus.publish(`${root}/receipts/${source}`, JSON.stringify(receipt)).catch((error: unknown) => {
      logger.warn({ err: error, topic }, "a receipt of an order was not sent");
    });
  }

  /** Throws while nobody can decide. */
  async function decide(message: OrderMessage, source: string): Promise<Outcome> {
    if (deps.roleOf(source) === "storefront" && !SAID_BY_STOREFRONTS.has(message.type)) {
      return rejected(
        "forbidden",
        `A storefront's key may not say ${message.type}: the store that hands over does.`,
      );
    }
    const requestHash = hash("sha256", JSON.stringify(message), "base64url").slice(0, 22);
    const ask: OrderAsk = {
      actor: { kind: "system", id: source },
      key: { scope: `mqtt/${source}`, key: message.eventId, requestHash },
    };
    const isRepeat = deps.role.writer()?.keys.get(`mqtt/${source}`, message.eventId) !== undefined;
    try {
      const answered = await take(message, source, ask);
      if (answered.ok) return { status: isRepeat ? "duplicate" : "accepted", code: null, detail: null };
      const { detail } = z.object({ detail: z.string() }).parse(JSON.parse(answered.text));
      return rejected(answered.code, detail);
    } catch (error) {
      if (!(error instanceof HttpProblem) || error.body().status >= 500) throw error;
      return rejected(error.code, error.body().detail);
    }
  }

  async function take(message: OrderMessage, source: string, ask: OrderAsk): Promise<OrderAnswer> {
    const { orderId } = message;
    switch (message.type) {
      case "placed":
        return await desk.place({ ...message, source }, ask);
      case "changed":
        return await desk.change(orderId, message, ask);
      case "cancelled":
        return await desk.cancel(orderId, message, ask);
      case "shipped":
        return await desk.ship(await partOf(message), message, ask);
      case "delivered":
        return await desk.deliver(await partOf(message), message, ask);
      case "returned":
        return await desk.returned(orderId, { ...message, returnId: returnIdOf(message.eventId) }, ask);
      default:
        return message satisfies never;
    }
  }

  /** The part that is meant: the one it names, else the only one there is. */
  async function partOf({ orderId, fulfilmentId }: { orderId: string; fulfilmentId?: string | undefined }) {
    if (fulfilmentId !== undefined) return { orderId, fulfilmentId };
    const parts = (await desk.find(orderId))?.fulfilments ?? [];
    const [only] = parts;
    if (only === undefined) throw new HttpProblem("order_not_found", `There is no order ${orderId}.`);
    if (parts.length > 1) {
      throw new HttpProblem(
        "invalid_request",
        `Order ${orderId} has ${parts.length} parts: name fulfilmentId.`,
      );
    }
    return { orderId, fulfilmentId: only.fulfilmentId };
  }

  return {
    /** Takes in until `signal` aborts. */
    async run(signal: AbortSignal): Promise<void> {
      const serial = createSerial();
      await takeInMessages({
        bus,
        filter: `${root}/orders/+`,
        signal,
        logger,
        inTurn(topic, payload, work) {
          const named = nameSchema.safeParse(payload.byteLength > MAX_BYTES ? null : parse(payload));
          return serial.run(named.success ? named.data.orderId : topic, work);
        },
        hear,
        setAside,
      });
    },
  };
}

function rejected(code: string, detail: string): Pick<Receipt, "status" | "code" | "detail"> {
  return { status: "rejected", code, detail };
}

/** An id out of any text. */
function returnIdOf(eventId: string): string {
  return /^[A-Za-z0-9._-]{1,64}$/.test(eventId) ? eventId : hash("sha256", eventId, "hex").slice(0, 32);
}

function parse(payload: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(payload).toString("utf8"));
  } catch {
    return null;
  }
}
