/** Somewhere that was opened from the palette. */
export type RecentPlace = { to: string; label: string };

const KEY = "onhand.recent";
const MOST = 6;

/** A list with a place in front, once, and no longer than it may be. */
export function withRecent(places: readonly RecentPlace[], place: RecentPlace): RecentPlace[] {
  return [place, ...places.filter(({ to }) => to !== place.to)].slice(0, MOST);
}

/** The places of this browser, the last one first; none where they cannot be read. */
export function readRecent(): RecentPlace[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(stored) ? stored.filter(isPlace).slice(0, MOST) : [];
  } catch {
    return [];
  }
}

export function keepRecent(place: RecentPlace): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(withRecent(readRecent(), place)));
  } catch {
    // A browser that keeps nothing has no recent places.
  }
}

/** Addresses of this dashboard alone: what is stored here may have been written by anybody who sits at this browser. */
function isPlace(value: unknown): value is RecentPlace {
  if (typeof value !== "object" || value === null || !("to" in value) || !("label" in value)) return false;
  const { to, label } = value;
  return typeof label === "string" && typeof to === "string" && /^\/(?!\/)/.test(to);
}
