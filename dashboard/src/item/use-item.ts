import { useQuery } from "@tanstack/react-query";
import type { ItemHistoryPage } from "../../../domain/api/items.ts";
import { useLive } from "../live/live-context.tsx";
import { usePages } from "../live/use-pages.ts";

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
  return usePages(
    ["item", epc, "history"],
    (page) => client.items.history(epc, { ...page, limit: PAGE_ROWS }),
    { after: newest.nextCursor },
  );
}
