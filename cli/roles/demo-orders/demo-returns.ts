import { RETURN_REASONS } from "../../../domain/returns/return.ts";
import type { DemoPeople, Purchase } from "./demo-people.ts";

/** To another store than the one that handed it over. */
const ELSEWHERE = 0.4;
const EXCHANGES = 0.22;
const DAMAGED = 0.06;

/** Customers who bring back what they ordered, to any store, until the signal; staff look at it, and most is for sale again. */
export async function runReturns(people: DemoPeople): Promise<void> {
  const { random, purchases, signal } = people;
  while (!signal.aborted) {
    await people.next("returns");
    const [purchase] = purchases.splice(random.int(purchases.length), 1);
    if (purchase !== undefined) await bringBack(people, purchase);
  }
}

async function bringBack(people: DemoPeople, purchase: Purchase): Promise<void> {
  const { calls, random, simulation } = people;
  const { unit, orderId } = purchase;
  const product = simulation.products[unit.productIndex];
  const locationId = whereTo(people, purchase);
  if (product === undefined || locationId === undefined) return;
  const line = { gtin: product.gtin, quantity: 1, reason: random.pick(RETURN_REASONS) };
  const wish = { locationId, orderId, customerId: purchase.customerId ?? undefined };
  const exchange = random.chance(EXCHANGES) ? exchangeOf(people, purchase, locationId) : undefined;
  const scanned = unit.epcHex === "" ? line : { ...line, epcs: [unit.epcHex] };
  const taken =
    (await calls.takeBack({ ...wish, lines: [scanned], exchange })) ??
    // Without the item and what was wanted instead: it may have been handed over without a scan, and that may be gone too.
    (await calls.takeBack({ ...wish, lines: [line] }));
  if (taken === null) return;
  simulation.hands.takeBack(unit, locationId);
  const to = random.chance(DAMAGED) ? "damaged" : "sellable";
  await people.takeTimeFor("looksAtReturn");
  await calls.inspect(taken.returnId, [{ lineNo: 1, to }]);
  if (to === "sellable") simulation.hands.putBack(unit);
}

function whereTo({ random, simulation }: DemoPeople, { locationId }: Purchase): string | undefined {
  const stores = simulation.locations.filter(({ kind }) => kind === "store");
  const isStore = stores.some((store) => store.locationId === locationId);
  if (isStore && !random.chance(ELSEWHERE)) return locationId;
  return random.pick(stores.filter((store) => store.locationId !== locationId))?.locationId ?? locationId;
}

/** Something else of the shop, which is fetched while the customer waits. */
function exchangeOf({ random, simulation }: DemoPeople, { customerId }: Purchase, locationId: string) {
  const product = random.pick(simulation.products);
  if (product === undefined) return undefined;
  const line = { gtin: product.gtin, quantity: 1, unitPrice: product.price ?? undefined };
  return {
    channel: "store",
    customerId: customerId ?? undefined,
    lines: [{ ...line, method: "pickup", locationId }],
  };
}
