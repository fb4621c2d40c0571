import type { AnswerFact } from "../../domain/kpis/k10-satisfaction.ts";
import type { OfferFact } from "../../domain/kpis/k12-cross-channel-offers.ts";
import type { MissFact } from "../../domain/kpis/p10-saved-sales.ts";
import type {
  FulfilmentFact,
  OrderStepFact,
  OrderUnitsFact,
  PickupFilter,
  ReturnFact,
} from "../../domain/kpis/pickup-facts.ts";
import type { SaleLine } from "../../domain/kpis/sale-line.ts";
import { createLocalClock, dateOfDay } from "../../domain/time-zone/local-clock.ts";
import { CATEGORIES, type DrawnPickups } from "./pickup-history-arbitrary.ts";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** Histories lie one after another, so that reports without a filter can tell them apart by the window. */
const APART_DAYS = 40;
const LONG_AGO_DAYS = 1_700;

export type PickupHistory = {
  fulfilments: FulfilmentFact[];
  lines: OrderUnitsFact[];
  steps: OrderStepFact[];
  returns: ReturnFact[];
  sales: SaleLine[];
  misses: MissFact[];
  answers: AnswerFact[];
  offers: OfferFact[];
  /** Of each record of a customer, the record that its person is. */
  persons: Map<string, string>;
  filter: PickupFilter & { timeZone: string; categories: readonly string[] };
  asked: Record<string, string | string[]>;
  churnDays: number;
  asOfMs: number;
};

/** A drawn history as facts at instants; `index` sets it apart from the others. Facts name persons: `storePickupHistory` names records. */
export function pickupHistoryOf(drawn: DrawnPickups, index: number): PickupHistory {
  const firstDay = Math.floor(Date.now() / DAY_MS) - LONG_AGO_DAYS + index * APART_DAYS;
  const instant = (minutes: number): number => firstDay * DAY_MS + minutes * MINUTE_MS;
  const record = (one: number): string => `cus_p${index}_${one}`;
  const personOf = (one: number | null): string | null =>
    one === null ? null : record(drawn.persons[one] ?? one);

  const fulfilments: FulfilmentFact[] = [];
  const lines: OrderUnitsFact[] = [];
  const steps: OrderStepFact[] = [];
  for (const [orderIndex, order] of drawn.orders.entries()) {
    const orderId = `p${index}-o${orderIndex}`;
    const placedAtMs = instant(order.minute);
    const own = order.parts.map((part, partIndex): FulfilmentFact => {
      const after = (minutes: number | null) => (minutes === null ? null : placedAtMs + minutes * MINUTE_MS);
      return {
        orderId,
        fulfilmentId: String(partIndex + 1),
        channel: order.channel,
        personId: personOf(order.customer),
        locationId: part.location,
        method: part.method,
        status: part.status,
        placedAtMs,
        promisedReadyAtMs: after(part.promised),
        acceptedAtMs: after(part.accepted),
        pickingAtMs: after(part.picking),
        readyAtMs: after(part.ready),
        arrivedAtMs: after(part.arrived),
        collectedAtMs: after(part.collected),
        cancelledAtMs: after(part.cancelled),
        noShowAtMs: after(part.noShow),
      };
    });
    fulfilments.push(...own);
    const partOf = (part: number): FulfilmentFact => own[part % own.length] ?? own[0]!;
    for (const [lineIndex, line] of order.lines.entries()) {
      const { fulfilmentId, channel: placedIn, locationId, method } = partOf(line.part);
      const { quantity, short, cancelled, handedOver } = line;
      lines.push({
        orderId,
        lineNo: lineIndex + 1,
        fulfilmentId,
        channel: placedIn,
        locationId,
        method,
        category: CATEGORIES[line.gtin],
        placedAtMs,
        quantity,
        short,
        cancelled,
        handedOver,
        insteadOf: lineIndex === 0 ? 0 : line.insteadOf,
      });
    }
    for (const [stepIndex, step] of order.steps.entries()) {
      const { fulfilmentId } = partOf(step.part);
      const { kind, cause, actor } = step;
      steps.push({
        orderId,
        stepNo: stepIndex + 1,
        kind,
        cause,
        actorKind: actor,
        fulfilmentId,
        lineNo: step.line,
      });
    }
  }

  const returns = drawn.returns.map(
    (back): ReturnFact => ({
      locationId: back.location,
      way: back.way,
      channel: back.channel,
      personId: personOf(back.customer),
      exchangeOrderId: back.exchange === null ? "" : `p${index}-b${back.exchange}`,
      returnedAtMs: instant(back.minute),
      sellableAtMs: back.sellable === null ? null : instant(back.minute + back.sellable),
    }),
  );

  const occasions = [
    ...fulfilments.map(({ personId, locationId, collectedAtMs, placedAtMs }) => ({
      personId,
      locationId,
      atMs: collectedAtMs ?? placedAtMs,
    })),
    ...returns.map(({ personId, locationId, returnedAtMs: atMs }) => ({ personId, locationId, atMs })),
  ];
  const sales = drawn.purchases.map((purchase, saleIndex): SaleLine => {
    const occasion = occasions[(purchase.at * 7) % occasions.length]!;
    const quantity = purchase.type === "sale" ? 1 : -1;
    const priceMicros = BigInt(purchase.price) * 1_000_000n;
    return {
      orderId: `p${index}-b${saleIndex}`,
      lineType: purchase.type,
      personId: purchase.isSame ? occasion.personId : personOf(purchase.customer),
      channel: "store",
      method: purchase.method,
      locationId: purchase.isSame ? occasion.locationId : purchase.location,
      category: CATEGORIES[17],
      isMerchandise: true,
      quantity,
      priceMicros,
      netMicros: BigInt(quantity) * priceMicros,
      costMicros: null,
      currency: "EUR",
      atMs: occasion.atMs + purchase.offset * MINUTE_MS,
    };
  });

  const clock = createLocalClock(drawn.zone);
  const [fromDay, toDay] = [firstDay + drawn.from, firstDay + drawn.from + drawn.length];
  const { locations, channels, categories } = drawn;
  return {
    fulfilments,
    lines,
    steps,
    returns,
    sales,
    misses: drawn.misses.map((miss, missIndex) => ({
      locationId: miss.location,
      channel: "store",
      atMs: instant(miss.minute),
      savedOrderId: miss.isSaved ? `p${index}-m${missIndex}` : "",
    })),
    answers: drawn.answers.map((answer) => ({
      question: answer.isNps ? "nps" : "csat",
      score: answer.isNps ? answer.score : 1 + (answer.score % 5),
      locationId: answer.location,
      channel: answer.channel,
      atMs: instant(answer.minute),
    })),
    offers: drawn.offers.map((offer) => ({
      kind: offer.isRedeemed ? "redeemed" : "issued",
      issuingChannel: offer.issuing,
      redeemingChannel: offer.isRedeemed ? offer.redeeming : "",
      atMs: instant(offer.minute),
    })),
    persons: new Map([0, 1, 2, 3, 4].map((one) => [record(one), personOf(one) ?? ""])),
    filter: {
      fromMs: clock.toUnixMs(fromDay, 0),
      toMs: clock.toUnixMs(toDay, 0),
      timeZone: drawn.zone,
      locations,
      channels,
      categories,
    },
    asked: {
      from: dateOfDay(fromDay),
      to: dateOfDay(toDay),
      timeZone: drawn.zone,
      location: locations,
      channel: channels,
      category: categories,
    },
    churnDays: drawn.churnDays,
    asOfMs: (firstDay + 30) * DAY_MS,
  };
}
