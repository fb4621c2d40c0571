import type { Location } from "../../domain/location.ts";
import type { LocationStore } from "../master-data/location-store.ts";

const PAGE = 1_000;
const KEPT_MS = 2_000;

/** Every location, read again when the last reading is older than 2 s. */
export function createAllLocations(deps: { locations: LocationStore; nowMs(): number }) {
  let kept: { atMs: number; locations: Promise<Location[]> } | null = null;

  async function load(): Promise<Location[]> {
    const all: Location[] = [];
    for (let after = ""; ; after = all.at(-1)?.locationId ?? "") {
      const page = await deps.locations.list({ after, query: "", limit: PAGE });
      all.push(...page.slice(0, PAGE));
      if (page.length <= PAGE) return all;
    }
  }

  return async (): Promise<readonly Location[]> => {
    const now = deps.nowMs();
    if (kept !== null && now - kept.atMs < KEPT_MS && now >= kept.atMs) return await kept.locations;
    const locations = load();
    kept = { atMs: now, locations };
    locations.catch(() => {
      kept = null;
    });
    return await locations;
  };
}
export type AllLocations = ReturnType<typeof createAllLocations>;
