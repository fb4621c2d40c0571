import { hash, randomUUID } from "node:crypto";
import { z } from "zod";
import { decideCancel } from "../../domain/orders/decisions/cancel.ts";
import { decideChange } from "../../domain/orders/decisions/change.ts";
import { orderAt } from "../../domain/orders/decisions/due.ts";
import { decideHandOver } from "../../domain/orders/decisions/hand-over.ts";
import {
  fulfilmentOf,
  type OrderContext,
  type OrderDecision,
} from "../../domain/orders/decisions/order-decision.ts";
import { decidePlace } from "../../domain/orders/decisions/place.ts";
import {
  decideArrive,
  decideDeliver,
  decidePickUnits,
  decidePlain,
  decideReady,
  decideShortUnits,
} from "../../domain/orders/decisions/store-steps.ts";
import { decideReturned, decideTold } from "../../domain/orders/decisions/told.ts";
import { type Order, orderSchema } from "../../domain/orders/order.ts";
import type { NamedItem } from "../../domain/orders/parts-of.ts";
import { HttpProblem, isProblemCode } from "../problems.ts";
import type { FindAlternatives } from "../reservations/find-alternatives.ts";
import { BEGUN, type StoredAnswer } from "../reservations/granting-writer.ts";
import { notTheWriter } from "../commit-log/commit-log.ts";
import type { ReservationRole } from "../reservations/reservation-role.ts";
import type { HandOverSale } from "./hand-over-sale.ts";
import type { OrderContexts } from "./order-contexts.ts";
import type { FulfilmentAt, OrderAnswer, OrderAsk, OrderDesk } from "./order-desk.ts";
import type { createOrderItems } from "./order-items.ts";
import type { createOrderProblem } from "./order-problem.ts";
import type { OrderRole } from "./order-role.ts";
import type { OrderStore } from "./order-store.ts";
import type { OrderCommand, OrderWriter } from "./order-writer.ts";
import type { PickupCodes } from "./pickup-codes.ts";
import { createVehicles } from "./vehicles.ts";

type Decide = (context: OrderContext, order: Order) => OrderDecision;
type WishedParts = readonly { lineId: string; quantity: number; epcs?: string[] | undefined }[] | undefined;

