const FRESH_MS = 15_000;
/** Locations whose summary is kept. */
const MAX_KEPT = 500;

/**
 * Counting all lists reads much, and every open dashboard asks for it: an answer is given to all who ask for the same
 * location within 15 seconds, also to those who ask while it is being made.
 */
export function createSummaryCache<Summary>(deps: {
  nowMs(): number;
  summarise(location: string): Promise<Summary>;
}) {
  const kept = new Map<string, { atMs: number; summary: Promise<Summary> }>();
  return {
    get(location: string): Promise<Summary> {
      const nowMs = deps.nowMs();
      const known = kept.get(location);
      if (known !== undefined && nowMs - known.atMs < FRESH_MS) return known.summary;
      if (kept.size >= MAX_KEPT) kept.clear();
      const summary = deps.summarise(location);
      kept.set(location, { atMs: nowMs, summary });
      summary.catch(() => kept.delete(location));
      return summary;
    },
  };
}
