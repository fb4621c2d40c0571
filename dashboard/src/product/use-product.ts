import { useQuery } from "@tanstack/react-query";
import { useLive } from "../live/live-context.tsx";
import { usePages } from "../live/use-pages.ts";

const OFTEN_MS = 5_000;
const SELDOM_MS = 30_000;
const HOLD_ROWS = 10;
const MOVEMENT_ROWS = 20;
/** As far as the schedule of a shop is asked for on its page. */
const SCHEDULE_DAYS = 30;

/** Where the tagged units of a product, or of a location, are. */
export function useZoneStock(wish: { gtin?: string; location?: string }) {
  const { client } = useLive();
  return useQuery({
    queryKey: ["zone-stock", wish],
    queryFn: ({ signal }) => client.items.byZone({ ...wish, signal }),
    refetchInterval: SELDOM_MS,
  });
}

export function useIncoming(wish: { gtin?: string; location?: string }) {
  const { client } = useLive();
  return useQuery({
    queryKey: ["incoming", wish],
    queryFn: ({ signal }) => client.availability.incoming({ ...wish, signal }),
    refetchInterval: SELDOM_MS,
  });
}

/** Day by day what may be promised; not asked for without a location. */
export function useSchedule(gtin: string, location: string) {
  const { client } = useLive();
  return useQuery({
    queryKey: ["schedule", gtin, location],
    queryFn: ({ signal }) => client.availability.schedule({ gtin, location, days: SCHEDULE_DAYS }, signal),
    refetchInterval: SELDOM_MS,
    enabled: location !== "",
  });
}

/** The newest reservations that hold stock now; `atRisk`: those that stock does not cover. */
export function useFewHolds(wish: { gtin?: string; location?: string; atRisk?: boolean }) {
  const { client } = useLive();
  return useQuery({
    queryKey: ["reservations", "few", wish],
    queryFn: ({ signal }) => client.reservations.list({ ...wish, limit: HOLD_ROWS, signal }),
    refetchInterval: OFTEN_MS,
  });
}

/** Lines of the ledger, the last first. */
export function useMovements(wish: { gtin?: string; location?: string }) {
  const { client } = useLive();
  return usePages(
    ["movements", wish],
    (page) => client.movements.list({ ...wish, ...page, limit: MOVEMENT_ROWS }),
    { refetchInterval: SELDOM_MS },
  );
}

/** The product's master data; its error is an ApiProblem of status 404 where nobody knows it. */
export function useProduct(gtin: string) {
  const { client } = useLive();
  return useQuery({
    queryKey: ["products", gtin],
    queryFn: ({ signal }) => client.products.get(gtin, signal),
    refetchInterval: 10 * SELDOM_MS,
  });
}
