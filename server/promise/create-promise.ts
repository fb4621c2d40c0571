import type { Logger } from "pino";
import type { MessageBus } from "../../domain/message-bus.ts";
import type { Database } from "../../sql/database.ts";
import type { AvailabilityReader } from "../availability/availability-reader.ts";
import type { Route } from "../http/route.ts";
import type { NoteChange } from "../master-data/change.ts";
import type { Projection } from "../projection/projection.ts";
import type { ReservationDesk } from "../reservations/reservation-desk.ts";
import { createRankedAlternatives } from "./find-alternatives.ts";
import { createPromisePlaces } from "./promise-places.ts";
import { createPromiseRoutes } from "./promise-routes.ts";
import { createPromiseSearch } from "./promise-search.ts";
import { createPromiseStore } from "./promise-store.ts";
import { createStorePaces } from "./store-pace.ts";

/** Ways to fulfil a basket, from memory. */
export function createPromise(deps: {
  db: Database;
  bus: MessageBus;
  root: string;
  logger: Logger;
  nowMs(): number;
  nextVersion(): number;
  projection: Projection;
  reader: AvailabilityReader;
  quantityCap: number;
  /** Orders at a location that do not lie ready yet. */
  ordersAhead(locationId: string): number;
}) {
  const store = createPromiseStore(deps);
  const places = createPromisePlaces({ ...deps, store });
  const paces = createStorePaces({ ...deps, store, places });
  const { workOf } = paces;
  const search = createPromiseSearch({ ...deps, places, workOf });
  return {
    places,
    workOf,
    findAlternatives: createRankedAlternatives({ ...deps, places, workOf }),
    routes: ({ desk, noteChange }: { desk: ReservationDesk; noteChange: NoteChange }): Route[] =>
      createPromiseRoutes({ ...deps, search, places, store, desk, noteChange }),
    async start(): Promise<void> {
      await places.start();
      await paces.start();
    },
    async stop(): Promise<void> {
      places.stop();
      await paces.stop();
    },
  };
}
