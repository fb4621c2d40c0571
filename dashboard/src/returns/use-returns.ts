import type { ReturnQuery } from "../../../client/return-calls.ts";
import { useLive } from "../live/live-context.tsx";
import { usePages } from "../live/use-pages.ts";

const REFRESH_MS = 10_000;
const PAGE_ROWS = 50;

/** Returns, the newest first. */
export function useReturns(filter: Pick<ReturnQuery, "location" | "status" | "flagged" | "boughtIn">) {
  const { client } = useLive();
  return usePages(
    ["returns", filter],
    (page) => client.returns.list({ ...page, ...filter, limit: PAGE_ROWS }),
    { refetchInterval: REFRESH_MS },
  );
}
