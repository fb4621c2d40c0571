import type { DemoPeople } from "./demo-people.ts";

/** Of those who could have it from another place. */
const TAKES_IT_FROM_ELSEWHERE = 0.45;

/** Shoppers in front of an empty shelf, until the signal: staff look where else it is, and some have it sent or collect it there. */
export async function runMisses(people: DemoPeople): Promise<void> {
  const { calls, random, simulation, signal } = people;
  const stores = simulation.locations.filter(({ kind }) => kind === "store");
  while (!signal.aborted) {
    await people.next("misses");
    const store = random.pick(stores);
    if (store === undefined) return;
    const gtin = random.pick(simulation.hands.missingAt(store.locationId));
    if (gtin === undefined) continue;
    const { locationId } = store;
    const miss = await calls.miss({ locationId, gtin, by: random.chance(0.8) ? "shelf" : "screen" });
    const [elsewhere] = miss?.alternatives ?? [];
    if (miss === null || elsewhere === undefined || !random.chance(TAKES_IT_FROM_ELSEWHERE)) continue;
    await calls.saveMiss(miss.missId, {
      locationId: elsewhere.locationId,
      method: elsewhere.method,
      customerId: (await people.someCustomer()) ?? undefined,
      unitPrice: simulation.products.find((product) => product.gtin === gtin)?.price ?? undefined,
    });
  }
}
