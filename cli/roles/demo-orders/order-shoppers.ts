import { type DemoPeople, PEOPLE } from "./demo-people.ts";

const METHODS = ["pickup", "pickup", "pickup", "curbside", "curbside", "ship_from_store"] as const;
const CHANNELS = ["web", "web", "app", "app", "phone", "social"] as const;
/** A shop in which nobody changes their mind would be none. */
const CHANGES_MIND = 0.04;

/** Shoppers who place orders, one after the other, until the signal. What they want may not be there: they go without. */
export async function runOrderShoppers(people: DemoPeople): Promise<void> {
  const { calls, random, signal } = people;
  while (!signal.aborted) {
    await people.pass(random.exponential(PEOPLE.betweenOrders));
    const order = await calls.place(wishOf(people));
    if (order === null || !random.chance(CHANGES_MIND)) continue;
    await people.pass(random.exponential(PEOPLE.changesMind));
    await calls.cancel(order.orderId);
  }
}

function wishOf({ random, simulation }: DemoPeople): object {
  const stores = simulation.locations.filter(({ kind }) => kind === "store");
  const store = random.pick(stores);
  const wished = random.pick(METHODS) ?? "pickup";
  const method = wished === "curbside" && store?.pickup.hasCurbside !== true ? "pickup" : wished;
  const products = new Set(
    Array.from({ length: 1 + random.int(3) }, () => random.pick(simulation.products)).filter(
      (product) => product !== undefined,
    ),
  );
  return {
    channel: random.pick(CHANNELS),
    customerId: `demo-${random.int(2_000)}`,
    partial: true,
    lines: [...products].map(({ gtin, price }) => ({
      gtin,
      quantity: random.chance(0.85) ? 1 : 2,
      method,
      locationId: store?.locationId,
      unitPrice: price ?? undefined,
    })),
  };
}
