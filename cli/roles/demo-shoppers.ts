import { setTimeout as pause } from "node:timers/promises";
import { ApiProblem } from "../../client/api-problem.ts";
import { createOnhandClient } from "../../client/onhand-client.ts";
import { createRandom } from "../../simulators/random.ts";
import type { DemoPeople } from "./demo-orders/demo-people.ts";
import type { RunningSystem } from "./whole-system.ts";

/** Between two shoppers, on average. */
const BETWEEN_MS = 2_500;
/** How many holds are remembered, to be confirmed, extended or released later. */
const MOST_BASKETS = 60;
const SHORTEST_TTL_SECONDS = 45;
const LONGEST_TTL_SECONDS = 420;

/**
 * Shoppers of the demo's web shop and app who think first: they hold units, and order them, think longer, change their mind or
 * forget. What they order is picked and handed over as any order is.
 */
export function createDemoShoppers(deps: { system: RunningSystem; people: DemoPeople }) {
  const { system, people } = deps;
  const { simulation, signal } = people;
  const client = createOnhandClient({ baseUrl: new URL(system.url).origin, key: system.token, retries: 0 });
  const random = createRandom(simulation.seed, "demo shoppers");
  /** Reservations that may still change. */
  const baskets: { reservationId: string; line: { gtin: string; locationId: string; quantity: number } }[] =
    [];

  /** What a merchandiser would have set: the demo shows rules at work. */
  async function setRules(): Promise<void> {
    await client.rules.set("web-safety", {
      kind: "safety_stock",
      quantity: 1,
      scope: { channel: "web" },
      note: "the last unit on a shelf is sold in the store",
    });
    await client.rules.set("marketplace-cap", {
      kind: "cap",
      quantity: 5,
      scope: { channel: "marketplace" },
      note: "rivals read live stock too",
    });
    const [product] = simulation.products;
    if (product === undefined) return;
    await client.rules.set("app-launch", {
      kind: "allocation",
      quantity: 3,
      scope: { channel: "app", gtin: product.gtin },
      note: "kept for the app's subscribers",
    });
  }

  async function shop(): Promise<void> {
    const location = random.pick(simulation.locations);
    const product = random.pick(simulation.products);
    if (location === undefined || product === undefined) return;
    const line = {
      gtin: product.gtin,
      locationId: location.locationId,
      quantity: random.chance(0.8) ? 1 : 2,
    };
    const hold = await client.reservations.hold(
      {
        lines: [line],
        channel: random.chance(0.7) ? "web" : "app",
        ttlSeconds: Math.round(random.between(SHORTEST_TTL_SECONDS, LONGEST_TTL_SECONDS)),
      },
      { signal },
    );
    baskets.push({ reservationId: hold.reservationId, line });
    if (baskets.length > MOST_BASKETS) baskets.shift();
  }

  /** One who held something before comes back to it. */
  async function returnToBasket(): Promise<void> {
    const [basket] = baskets.splice(random.int(baskets.length), 1);
    if (basket === undefined) return;
    const { reservationId, line } = basket;
    if (random.chance(0.5)) {
      const isStore = line.locationId.startsWith("store-");
      const method = isStore ? "pickup" : "ship_from_warehouse";
      const customerId = (await people.someCustomer()) ?? undefined;
      const unitPrice = simulation.products.find(({ gtin }) => gtin === line.gtin)?.price ?? undefined;
      const lines = [{ ...line, method, reservationId, unitPrice }];
      await people.calls.place({ channel: "web", customerId, lines });
    } else if (random.chance(0.3)) {
      await client.reservations.extend(reservationId, { ttlSeconds: LONGEST_TTL_SECONDS }, { signal });
      baskets.push(basket);
    } else {
      await client.reservations.release(reservationId, { reason: "changed their mind" }, { signal });
    }
  }

  return {
    /** Shops until the signal; what is refused (nothing left, expired) is part of a shop's life. */
    async run(): Promise<void> {
      await setRules();
      while (!signal.aborted) {
        await pause(random.exponential(BETWEEN_MS), undefined, { signal });
        try {
          await (random.chance(0.6) ? shop() : returnToBasket());
        } catch (error) {
          if (signal.aborted) return;
          if (!(error instanceof ApiProblem)) throw error;
        }
      }
    },
  };
}
