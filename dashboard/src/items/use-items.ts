import { itemStatusSchema } from "../../../domain/api/items.ts";
import { useLive } from "../live/live-context.tsx";
import { usePages } from "../live/use-pages.ts";

const REFRESH_MS = 10_000;
const PAGE_ROWS = 100;

/** Empty text leaves nothing out. */
export type ItemFilter = { gtin: string; location: string; zone: string; status: string };

/** Reads the filter from the address; a status that it does not know is ignored. */
export function parseItemFilter(search: URLSearchParams): ItemFilter {
  const text = (name: string) => search.get(name) ?? "";
  const status = itemStatusSchema.options.find((each) => each === search.get("status")) ?? "";
  return { gtin: text("gtin"), location: text("location"), zone: text("zone"), status };
}

export function useItems(filter: ItemFilter) {
  const { client } = useLive();
  const asked = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ""));
  return usePages(["items", filter], (page) => client.items.list({ ...asked, ...page, limit: PAGE_ROWS }), {
    refetchInterval: REFRESH_MS,
  });
}
