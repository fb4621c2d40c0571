import { useQuery } from "@tanstack/react-query";
import type { ListName } from "../../../domain/api/lists.ts";
import { useLive } from "../live/live-context.tsx";
import { usePages } from "../live/use-pages.ts";

const PAGE_ROWS = 100;
const REFRESH_MS = 30_000;

/** `locationId` empty: all. */
export type ListFilter = { hours: number; locationId: string };

/** How many are on each list, over its own time; counted again every half minute. */
export function useListsSummary(locationId: string) {
  const { client } = useLive();
  return useQuery({
    queryKey: ["lists", "summary", locationId],
    queryFn: ({ signal }) => client.lists.summary({ ...at(locationId), signal }),
    refetchInterval: REFRESH_MS,
    placeholderData: (last) => last,
  });
}

/** A list, page after page. */
export function useList<Name extends ListName>(list: Name, { hours, locationId }: ListFilter) {
  const { client } = useLive();
  return usePages(
    ["lists", list, hours, locationId],
    (page) => client.lists.page(list, { ...at(locationId), ...page, hours, limit: PAGE_ROWS }),
    { refetchInterval: REFRESH_MS },
  );
}

const at = (locationId: string) => (locationId === "" ? {} : { location: locationId });
