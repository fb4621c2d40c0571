import { type LogEntry, readClientLog } from "./client-log.ts";

/** What the clients' files say, with nothing taken from the run's own counters. */
export type LogCount = {
  attempts: number;
  granted: number;
  refused: number;
  /** Confirmed, so kept until it was handed over or released in the end. */
  kept: number;
  /** Attempts without a definite answer. */
  open: number;
  /** The most units of one product that were surely held at one instant. */
  peakByGtin: Map<string, number>;
  /** Ids of all reservations that a client was told of. */
  grantedIds: Set<string>;
  keptIds: Set<string>;
};

type Held = { gtin: string; fromMs: number; untilMs: number };

/**
 * A hold surely counts from its grant, as the answer states it, until it expires, or until the client asks for its
 * release (or to hand it over); after a confirmation it does not expire. Sweeping over these spans gives a lower bound of what was
 * held at an instant: if even that is more than there were units, too many were granted.
 */
export async function countLogs(files: readonly string[]): Promise<LogCount> {
  const holds: Held[] = [];
  const count: LogCount = {
    attempts: 0,
    granted: 0,
    refused: 0,
    kept: 0,
    open: 0,
    peakByGtin: new Map(),
    grantedIds: new Set(),
    keptIds: new Set(),
  };
  for (const file of files) {
    /** A client has one attempt at a time. */
    let asked: Extract<LogEntry, { ask: string }> | null = null;
    let held: Held | null = null;
    const heldById = new Map<number, Held>();
    for await (const entry of readClientLog(file)) {
      if ("ask" in entry) {
        if (asked !== null) count.open += 1;
        asked = entry;
        if (entry.ask === "hold") count.attempts += 1;
        held = heldById.get(entry.attempt) ?? null;
        if ((entry.ask === "release" || entry.ask === "fulfil") && held !== null) {
          held.untilMs = Math.min(held.untilMs, entry.atMs);
        }
      } else if ("got" in entry && asked !== null) {
        if (asked.ask === "hold") {
          count.granted += 1;
          count.grantedIds.add(entry.id);
          held = { gtin: asked.gtin, fromMs: Date.parse(entry.changedAt), untilMs: endOf(entry.expiresAt) };
          holds.push(held);
          heldById.set(entry.attempt, held);
        } else if (asked.ask === "confirm") {
          count.kept += 1;
          count.keptIds.add(entry.id);
          if (held !== null) held.untilMs = Number.POSITIVE_INFINITY;
        } else if (asked.ask === "extend" && held !== null) {
          const changedMs = Date.parse(entry.changedAt);
          // What had lapsed was granted anew, and did not count in between.
          if (changedMs < held.untilMs) held.untilMs = Math.max(held.untilMs, endOf(entry.expiresAt));
          else holds.push({ gtin: held.gtin, fromMs: changedMs, untilMs: endOf(entry.expiresAt) });
        }
        asked = null;
      } else if ("refused" in entry && asked !== null) {
        if (asked.ask === "hold") count.refused += 1;
        asked = null;
      }
    }
    if (asked !== null) count.open += 1;
  }
  count.peakByGtin = peaksOf(holds);
  return count;
}

function endOf(expiresAt: string | null): number {
  return expiresAt === null ? Number.POSITIVE_INFINITY : Date.parse(expiresAt);
}

/** The most units held at once, by product. Of one instant, ends come before beginnings. */
function peaksOf(holds: readonly Held[]): Map<string, number> {
  const steps = holds
    .filter(({ fromMs, untilMs }) => untilMs > fromMs)
    .flatMap(({ gtin, fromMs, untilMs }) => [
      { gtin, atMs: fromMs, by: 1 },
      { gtin, atMs: untilMs, by: -1 },
    ])
    .sort((one, other) => (one.atMs === other.atMs ? one.by - other.by : one.atMs - other.atMs));
  const held = new Map<string, number>();
  const peaks = new Map<string, number>();
  for (const { gtin, by } of steps) {
    const units = (held.get(gtin) ?? 0) + by;
    held.set(gtin, units);
    peaks.set(gtin, Math.max(peaks.get(gtin) ?? 0, units));
  }
  return peaks;
}
