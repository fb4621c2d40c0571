import { useQuery } from "@tanstack/react-query";
import type { OrderQuery } from "../../../client/order-calls.ts";
import { useLive } from "../live/live-context.tsx";
import { usePages } from "../live/use-pages.ts";

const REFRESH_MS = 5_000;
const PAGE_ROWS = 50;

/** Orders, the newest first; without a status those with something left to do. */
export function useOrders(filter: OrderQuery) {
  const { client } = useLive();
  return usePages(
    ["orders", filter],
    (page) => client.orders.list({ ...page, ...filter, limit: PAGE_ROWS }),
    { refetchInterval: REFRESH_MS },
  );
}

/** One order as it is now; asked again every 5 s. */
export function useOrder(orderId: string) {
  const { client } = useLive();
  return useQuery({
    queryKey: ["order", orderId],
    queryFn: ({ signal }) => client.orders.get(orderId, signal),
    refetchInterval: REFRESH_MS,
  });
}
