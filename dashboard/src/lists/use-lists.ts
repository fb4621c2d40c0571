import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { ListName } from "../../../domain/api/lists.ts";
import { useLive } from "../live/live-context.tsx";
import { type SinceId, sinceInstant } from "./since.ts";

const PAGE_ROWS = 100;
const REFRESH_MS = 30_000;

export type ListFilter = { since: SinceId; locationId: string };

/** How many are on each list; counted again every half minute. */
export function useListsSummary(filter: ListFilter) {
  const { client } = useLive();
  return useQuery({
    queryKey: ["lists", filter],
    queryFn: ({ signal }) => client.lists.summary({ ...queryOf(filter), signal }),
    refetchInterval: REFRESH_MS,
    placeholderData: (last) => last,
  });
}

/** A list, page after page. */
export function useList<Name extends ListName>(list: Name, filter: ListFilter) {
  const { client } = useLive();
  return useInfiniteQuery({
    queryKey: ["lists", list, filter],
    queryFn: ({ signal, pageParam }) =>
      client.lists.page(list, {
        ...queryOf(filter),
        limit: PAGE_ROWS,
        signal,
        ...(pageParam === null ? {} : { cursor: pageParam }),
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: REFRESH_MS,
  });
}

function queryOf({ since, locationId }: ListFilter) {
  return { since: sinceInstant(since, Date.now()), ...(locationId === "" ? {} : { location: locationId }) };
}
