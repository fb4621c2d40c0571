import { brokePromise } from "../fulfil.ts";
import type { ShopperLife } from "../live-a-shopper.ts";
import type { PastContext } from "../past-context.ts";
import type { PastAnswer, PastOfferEvent, PastOrder } from "../past-order.ts";
import { createTally, mean, quantile } from "./figures.ts";

const NINETY_DAYS_MS = 90 * 86_400_000;

/**
 * K1, K3, K6–K8, K10–K12 over the whole past. A person is all records of whom it was seen that they are one. An order counts
 * where something of it was handed over; sales are net of discounts and returns.
 */
export function createCustomerTruth(context: PastContext) {
  const revenue: number[] = [];
  const margin: number[] = [];
  const revenueByChannels = { one: [] as number[], several: [] as number[] };
  const tally = createTally();

  function addPerson(orders: readonly PastOrder[]): void {
    const bought = orders.filter(hasHandedOver);
    if (bought.length === 0) return;
    const cents = bought.reduce((sum, order) => sum + netCents(order), 0);
    const costCents = bought.reduce((sum, order) => sum + netCostCents(context, order), 0);
    revenue.push(cents / 100);
    margin.push((cents - costCents) / 100);
    const channels = new Set(bought.map(({ channel }) => channel)).size;
    revenueByChannels[channels > 1 ? "several" : "one"].push(cents / 100);
    tally.add("persons");
    tally.add("persons' orders", bought.length);
    if (bought.length > 1) tally.add("repeaters");
    for (const order of orders) judgePromise(order, bought);
  }

  /** Whether its customer came back within 90 days, where there were 90 days left to see it. */
  function judgePromise(order: PastOrder, bought: readonly PastOrder[]): void {
    const untilMs = order.placedAtMs + NINETY_DAYS_MS;
    if (order.fulfilments.length === 0 || untilMs > context.calendar.endMs) return;
    const promise = brokePromise(order) ? "broken" : "kept";
    const cameBack = bought.some(({ placedAtMs }) => placedAtMs > order.placedAtMs && placedAtMs <= untilMs);
    tally.add(promise);
    if (!cameBack) tally.add(`${promise}, then gone`);
  }

  return {
    addLife({ shopper, orders }: ShopperLife): void {
      if (shopper.mergedAtMs !== null && shopper.unmergedAtMs === null) return addPerson(orders);
      for (const record of shopper.records) addPerson(orders.filter(({ customer }) => customer === record));
    },
    addOrder(order: PastOrder): void {
      if (!hasHandedOver(order)) return;
      const where = order.channel === "store" ? "store" : "online";
      tally.add("orders");
      tally.add(`${where} orders`);
      tally.add("cents", netCents(order));
      tally.add(`${where} cents`, netCents(order));
      tally.add(
        "units",
        order.lines.reduce((sum, line) => sum + line.handedOver - line.returned, 0),
      );
    },
    addOffer(event: PastOfferEvent): void {
      tally.add(event.kind);
      const isCross = event.kind === "redeemed" && event.issuingChannel !== event.redeemingChannel;
      if (isCross) tally.add("redeemed elsewhere");
    },
    addAnswer({ question, score }: PastAnswer): void {
      tally.add(question);
      if (question === "csat" && score >= 4) tally.add("satisfied");
      if (question === "nps" && score >= 9) tally.add("promoters");
      if (question === "nps" && score <= 6) tally.add("detractors");
    },
    read: () => ({
      K1: {
        persons: revenue.length,
        meanRevenue: mean(revenue),
        medianRevenue: quantile(revenue, 0.5),
        meanMargin: mean(margin),
      },
      K3: {
        ratio: mean(revenueByChannels.several) / mean(revenueByChannels.one),
        severalChannels: revenueByChannels.several.length,
        oneChannel: revenueByChannels.one.length,
      },
      K6: { rate: tally.ratio("repeaters", "persons"), repeaters: tally.of("repeaters") },
      K7: {
        orders: tally.of("orders"),
        netSales: tally.of("cents") / 100,
        ordersPerPerson: tally.ratio("persons' orders", "persons"),
        averageOrderValue: tally.ratio("cents", "orders") / 100,
        unitsPerOrder: tally.ratio("units", "orders"),
      },
      K8: {
        shareOfSales: tally.ratio("online cents", "cents"),
        shareOfOrders: tally.ratio("online orders", "orders"),
      },
      K10: {
        csat: tally.ratio("satisfied", "csat"),
        csatAnswers: tally.of("csat"),
        nps: (100 * (tally.of("promoters") - tally.of("detractors"))) / tally.of("nps"),
        npsAnswers: tally.of("nps"),
      },
      K11: {
        goneAfterBroken: tally.ratio("broken, then gone", "broken"),
        goneAfterKept: tally.ratio("kept, then gone", "kept"),
        broken: tally.of("broken"),
        kept: tally.of("kept"),
      },
      K12: {
        share: tally.ratio("redeemed elsewhere", "redeemed"),
        issued: tally.of("issued"),
        redeemed: tally.of("redeemed"),
      },
    }),
  };
}

function hasHandedOver(order: PastOrder): boolean {
  return order.lines.some((line) => line.handedOver > 0);
}

/** Paid and kept. */
function netCents(order: PastOrder): number {
  return order.lines.reduce(
    (sum, line) => sum + (line.handedOver - line.returned) * (line.unitPriceCents - line.unitDiscountCents),
    0,
  );
}

function netCostCents(context: PastContext, order: PastOrder): number {
  return order.lines.reduce(
    (sum, line) => sum + (line.handedOver - line.returned) * (context.products[line.product]?.costCents ?? 0),
    0,
  );
}
