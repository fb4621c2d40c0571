import { hash } from "node:crypto";
import type { Logger } from "pino";
import { z } from "zod";
import type { MessageBus } from "../../domain/message-bus.ts";
import { type OrderMessage, orderMessageSchema } from "../../domain/orders/order-messages.ts";
import type { Receipt } from "../../domain/receipt.ts";
import type { Database } from "../../sql/database.ts";
import { HttpProblem } from "../problems.ts";
import { createSerial } from "../tasks/serial.ts";
import type { OrderAnswer, OrderAsk, OrderDesk } from "./order-desk.ts";
import type { OrderRole } from "./order-role.ts";

/** Messages that are on their way at once; those beyond get no receipt, and are sent again. */
const MAX_ON_THEIR_WAY = 1_000;
const MAX_BYTES = 256_000;

const nameSchema = z.object({ eventId: z.string().min(1).max(200), orderId: z.string().max(100) });

/**
 * Orders on `{root}/orders/{source}`. Each message gets a receipt on `{root}/receipts/{source}` when what it says is durable:
 * accepted, duplicate, or rejected with the code that HTTP answers. What nobody could decide gets none: send it again, it is done
 * once. Messages of one order are taken in the order in which they come; what cannot be read is a dead letter.
 */
export function createOrderIntake(deps: {
  role: OrderRole;
  desk: OrderDesk;
  bus: MessageBus;
  root: string;
  db: Database;
  logger: Logger;
  nowMs(): number;
}) {
  const { desk, bus, root, logger } = deps;
  const serial = createSerial();
  let onTheirWay = 0;

  async function hear(topic: string, payload: Uint8Array, body: unknown): Promise<void> {
    const source = topic.slice(`${root}/orders/`.length);
    const message = orderMessageSchema.safeParse(body);
    if (!message.success) {
      const detail = z.prettifyError(message.error).slice(0, 500);
      await keepDeadLetter(topic, source, payload, detail);
      const named = nameSchema.safeParse(body);
      if (named.success) await answer(topic, source, named.data.eventId, rejected("invalid_request", detail));
      return;
    }
    const outcome = await decide(message.data, source);
    if (outcome !== null) await answer(topic, source, message.data.eventId, outcome);
  }

  type Outcome = Pick<Receipt, "status" | "code" | "detail">;

  async function answer(topic: string, source: string, eventId: string, outcome: Outcome): Promise<void> {
    const receipt: Receipt = { eventId, ...outcome, topic, recordedAt: new Date(deps.nowMs()).toISOString() };
    await bus.publish(`${root}/receipts/${source}`, JSON.stringify(receipt));
  }

  async function decide(message: OrderMessage, source: string): Promise<Outcome | null> {
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
      if (!(error instanceof HttpProblem) || error.body().status >= 500) {
        logger.warn(
          { err: error, orderId: message.orderId },
          "an order's message was not decided: no receipt",
        );
        return null;
      }
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

  /** Kept with its bytes, as ingest keeps what it cannot read; there is nothing to take in again before its sender mends it. */
  async function keepDeadLetter(topic: string, source: string, payload: Uint8Array, detail: string) {
    const bytes = Buffer.from(payload);
    const id = hash("sha256", Buffer.concat([Buffer.from(`${topic}\0`), bytes]), "hex").slice(0, 32);
    await deps.db.insert({
      name: "orders/dead-letter",
      table: "dead_letters",
      columns: [
        "dead_letter_id",
        "received_at",
        "topic",
        "location_id",
        "source_id",
        "code",
        "detail",
        "payload",
      ],
      rows: [
        [id, deps.nowMs() / 1000, topic, "", source, "invalid_request", detail, bytes.toString("base64")],
      ],
      deduplicationToken: `orders-${id}`,
    });
  }

  return {
    start: () =>
      bus.subscribe(`${root}/orders/+`, (topic, payload) => {
        // Another server is the writer, and hears it too.
        if (deps.role.writer() === null) return;
        if (onTheirWay >= MAX_ON_THEIR_WAY || payload.byteLength > MAX_BYTES) {
          logger.warn(
            { topic, bytes: payload.byteLength },
            "an order's message was not taken: too many, or too large",
          );
          return;
        }
        onTheirWay += 1;
        const body = parse(payload);
        const named = nameSchema.safeParse(body);
        serial
          .run(named.success ? named.data.orderId : topic, () => hear(topic, payload, body))
          .catch((error: unknown) => logger.warn({ err: error, topic }, "a receipt of an order was not sent"))
          .finally(() => {
            onTheirWay -= 1;
          });
      }),
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
