import type { Logger } from "pino";
import type { Incoming } from "../../domain/availability/availability-item.ts";
import { type IncomingSettings, toIncoming } from "../../domain/availability/incoming-book.ts";
import { STOCK_STATES } from "../../domain/stock-state.ts";
import type { LocalClock } from "../../domain/time-zone/local-clock.ts";
import type { Database } from "../../sql/database.ts";
import type {
  AvailabilityWish,
  IncomingStock,
  ReservedUnits,
  RuleEffects,
} from "../availability/availability-reader.ts";
import type { Route } from "../http/route.ts";
import type { Projection } from "../projection/projection.ts";
import { createIncomingFollower } from "./incoming-follower.ts";
import { createIncomingRoutes } from "./incoming-routes.ts";

const SELLABLE = STOCK_STATES.indexOf("sellable");
/** What comes later is not promised yet. */
const HORIZON_MS = 30 * 86_400_000;
const NONE: Incoming[] = [];

export type IncomingDeps = {
  db: Database;
  logger: Logger;
  nowMs(): number;
  settings: IncomingSettings;
  projection: Projection;
  reserved: ReservedUnits;
  rules: RuleEffects;
  clockOf(locationId: string): LocalClock;
};

/** Goods that are to come: in memory for answers, and the routes that list them and plan days with them. */
export function createIncoming(deps: IncomingDeps) {
  const { projection } = deps;
  const follower = createIncomingFollower(deps);
  const { book } = follower;

  const stock: IncomingStock = {
    incoming(locationId, gtin, atMs) {
      if (book.hasNone(locationId, gtin)) return NONE;
      return toIncoming(book.incoming(locationId, gtin, atMs));
    },

    /** The instant of the first supply that makes the quantity asked for available; null where it is already, or not within 30 days. */
    availableFrom(locationId: string, gtin: number, wish: AvailabilityWish, atMs: number): string | null {
      if (book.hasNone(locationId, gtin)) return null;
      const table = projection.table();
      const row = table.find(locationId, gtin);
      const sellable = row < 0 ? 0 : table.quantityAt(row, SELLABLE);
      let units = sellable - deps.reserved.unitsAt(locationId, gtin, atMs);
      const isEnough = (instantMs: number): boolean => {
        const { safetyStock, allocated } = deps.rules.effectOn(locationId, gtin, wish.channel, instantMs);
        return units - safetyStock - allocated >= wish.quantity;
      };
      if (isEnough(atMs)) return null;
      for (const supply of book.incoming(locationId, gtin, atMs)) {
        units += supply.total - supply.arrived;
        const { expectedAtMs } = supply;
        if (expectedAtMs > atMs + HORIZON_MS) return null;
        if (isEnough(Math.max(atMs, expectedAtMs))) return new Date(expectedAtMs).toISOString();
      }
      return null;
    },
  };

  const routes: Route[] = createIncomingRoutes({ ...deps, book });
  return { stock, routes, start: follower.start, stop: follower.stop };
}
