import type { CountReadsEvent, CountStartedEvent } from "../events/count-events.ts";
import { ok, refuse, type Result } from "../result.ts";
import { COUNT_EXPIRES_MS, capture, type CountSession, isExpired, isOverlapping } from "./count-session.ts";
import { itemOfLine, type ResolveEpc, stateIndex } from "./event-facts.ts";

/** Lines that one count may capture; a location that needs more is counted by zones. */
const MAX_CAPTURED = 1_000_000;
/** Counts remembered at one location. Those that nobody waits for any more go first. */
const MAX_SESSIONS = 500;

/** The counts of all locations: those that are open, those that are held, and the last ones that are over. */
export class CountSessions {
  readonly #byLocation = new Map<number, Map<string, CountSession>>();

  find(location: number, countId: string): CountSession | null {
    return this.#byLocation.get(location)?.get(countId) ?? null;
  }

  at(location: number): Iterable<CountSession> {
    return this.#byLocation.get(location)?.values() ?? [];
  }

  /**
   * Whether a read of that zone at that time is evidence of an open count. What it once said of a time it says of it for
   * ever, so that reads can be folded again.
   */
  isOpenAt(location: number, zoneId: string, atMs: number): boolean {
    const sessions = this.#byLocation.get(location);
    if (sessions === undefined) return false;
    for (const session of sessions.values()) {
      const isInTime = atMs >= session.startedAtMs && atMs <= session.untilMs;
      if (!isInTime || !(session.zones === null || session.zones.has(zoneId))) continue;
      if (session.endedAtMs === 0) session.usedUntilMs = Math.max(session.usedUntilMs, atMs);
      return true;
    }
    return false;
  }

  /** Refuses `count_exists` and `count_overlaps`. */
  start(locationId: string, location: number, event: CountStartedEvent): Result<CountSession> {
    if (this.find(location, event.countId) !== null) {
      const detail = `Count ${event.countId} was started before; it goes on as it is. Give another count an id of its own.`;
      return refuse("count_exists", detail);
    }
    const startedAtMs = Date.parse(event.startedAt ?? event.occurredAt);
    const session: CountSession = {
      countId: event.countId,
      locationId,
      location,
      zones: event.zones === undefined ? null : new Set(event.zones),
      gtins: event.gtins === undefined ? null : new Set(event.gtins.map(Number)),
      startedAtMs,
      untilMs: startedAtMs + COUNT_EXPIRES_MS,
      usedUntilMs: 0,
      endedAtMs: 0,
      state: "open",
      epcs: new Map(),
      quantities: new Map(),
      settled: new Set(),
    };
    for (const other of this.at(location)) {
      const isOpen = other.state === "open" && !isExpired(other, startedAtMs);
      if (!isOpen || !isOverlapping(other, session)) continue;
      const detail = `Count ${other.countId} is open and covers the same; this one was not started. End that one first, or count other zones or products.`;
      return refuse("count_overlaps", detail);
    }
    this.#add(session);
    return ok(session);
  }

  /** Takes captured lines, all or none. */
  capture(session: CountSession, event: CountReadsEvent, resolveEpc: ResolveEpc): Result<null> {
    const refusal = refusalOfCaptures(session, event);
    if (refusal !== null) return refusal;
    const captured: [string, { gtin: number; capturedAtMs: number; zoneId: string }][] = [];
    for (const [index, line] of (event.epcs ?? []).entries()) {
      // A tag that names no product is read in every count; it is none of its units.
      const resolved = resolveEpc(line.epc);
      if (resolved !== null && resolved.identity !== "" && resolved.gtin === 0) continue;
      const named = itemOfLine({ lineNo: index + 1, epc: line.epc }, resolveEpc);
      if (!named.ok) return named;
      const capturedAtMs = Date.parse(line.capturedAt);
      captured.push([
        named.value.identity,
        { gtin: named.value.gtin, capturedAtMs, zoneId: line.zoneId ?? "" },
      ]);
    }
    for (const [identity, line] of captured) {
      const known = session.epcs.get(identity);
      if (known === undefined || line.capturedAtMs > known.capturedAtMs) session.epcs.set(identity, line);
    }
    for (const line of event.quantities ?? []) {
      capture(session, {
        gtin: Number(line.gtin),
        state: stateIndex(line.state),
        zoneId: line.zoneId ?? "",
        quantity: line.quantity,
        capturedAtMs: Date.parse(line.capturedAt),
      });
    }
    return ok(null);
  }

  /** It is over: no more lines are taken. */
  end(session: CountSession, endedAtMs: number): void {
    session.endedAtMs = endedAtMs;
    session.untilMs = Math.max(endedAtMs, session.usedUntilMs);
  }

  #add(session: CountSession): void {
    const sessions = this.#byLocation.get(session.location) ?? new Map<string, CountSession>();
    this.#byLocation.set(session.location, sessions);
    sessions.set(session.countId, session);
    if (sessions.size <= MAX_SESSIONS) return;
    for (const old of sessions.values()) {
      const isOver =
        old.state === "applied" || old.state === "rejected" || isExpired(old, session.startedAtMs);
      if (!isOver) continue;
      sessions.delete(old.countId);
      return;
    }
  }
}

function refusalOfCaptures(session: CountSession, event: CountReadsEvent) {
  const { epcs = [], quantities = [] } = event;
  if (quantities.length > 0 && session.zones !== null) {
    const detail = `Count ${session.countId} is of zones, and of units without tags nobody knows the zone; nothing was taken. Count them in a count of the whole location.`;
    return refuse("count_quantities_in_zones", detail);
  }
  if (session.epcs.size + session.quantities.size + epcs.length + quantities.length > MAX_CAPTURED) {
    const detail = `Count ${session.countId} has captured as much as one count may; nothing of this was taken. Count by zones.`;
    return refuse("count_too_large", detail);
  }
  const latestMs = Date.parse(event.occurredAt);
  for (const { capturedAt } of [...epcs, ...quantities]) {
    const atMs = Date.parse(capturedAt);
    if (atMs >= session.startedAtMs && atMs <= latestMs) continue;
    const detail = `A line was captured at ${capturedAt}, before its count began or after its message; nothing was taken. Correct the clock of the device.`;
    return refuse("count_capture_time", detail);
  }
  return null;
}
