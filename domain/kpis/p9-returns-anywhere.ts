import { boughtAfter, letsThrough, type PickupFilter, type ReturnFact } from "./pickup-facts.ts";
import { quantileOf, ratioOf, type SaleLine } from "./sale-line.ts";

/** P9: where online orders come back to, exchanges, purchases after a return, and the time until it can be sold again. */
export function returnsAnywhere(
  facts: readonly ReturnFact[],
  lines: readonly SaleLine[],
  filter: PickupFilter,
  { storeChannels, withinMinutes }: { storeChannels: readonly string[]; withinMinutes: number },
) {
  const returns = facts.filter((fact) => letsThrough(filter, fact.returnedAtMs, fact));
  const online = returns.filter(({ channel }) => channel !== "" && !storeChannels.includes(channel));
  const inStore = returns.filter(({ way }) => way === "in_store");
  const onlineInStore = online.filter(({ way }) => way === "in_store").length;
  const exchanges = inStore.filter(({ exchangeOrderId }) => exchangeOrderId !== "").length;
  const known = inStore.filter(({ personId }) => personId !== null);
  const after = known.filter(({ personId, locationId, returnedAtMs, exchangeOrderId }) =>
    boughtAfter(
      lines,
      { personId: personId ?? "", locationId, atMs: returnedAtMs, exceptOrderId: exchangeOrderId },
      withinMinutes,
    ),
  ).length;
  const toSellable = returns.flatMap(({ returnedAtMs, sellableAtMs }) =>
    sellableAtMs === null ? [] : [(sellableAtMs - returnedAtMs) / 60_000],
  );
  return {
    returns: returns.length,
    online_returns: online.length,
    online_returns_in_store: onlineInStore,
    in_store_share: ratioOf(onlineInStore, online.length),
    returns_in_store: inStore.length,
    exchanges,
    exchange_rate: ratioOf(exchanges, inStore.length),
    known_returns_in_store: known.length,
    purchases_after: after,
    purchase_after_rate: ratioOf(after, known.length),
    to_sellable_p50: quantileOf(toSellable, 0.5),
    to_sellable_p90: quantileOf(toSellable, 0.9),
  };
}
