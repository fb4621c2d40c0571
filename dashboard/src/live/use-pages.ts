import { type QueryKey, useInfiniteQuery } from "@tanstack/react-query";

type Page = { nextCursor: string | null };
type PagesOptions = {
  /** All that is shown is asked again every so many milliseconds. */
  refetchInterval?: number;
  /** The pages after this cursor of another answer; none is read until it is asked for. */
  after?: string | null;
};

/** A list page after page, from its first; more as they are asked for. `queryKey` names all that `load` depends on. */
export function usePages<Answer extends Page>(
  queryKey: QueryKey,
  load: (page: { cursor?: string; signal: AbortSignal }) => Promise<Answer>,
  { refetchInterval, after }: PagesOptions = {},
) {
  return useInfiniteQuery({
    queryKey: after === undefined ? queryKey : [...queryKey, after],
    queryFn: ({ signal, pageParam }) =>
      load({ signal, ...(pageParam === null ? {} : { cursor: pageParam }) }),
    initialPageParam: after ?? null,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: refetchInterval ?? false,
    enabled: after === undefined,
  });
}
