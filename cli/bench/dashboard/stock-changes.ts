import { movementSchema } from "../../../domain/movement.ts";
import type { Publisher } from "../../../simulators/connect-publisher.ts";
import { gtinOf, locationIdOf } from "../harness/work-load.ts";

const TICK_MS = 50;

/**
 * Movements as ingest publishes them, so many a second over all locations and products in turns: each makes one row of the stock
 * table another. Every location's sequence goes on after `products`, which its receipts had.
 */
export function createStockChanges(deps: {
  publisher: Publisher;
  locations: number;
  products: number;
  perSecond: number;
}) {
  const { publisher, locations, products } = deps;
  const sequences = Array.from({ length: locations }, () => products);
  const perTick = Math.round((deps.perSecond * TICK_MS) / 1000);
  let made = 0;
  let timer: NodeJS.Timeout | undefined;

  function tick(): void {
    const at = new Date().toISOString();
    const byLocation = new Map<number, unknown[]>();
    for (let index = 0; index < perTick; index += 1) {
      const location = made % locations;
      const product = (made * 7) % products;
      const sequence = (sequences[location] ?? products) + 1;
      sequences[location] = sequence;
      const movements = byLocation.get(location) ?? [];
      byLocation.set(location, movements);
      movements.push(
        movementSchema.parse({
          locationId: locationIdOf(location),
          sequence,
          gtin: gtinOf(product),
          state: "sellable",
          quantity: Math.floor(made / (locations * products)) % 2 === 0 ? 1 : -1,
          reason: "adjusted",
          occurredAt: at,
          recordedAt: at,
          eventId: `bench-${made}`,
          source: "stock/bench",
        }),
      );
      made += 1;
    }
    for (const [location, movements] of byLocation) {
      void publisher.publish(`subject/${locationIdOf(location)}/movements`, JSON.stringify(movements));
    }
  }

  return {
    start(): void {
      timer = setInterval(tick, TICK_MS);
    },
    stop(): void {
      clearInterval(timer);
    },
  };
}
