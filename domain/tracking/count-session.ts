import type { CountState } from "../events/count-result.ts";

/** A count that nobody ends is over after this time of its own. */
export const COUNT_EXPIRES_MS = 24 * 3_600_000;

/** Units of one product in one state, counted in one zone (empty: nobody said which). */
export type CapturedQuantity = {
  gtin: number;
  state: number;
  zoneId: string;
  quantity: number;
  capturedAtMs: number;
};

/** A count with what it has captured so far. `zones` and `gtins` null: all of them. Times are Unix ms. */
export type CountSession = {
  countId: string;
  locationId: string;
  location: number;
  zones: ReadonlySet<string> | null;
  gtins: ReadonlySet<number> | null;
  startedAtMs: number;
  /** Until when reads are evidence of it: its end, once that is known. */
  untilMs: number;
  /** The newest read that was taken for evidence of it. */
  usedUntilMs: number;
  endedAtMs: number;
  state: CountState;
  /** By identity: the product, and when it was captured last. */
  epcs: Map<string, { gtin: number; capturedAtMs: number; zoneId: string }>;
  quantities: Map<string, CapturedQuantity>;
  /** Products whose items it has judged, once it is applied. */
  settled: ReadonlySet<number>;
};

/** Whether an item or a product there is in the scope of the count. */
export function isInScope(session: CountSession, zoneId: string, gtin: number): boolean {
  const isZone = session.zones === null || session.zones.has(zoneId);
  return isZone && (session.gtins === null || session.gtins.has(gtin));
}

export function isExpired(session: CountSession, atMs: number): boolean {
  return session.state === "open" && atMs > session.startedAtMs + COUNT_EXPIRES_MS;
}

/** Whether both would judge the same units. */
export function isOverlapping(a: CountSession, b: CountSession): boolean {
  return shares(a.zones, b.zones) && shares(a.gtins, b.gtins);
}

function shares<T>(a: ReadonlySet<T> | null, b: ReadonlySet<T> | null): boolean {
  return a === null || b === null || [...a].some((one) => b.has(one));
}

/** Tags that were read for it, or nothing but its start and end: then the reads of readers are what it captured. */
export function isCountOfItems(session: CountSession): boolean {
  return session.epcs.size > 0 || session.quantities.size === 0;
}

/** Of two captures of the same the later one stands; of one instant the one that found more. */
export function capture(session: CountSession, line: CapturedQuantity): void {
  const key = `${line.gtin}/${line.state}/${line.zoneId}`;
  const known = session.quantities.get(key);
  const isNewer =
    known === undefined ||
    line.capturedAtMs > known.capturedAtMs ||
    (line.capturedAtMs === known.capturedAtMs && line.quantity > known.quantity);
  if (isNewer) session.quantities.set(key, line);
}

export type CountedUnits = { gtin: number; state: number; quantity: number; capturedAtMs: number };

/** What was counted by hand, its zones added up, as of the last capture of each. */
export function countedUnits(session: CountSession): CountedUnits[] {
  const sums = new Map<string, CountedUnits>();
  for (const { gtin, state, quantity, capturedAtMs } of session.quantities.values()) {
    const key = `${gtin}/${state}`;
    const sum = sums.get(key);
    if (sum === undefined) sums.set(key, { gtin, state, quantity, capturedAtMs });
    else {
      sum.quantity += quantity;
      sum.capturedAtMs = Math.max(sum.capturedAtMs, capturedAtMs);
    }
  }
  return [...sums.values()];
}