/** The desk at which routes, MQTT, tasks and returns ask for what happens to orders. */
export function createOrderDesk(deps: {
  role: OrderRole;
  granting: ReservationRole;
  store: OrderStore;
  contexts: OrderContexts;
  codes: PickupCodes;
  itemsOf: ReturnType<typeof createOrderItems>;
  toProblem: ReturnType<typeof createOrderProblem>;
  findAlternatives: FindAlternatives;
  sale: HandOverSale;
  isProjectionLoaded(): boolean;
  /** Why goods cannot be had there in this way, null when they can. */
  whyNotOffered(locationId: string, method: Order["lines"][number]["method"]): string | null;
  nowMs(): number;
}): OrderDesk {
  const { role, store, contexts, codes, itemsOf, sale } = deps;
  const vehicles = createVehicles();

  function writer(): OrderWriter {
    const found = role.writer();
    if (found !== null && deps.isProjectionLoaded()) return found;
    if (deps.granting.mode() === "standby") throw notTheWriter();
    throw new HttpProblem("not_ready", "Orders are being loaded.", {}, { "retry-after": "2" });
  }

  type Asked = {
    orderId: string | null;
    ask: OrderAsk;
    status?: 200 | 201;
    channel?: string;
    confidence?: number;
  };

  function commandOf(asked: Asked, decide: OrderCommand["decide"]): OrderCommand {
    const { orderId, ask, status = 200 } = asked;
    const channelOf = () =>
      asked.channel ?? (orderId === null ? "web" : (writer().book.record(orderId)?.order.channel ?? "web"));
    const wish = { channel: channelOf(), quantity: 1, confidence: asked.confidence ?? null };
    return {
      key: ask.key,
      orderId,
      status,
      availableOf: (locationId, gtin, atMs) =>
        contexts.availableOf(channelOf(), wish.confidence)(locationId, gtin, atMs),
      contextOf: (nowMs) => contexts.contextOf(ask.actor, nowMs),
      decide,
      toProblem: (refusal) => deps.toProblem(refusal, { wish, quantityCap: Number.MAX_SAFE_INTEGER }),
    };
  }

  async function change(orderId: string, ask: OrderAsk, decide: Decide): Promise<OrderAnswer> {
    const command = commandOf({ orderId, ask }, (context, order) => {
      if (order === null) throw new Error(`order ${orderId} is gone`);
      return decide(context, order);
    });
    return toAnswer(await writer().run(command));
  }

  /** A step of one fulfilment, by those who may. */
  function step(at: FulfilmentAt, ask: OrderAsk, decide: Decide): Promise<OrderAnswer> {
    return change(at.orderId, ask, (context, order) => wrongPlace(order, at, ask) ?? decide(context, order));
  }

  async function partsWithItems(lines: WishedParts) {
    if (lines === undefined) return undefined;
    const parts: { lineId: string; quantity: number; epcs: NamedItem[] }[] = [];
    for (const { lineId, quantity, epcs } of lines) {
      parts.push({ lineId, quantity, epcs: await itemsOf(epcs ?? []) });
    }
    return parts;
  }

  async function handOver(
    at: FulfilmentAt,
    ask: OrderAsk,
    wish: Parameters<typeof decideHandOver>[3],
  ): Promise<OrderAnswer> {
    const mine = writer();
    const command = commandOf({ orderId: at.orderId, ask }, (context, order) => {
      if (order === null) throw new Error(`order ${at.orderId} is gone`);
      return wrongPlace(order, at, ask) ?? decideHandOver(context, order, at.fulfilmentId, wish);
    });
    const begun = await mine.run({ ...command, isBegunOnly: true });
    if (begun.status !== BEGUN) return toAnswer(begun);
    const outcome = await sale.finish(mine, at);
    return toAnswer(ask.key === null ? outcome : await mine.answer(ask.key, outcome));
  }

  const desk: OrderDesk = {
    async place(wish, ask) {
      const orderId = wish.orderId ?? idOfKey(ask) ?? randomUUID();
      for (const { locationId, method } of wish.lines) {
        const detail = deps.whyNotOffered(locationId, method);
        if (detail !== null) throw new HttpProblem("invalid_request", detail);
      }
      const mine = writer();
      // One that ended long ago has its id for ever.
      const isTaken = wish.orderId !== undefined && (await isStored(mine, orderId));
      const { channel, confidence } = wish;
      const asked = { orderId: null, ask, status: 201 as const, channel };
      const availableOf = contexts.availableOf(channel, confidence ?? null);
      const command = commandOf(confidence === undefined ? asked : { ...asked, confidence }, (context) => {
        if (isTaken || mine.book.record(orderId) !== undefined) {
          return { ok: false, refusal: { code: "order_exists", orderId } };
        }
        return decidePlace(context, wish, {
          orderId,
          source: wish.source ?? ask.actor.id.replaceAll(/[^A-Za-z0-9._-]/g, "-").slice(0, 64),
          availableOf: (locationId, gtin) => availableOf(locationId, gtin, context.nowMs),
        });
      });
      return toAnswer(await mine.run(command));
    },
    sent: (at, words, ask) =>
      step(at, ask, (context, order) => decidePlain(context, order, at.fulfilmentId, "sent_to_store", words)),
    accept: (at, words, ask) =>
      step(at, ask, (context, order) => decidePlain(context, order, at.fulfilmentId, "accepted", words)),
    async pick(at, words, ask) {
      const lines = await partsWithItems(words.lines);
      return await step(at, ask, (context, order) =>
        decidePickUnits(context, order, at.fulfilmentId, words, { lines }),
      );
    },
    short: (at, words, ask) =>
      step(at, ask, (context, order) => {
        const { channel } = order;
        const locationId = fulfilmentOf(order, at.fulfilmentId)?.locationId ?? "";
        return decideShortUnits(context, order, at.fulfilmentId, words, (gtin, quantity) =>
          deps.findAlternatives(
            { locationId, gtin: Number(gtin), quantity },
            { channel, quantity, confidence: null },
          ),
        );
      }),
    ready: (at, words, ask) =>
      step(at, ask, (context, order) => decideReady(context, order, at.fulfilmentId, words)),
    async arrive(at, words, ask) {
      const answer = await step(at, ask, (context, order) =>
        decideArrive(context, order, at.fulfilmentId, words),
      );
      if (answer.ok && words.vehicle !== undefined) vehicles.note(at, words.vehicle);
      return answer;
    },
    async collect(at, words, ask) {
      const [lines, items] = [await partsWithItems(words.lines), await itemsOf(words.epcs ?? [])];
      const isCodeRight = words.code === undefined ? null : await codes.isRight(at, words.code);
      const { actor, occurredAt, note, staffChecked } = words;
      const who = { actor, occurredAt, note };
      return await handOver(at, ask, { kind: "collect", lines, items, isCodeRight, staffChecked, ...who });
    },
    async ship(at, words, ask) {
      const [lines, items] = [await partsWithItems(words.lines), await itemsOf(words.epcs ?? [])];
      const { lines: _lines, epcs: _epcs, ...others } = words;
      return await handOver(at, ask, {
        kind: "ship",
        lines,
        items,
        isCodeRight: null,
        staffChecked: false,
        ...others,
      });
    },
    deliver: (at, words, ask) =>
      step(at, ask, (context, order) => decideDeliver(context, order, at.fulfilmentId, words)),
    change: (orderId, command, ask) =>
      change(
        orderId,
        ask,
        (context, order) => wrongLines(order, command.lines, ask) ?? decideChange(context, order, command),
      ),
    cancel: (orderId, command, ask) =>
      change(
        orderId,
        ask,
        (context, order) =>
          wrongLines(order, command.lines ?? order.lines, ask) ?? decideCancel(context, order, command),
      ),
    told: (orderId, command, ask) =>
      change(orderId, ask, (context, order) => decideTold(context, order, command)),
    returned: (orderId, command, ask) =>
      change(orderId, ask, (context, order) => decideReturned(context, order, command)),

    async find(orderId) {
      const mine = role.writer();
      const found = mine?.book.record(orderId);
      if (mine !== null && found !== undefined && found.placedOrdinal <= mine.log.durableOrdinal()) {
        return orderAt(found.order, deps.nowMs());
      }
      const stored = await store.order(orderId);
      return stored === null ? null : orderAt(stored.order, deps.nowMs());
    },
    list(filter, beforeOrdinal, limit) {
      const mine = writer();
      const last = mine.log.durableOrdinal();
      const nowMs = deps.nowMs();
      const found: { ordinal: number; order: Order }[] = [];
      for (const record of mine.book.records()) {
        const ordinal = record.placedOrdinal;
        if (ordinal >= beforeOrdinal || ordinal > last) continue;
        const order = record.dueMs <= nowMs ? orderAt(record.order, nowMs) : record.order;
        if (filter(order)) found.push({ ordinal, order });
      }
      return found.sort((one, other) => other.ordinal - one.ordinal).slice(0, limit);
    },
    vehicleOf: vehicles.of,
    onChanged: role.onDurable,
  };
  role.onDurable(vehicles.forget);
  return desk;

  async function isStored(mine: OrderWriter, orderId: string): Promise<boolean> {
    return mine.book.record(orderId) === undefined && (await store.order(orderId)) !== null;
  }
}

