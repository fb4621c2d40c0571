import type { FulfilmentMethod, Order } from "../../../domain/orders/order.ts";
import { createWeightedDraw } from "../../../simulators/history/distributions.ts";
import { ONLINE_CHANNELS } from "../../../simulators/history/habits.ts";
import type { DemoPeople } from "./demo-people.ts";
import { issueSome, OFFER_SHARE, redeem } from "./demo-offers.ts";

/** More curbside than in the past of the chain: there is something to see at the cars. */
const METHODS = [
  { method: "pickup", weight: 0.42 },
  { method: "curbside", weight: 0.22 },
  { method: "ship_from_store", weight: 0.2 },
  { method: "ship_from_warehouse", weight: 0.16 },
] as const;
const drawMethod = createWeightedDraw(METHODS.map(({ weight }) => weight));
const drawChannel = createWeightedDraw(ONLINE_CHANNELS.map(({ weight }) => weight));
/** A shop in which nobody changes their mind would be none. */
const CHANGES_MIND = 0.04;
/** Of those who order: who was given an offer comes back sooner. */
const COMES_FOR_OFFER = 0.3;

/** Shoppers who place orders, one after the other, until the signal. What they want may not be there: they go without. */
export async function runOrderShoppers(people: DemoPeople): Promise<void> {
  const { calls, random, signal } = people;
  while (!signal.aborted) {
    await people.next("orders");
    const customerId = random.chance(COMES_FOR_OFFER)
      ? (random.pick([...people.offersOf.keys()]) ?? null)
      : await people.someCustomer();
    const offerId = customerId === null ? undefined : people.offersOf.get(customerId);
    const order = await calls.place(wishOf(people, customerId, offerId));
    if (order === null) continue;
    if (offerId === undefined) await issueSome(people, order, "app");
    else await redeem(people, order, offerId);
    if (random.chance(CHANGES_MIND)) void changeMind(people, order);
  }
}

async function changeMind({ calls, takeTimeFor }: DemoPeople, { orderId }: Order): Promise<void> {
  // Whoever still thinks when the demo ends has kept it.
  await takeTimeFor("changesMind")
    .then(() => calls.cancel(orderId))
    .catch(() => undefined);
}

function wishOf(people: DemoPeople, customerId: string | null, offerId: string | undefined): object {
  const { random, simulation } = people;
  const { method, location } = whereFrom(people);
  const products = new Set(
    Array.from({ length: 1 + random.int(3) }, () => random.pick(simulation.products)).filter(
      (product) => product !== undefined,
    ),
  );
  return {
    channel: ONLINE_CHANNELS[drawChannel(random)]?.channel ?? "web",
    customerId: customerId ?? undefined,
    partial: true,
    lines: [...products].map(({ gtin, price }) => {
      const quantity = random.chance(0.85) ? 1 : 2;
      const discount = (Number(price) * quantity * OFFER_SHARE).toFixed(2);
      const hasOffer = offerId !== undefined && price !== null;
      return {
        gtin,
        quantity,
        method,
        locationId: location?.locationId,
        unitPrice: price ?? undefined,
        offerId: hasOffer ? offerId : undefined,
        discount: hasOffer ? discount : undefined,
      };
    }),
  };
}

function whereFrom({ random, simulation }: DemoPeople) {
  const { method } = METHODS[drawMethod(random)] ?? METHODS[0];
  const kind = method === "ship_from_warehouse" ? "warehouse" : "store";
  const location = random.pick(simulation.locations.filter((candidate) => candidate.kind === kind));
  const possible: FulfilmentMethod =
    method === "curbside" && location?.pickup.hasCurbside !== true ? "pickup" : method;
  return { method: possible, location };
}
