import type { ShopperLife } from "../live-a-shopper.ts";
import type { PastContext } from "../past-context.ts";
import type { PastFulfilment, PastMiss, PastOrder } from "../past-order.ts";
import { createTally, quantile } from "./figures.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** P1–P10 over the whole past; pickup is in store and curbside. Times in minutes. */
export function createPickupTruth(context: PastContext) {
  const tally = createTally();
  const toReady: number[] = [];
  const toReadyOpen: number[] = [];
  const pickupWaits: number[] = [];
  const curbsideWaits: number[] = [];
  const toSellable: number[] = [];

  function addPickup(order: PastOrder, fulfilment: PastFulfilment): void {
    const { times, promisedReadyAtMs, method, location } = fulfilment;
    tally.add("closed");
    if (times.no_show !== undefined) tally.add("no-shows");
    const isOfCustomer = times.cancelled !== undefined && times.accepted === undefined;
    if (!isOfCustomer) tally.add("promised");
    if (times.ready === undefined) return;
    toReady.push((times.ready - order.placedAtMs) / MINUTE_MS);
    toReadyOpen.push(context.calendar.openMinutesBetween(location, order.placedAtMs, times.ready));
    if (promisedReadyAtMs !== null && times.ready <= promisedReadyAtMs) tally.add("on time");
    if (times.collected === undefined) return;
    tally.add("collected");
    if (method === "pickup") pickupWaits.push((times.collected - times.ready) / MINUTE_MS);
    else curbsideWaits.push((times.collected - (times.arrived ?? times.collected)) / MINUTE_MS);
  }

  function addLines(order: PastOrder): void {
    for (const line of order.lines) {
      const fulfilment = order.fulfilments[line.fulfilmentNo - 1];
      const isSentToPick = fulfilment?.times.picking !== undefined;
      if (isSentToPick) tally.add("lines picked");
      if (line.short > 0) tally.add("short lines");
      if (line.insteadOf !== 0) continue;
      tally.add("promised lines");
      const isStoreCancelled =
        fulfilment?.times.cancelled !== undefined && fulfilment.times.accepted !== undefined;
      if (line.short > 0 || isStoreCancelled) tally.add("disappointed lines");
    }
    for (const { kind, cause, actor } of order.steps) {
      if (kind === "shorted" || (kind === "cancelled" && actor === "staff")) tally.add(`cause ${cause}`);
    }
  }

  return {
    addLife({ orders, shopper }: ShopperLife): void {
      const isOne = shopper.mergedAtMs !== null && shopper.unmergedAtMs === null;
      const receipts = orders.filter(({ fulfilments }) => fulfilments.length === 0);
      for (const order of orders) {
        for (const { times, location, method } of order.fulfilments) {
          const collectedMs = times.collected;
          if (collectedMs === undefined || (method !== "pickup" && method !== "curbside")) continue;
          const hasMore = receipts.some(
            ({ placedAtMs, lines, customer }) =>
              placedAtMs > collectedMs &&
              placedAtMs <= collectedMs + HOUR_MS &&
              lines[0]?.location === location &&
              (isOne || customer === order.customer),
          );
          if (hasMore) tally.add("attached");
        }
      }
    },
    addOrder(order: PastOrder): void {
      const isOnline = order.channel !== "store";
      for (const back of order.returns) {
        if (back.sellableAtMs !== null) toSellable.push((back.sellableAtMs - back.returnedAtMs) / MINUTE_MS);
        if (back.way === "in_store") tally.add("returns in store");
        if (back.exchangeOrderId !== "") tally.add("exchanges");
        if (!isOnline) continue;
        tally.add("online returns");
        if (back.way === "in_store") tally.add("online returns in store");
      }
      if (order.fulfilments.length === 0) return;
      const isPickup = order.fulfilments.some(({ method }) => method === "pickup" || method === "curbside");
      if (isOnline) tally.add("online orders");
      if (isOnline && isPickup) tally.add("online pickup orders");
      tally.add("orders sent");
      if (order.steps.some(({ kind, actor }) => kind === "cancelled" && actor === "staff")) {
        tally.add("orders cancelled by stores");
      }
      for (const fulfilment of order.fulfilments) {
        if (fulfilment.method === "pickup" || fulfilment.method === "curbside") addPickup(order, fulfilment);
      }
      addLines(order);
    },
    addMiss(miss: PastMiss): void {
      tally.add("misses");
      if (miss.savedOrderId !== "") tally.add("saved");
    },
    read: () => ({
      P1: {
        rate: tally.ratio("online pickup orders", "online orders"),
        onlineOrders: tally.of("online orders"),
      },
      P2: {
        completion: tally.ratio("collected", "closed"),
        noShow: tally.ratio("no-shows", "closed"),
        closed: tally.of("closed"),
      },
      P3: {
        p50Minutes: quantile(toReady, 0.5),
        p90Minutes: quantile(toReady, 0.9),
        p50OpenMinutes: quantile(toReadyOpen, 0.5),
        p90OpenMinutes: quantile(toReadyOpen, 0.9),
      },
      P4: { rate: tally.ratio("on time", "promised"), promised: tally.of("promised") },
      P5: {
        pickupP50Minutes: quantile(pickupWaits, 0.5),
        curbsideP50Minutes: quantile(curbsideWaits, 0.5),
        curbsideP90Minutes: quantile(curbsideWaits, 0.9),
      },
      P6: { rate: tally.ratio("attached", "collected"), collections: tally.of("collected") },
      P7: {
        rate: tally.ratio("disappointed lines", "promised lines"),
        promisedLines: tally.of("promised lines"),
        ...Object.fromEntries(
          tally
            .entries()
            .filter(([name]) => name.startsWith("cause "))
            .map(([name, count]) => [name.slice("cause ".length), count]),
        ),
      },
      P8: {
        shortPickRate: tally.ratio("short lines", "lines picked"),
        storeCancelRate: tally.ratio("orders cancelled by stores", "orders sent"),
      },
      P9: {
        inStore: tally.ratio("online returns in store", "online returns"),
        onlineReturns: tally.of("online returns"),
        exchangeRate: tally.ratio("exchanges", "returns in store"),
        p50MinutesToSellable: quantile(toSellable, 0.5),
      },
      P10: { rate: tally.ratio("saved", "misses"), misses: tally.of("misses") },
    }),
  };
}