/** The same for each repeat of a request, so that what a crash left half done is found again. */
function idOfKey({ key }: OrderAsk): string | null {
  if (key === null) return null;
  const digest = hash("sha256", `${key.scope} ${key.key}`, "hex");
  return [8, 4, 4, 4, 12].reduce<[string, number]>(
    ([text, from], length) => [
      `${text}${text === "" ? "" : "-"}${digest.slice(from, from + length)}`,
      from + length,
    ],
    ["", 0],
  )[0];
}

function wrongPlace(order: Order, { fulfilmentId }: FulfilmentAt, ask: OrderAsk): OrderDecision | null {
  const found = fulfilmentOf(order, fulfilmentId);
  if (ask.locationId == null || found === undefined || found.locationId === ask.locationId) return null;
  return { ok: false, refusal: { code: "wrong_location", locationId: found.locationId } };
}

function wrongLines(order: Order, lines: readonly { lineId: string }[], ask: OrderAsk): OrderDecision | null {
  if (ask.locationId == null) return null;
  const other = order.lines.find(
    (line) => line.locationId !== ask.locationId && lines.some((one) => one.lineId === line.lineId),
  );
  if (other === undefined) return null;
  return { ok: false, refusal: { code: "wrong_location", locationId: other.locationId } };
}

const problemCodeSchema = z.object({ code: z.string().refine(isProblemCode) });

function toAnswer({ status, text }: StoredAnswer): OrderAnswer {
  if (status < 400) return { ok: true, status, text, order: orderSchema.parse(JSON.parse(text)) };
  return { ok: false, status, text, code: problemCodeSchema.parse(JSON.parse(text)).code };
}
