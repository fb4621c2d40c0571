import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { ItemHistoryPage } from "../../../domain/api/items.ts";
import { useLive } from "../live/live-context.tsx";

const REFRESH_MS = 5_000;
const PAGE_ROWS = 50;

/** What is believed of a tag, with the newest of its life; asked again every 5 s. */
export function useItem(epc: string) {
  const { client } = useLive();
  return useQuery({
    queryKey: ["item", epc],
    queryFn: ({ signal }) => client.items.get(epc, signal),
    refetchInterval: REFRESH_MS,
  });
}

/** Steps of its life before those that came with the item, page after page as they are asked for. */
export function useEarlierSteps(epc: string, newest: ItemHistoryPage) {
  const { client } = useLive();
  return useInfiniteQuery({
    queryKey: ["item", epc, "history", newest.nextCursor],
    queryFn: ({ signal, pageParam }) =>
      client.items.history(epc, {
        signal,
        limit: PAGE_ROWS,
        ...(pageParam === null ? {} : { cursor: pageParam }),
      }),
    initialPageParam: newest.nextCursor,
    getNextPageParam: (page) => page.nextCursor,
    enabled: false,
  });
}
