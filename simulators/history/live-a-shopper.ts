import { soonAfter, bringBack } from "./bring-back.ts";
import { carryOut, placeOrder } from "./buy.ts";
import { createWeightedDraw, drawBeta, drawGamma } from "./distributions.ts";
import { brokePromise, fulfil } from "./fulfil.ts";
import { HABITS, OFFERS, ONLINE_CHANNELS, ONLINE_METHODS } from "./habits.ts";
import type { PastContext } from "./past-context.ts";
import {
  lastStepMs,
  type PastAnswer,
  type PastOfferEvent,
  type PastOrder,
  type PastRecord,
  type PastShopper,
} from "./past-order.ts";

const DAY_MS = 86_400_000;
const drawChannel = createWeightedDraw(ONLINE_CHANNELS.map(({ weight }) => weight));
const drawMethod = createWeightedDraw(ONLINE_METHODS.map(({ weight }) => weight));

/** What became of one shopper within the year. Null: nothing that is over by its end. */
export type ShopperLife = {
  shopper: PastShopper;
  orders: PastOrder[];
  offers: PastOfferEvent[];
  answers: PastAnswer[];
};

/**
 * From the first order to the last: when by BG/NBD (a gamma rate, a beta chance to leave after each order) on days that are
 * longer the busier they are; where and how by habit.
 */
export function liveAShopper(context: PastContext): ShopperLife | null {
  const { random, calendar } = context;
  const perWeek = drawGamma(random, HABITS.rate.shape, HABITS.rate.scalePerWeek);
  const leaves = drawBeta(random, HABITS.leaving.a, HABITS.leaving.b);
  const habit = perWeek > HABITS.rate.shape * HABITS.rate.scalePerWeek ? HABITS.often : HABITS.seldom;
  const lot = random.next();
  const onlineShare =
    lot < habit.storeOnly ? 0 : lot < habit.storeOnly + habit.onlineOnly ? 1 : random.between(0.2, 0.8);
  const life: Life = {
    context,
    homeStore: random.pick(context.stores) ?? 0,
    records: {},
    orders: [],
    offers: [],
    answers: [],
    issue: null,
  };
  for (let reached = random.between(0, calendar.ordinaryDays); ; ) {
    const day = calendar.dayAfter(reached);
    if (day === null) break;
    const order = random.chance(onlineShare) ? buyOnline(life, day) : visitStore(life, day);
    const isBroken = order !== null && brokePromise(order);
    if (isBroken && random.chance(HABITS.leavingAfterBrokenPromise)) break;
    if (random.chance(leaves)) break;
    reached += random.exponential(7 / perWeek);
  }
  if (life.orders.length === 0) return null;
  return {
    shopper: describe(life),
    orders: life.orders,
    offers: life.offers,
    answers: life.answers,
  };
}

type Life = {
  context: PastContext;
  homeStore: number;
  records: { loyalty?: PastRecord; account?: PastRecord };
  orders: PastOrder[];
  offers: PastOfferEvent[];
  answers: PastAnswer[];
  /** An offer that waits to be redeemed. */
  issue: PastOfferEvent | null;
};

function visitStore(life: Life, day: number): PastOrder | null {
  const { random, calendar } = life.context;
  const location = storeOf(life);
  const atMs = calendar.atTheTill(random, location, day) ?? calendar.atTheTill(random, location, day + 1);
  if (atMs === null || atMs >= calendar.endMs) return null;
  const order = buyAtTill(life, location, atMs, null);
  follow(life, order);
  return order;
}

function buyAtTill(life: Life, location: number, atMs: number, origin: PastOrder["origin"]): PastOrder {
  const { context } = life;
  const customer = recordOf(life, "loyalty", atMs);
  const offerId = offerFor(life, atMs);
  const order = carryOut(context, { customer, atMs, location, origin, offerId });
  redeem(life, order, offerId);
  life.orders.push(order);
  return order;
}

function buyOnline(life: Life, day: number): PastOrder | null {
  const { context } = life;
  const { random, calendar } = context;
  const channel = ONLINE_CHANNELS[drawChannel(random)]?.channel ?? "web";
  const wished = ONLINE_METHODS[drawMethod(random)]?.method ?? "pickup";
  const method = channel === "marketplace" ? "ship_from_warehouse" : wished;
  const location =
    method === "ship_from_warehouse"
      ? context.warehouse
      : method === "ship_from_store"
        ? (random.pick(context.stores) ?? 0)
        : storeOf(life);
  const atMs = calendar.online(random, location, day);
  if (atMs < calendar.startMs || atMs >= calendar.endMs) return null;
  const known = life.records.account;
  const customer = known ?? recordOf(life, "account", atMs);
  const offerId = offerFor(life, atMs);
  const order = placeOrder(context, {
    customer,
    channel,
    atMs,
    location,
    method,
    origin: null,
    offerId,
    product: null,
  });
  fulfil(context, order);
  if (lastStepMs(order) >= calendar.endMs) {
    // It is not over yet, and the past is.
    if (known === undefined) delete life.records.account;
    return null;
  }
  redeem(life, order, offerId);
  life.orders.push(order);
  follow(life, order);
  const collected = order.fulfilments.find(({ times }) => times.collected !== undefined);
  if (collected?.times.collected !== undefined && random.chance(HABITS.buysWhenCollecting)) {
    buyMore(life, collected.location, collected.times.collected);
  }
  return order;
}

/** What an order brings with it: returns, exchanges, an offer for the next time, a question how it was. */
function follow(life: Life, order: PastOrder): void {
  const { context, homeStore } = life;
  const { random, calendar } = context;
  for (const back of bringBack(context, order, homeStore)) {
    if (back.way === "by_post") continue;
    if (random.chance(HABITS.exchange)) {
      const origin = { kind: "exchange", id: back.returnId } as const;
      back.exchangeOrderId = buyAtTill(life, back.location, back.returnedAtMs, origin).orderId;
    } else if (random.chance(HABITS.buysWhenReturning)) {
      buyMore(life, back.location, back.returnedAtMs);
    }
  }
  const { customer } = order;
  if (customer === null) return;
  const issuing = order.channel === "store" ? OFFERS[0] : order.channel === "app" ? OFFERS[2] : OFFERS[1];
  if (life.issue === null && random.chance(HABITS.offerIssued)) {
    const eventId = `i-${String(context.nextNumber()).padStart(7, "0")}`;
    life.issue = {
      kind: "issued",
      offerId: issuing.offerId,
      eventId,
      issueId: "",
      customer,
      issuingChannel: issuing.channel,
      redeemingChannel: "",
      orderId: "",
      atMs: order.placedAtMs + 1000,
    };
    life.offers.push(life.issue);
  }
  const answeredAtMs = Math.max(lastStepMs(order), order.placedAtMs) + Math.round(random.exponential(DAY_MS));
  if (answeredAtMs >= calendar.endMs || !random.chance(HABITS.answersSurvey)) return;
  const question = random.chance(0.5) ? "csat" : "nps";
  const mood = random.next() - (brokePromise(order) ? 0.35 : 0);
  const score = question === "csat" ? csatOf(mood) : npsOf(mood);
  const answerId = `q-${String(context.nextNumber()).padStart(7, "0")}`;
  const location = order.lines[0]?.location ?? homeStore;
  life.answers.push({ answerId, question, score, order, location, atMs: answeredAtMs });
}

function buyMore(life: Life, location: number, atMs: number): void {
  const { calendar } = life.context;
  const boughtAtMs = soonAfter(life.context, atMs);
  if (!calendar.isOpen(location, boughtAtMs) || boughtAtMs >= calendar.endMs) return;
  buyAtTill(life, location, boughtAtMs, null);
}

function offerFor(life: Life, atMs: number): string {
  const { issue, context } = life;
  if (issue === null || atMs <= issue.atMs) return "";
  if (atMs > issue.atMs + HABITS.offerDays * DAY_MS) {
    life.issue = null;
    return "";
  }
  return context.random.chance(HABITS.offerRedeemed) ? issue.offerId : "";
}

function redeem(life: Life, order: PastOrder, offerId: string): void {
  const { issue, context } = life;
  if (issue === null || offerId === "" || order.customer === null) return;
  life.offers.push({
    ...issue,
    kind: "redeemed",
    eventId: `u-${String(context.nextNumber()).padStart(7, "0")}`,
    issueId: issue.eventId,
    customer: order.customer,
    redeemingChannel: order.channel,
    orderId: order.orderId,
    atMs: order.placedAtMs,
  });
  life.issue = null;
}

function recordOf(life: Life, kind: "loyalty" | "account", atMs: number): PastRecord {
  const { context, records } = life;
  const known = records[kind];
  if (known !== undefined) {
    known.createdAtMs = Math.min(known.createdAtMs, atMs);
    return known;
  }
  const made: PastRecord = {
    customerId: `cus_${hex(context, 4)}`,
    kind,
    externalId: `${kind === "loyalty" ? "card" : "web"}-${String(context.nextNumber()).padStart(7, "0")}`,
    createdAtMs: atMs,
  };
  records[kind] = made;
  return made;
}

function describe(life: Life): PastShopper {
  const { random, calendar } = life.context;
  const records = Object.values(life.records).sort((a, b) => a.createdAtMs - b.createdAtMs);
  const later = records[1];
  const mergedAtMs =
    later !== undefined && random.chance(HABITS.merged)
      ? later.createdAtMs + Math.round(random.exponential(5 * DAY_MS)) + 2000
      : null;
  const isMerged = mergedAtMs !== null && mergedAtMs < calendar.endMs;
  const isTakenBack = isMerged && random.chance(HABITS.mergeTakenBack);
  return {
    records,
    emailHash: hex(life.context, 8),
    mergedAtMs: isMerged ? mergedAtMs : null,
    unmergedAtMs: isTakenBack ? Math.min(calendar.endMs - 1, mergedAtMs + 3 * DAY_MS) : null,
    wantsNews: random.chance(HABITS.wantsNews),
  };
}

function storeOf(life: Life): number {
  const { random, stores } = life.context;
  return random.chance(HABITS.homeStore) ? life.homeStore : (random.pick(stores) ?? life.homeStore);
}

/** So many words of 32 bits. */
function hex({ random }: PastContext, words: number): string {
  let text = "";
  for (let word = 0; word < words; word += 1)
    text += random
      .int(2 ** 32)
      .toString(16)
      .padStart(8, "0");
  return text;
}

/** A mood from −0.35 (as bad as can be) to 1. */
function csatOf(mood: number): number {
  return mood < 0 ? 1 : mood < 0.08 ? 2 : mood < 0.2 ? 3 : mood < 0.52 ? 4 : 5;
}

function npsOf(mood: number): number {
  return Math.max(0, Math.min(10, Math.floor(5 + mood * 6.5)));
}
