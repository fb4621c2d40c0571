import type { CountDecidedEvent, CountEndedEvent, CountEvent } from "../events/count-events.ts";
import type { CountResult, CountState } from "../events/count-result.ts";
import type { LedgerEvent } from "../ledger/ledger-event.ts";
import { ok, refuse, type Result } from "../result.ts";
import { type BookParts, returnToReads } from "./book-parts.ts";
import { type CountSums, isHeld, sumsOfCount } from "./count-figures.ts";
import { type CountSession, isExpired } from "./count-session.ts";
import { type CountSettlement, settleCount } from "./count-settlement.ts";
import type { ResolveEpc } from "./event-facts.ts";
import { NO_PLACE } from "./place-table.ts";
import type { EventHeader } from "./ledger-writer.ts";
import type { StockChange } from "./stock-change.ts";

export type CountDeps = { resolveEpc: ResolveEpc; isKnownProduct: (gtin: number) => boolean };

/** Turns the events of counts into events of the ledger. */
export class CountRecorder {
  readonly #parts: BookParts;
  readonly #deps: CountDeps;

  constructor(parts: BookParts, deps: CountDeps) {
    this.#parts = parts;
    this.#deps = deps;
  }

  /**
   * Refuses `unknown_count`, `count_over`, `count_expired`, `count_before_start`, `count_not_held`, and what `CountSessions`
   * and lines with EPCs refuse.
   */
  apply(header: EventHeader, event: CountEvent): Result<LedgerEvent> {
    const { counts, positions, writer } = this.#parts;
    const location = positions.locationIndex(header.locationId);
    if (event.type === "count_started") {
      const started = counts.start(header.locationId, location, event);
      return started.ok ? ok(writer.write(header, nothing())) : started;
    }
    const session = counts.find(location, event.countId);
    if (session === null) {
      const detail = `Count ${event.countId} is not known at ${header.locationId}, so nothing was taken. Start it first, then send this again.`;
      return refuse("unknown_count", detail);
    }
    switch (event.type) {
      case "count_reads": {
        const refusal = refusalUnlessOpen(session, header.occurredAtMs);
        if (refusal !== null) return refusal;
        const taken = counts.capture(session, event, this.#deps.resolveEpc);
        return taken.ok ? ok(writer.write(header, nothing())) : taken;
      }
      case "count_ended":
        return this.#end(header, session, event);
      case "count_decided":
        return this.#decide(header, session, event);
      default: {
        const never: never = event;
        throw new Error(`unhandled ${JSON.stringify(never)}`);
      }
    }
  }

  #end(header: EventHeader, session: CountSession, event: CountEndedEvent): Result<LedgerEvent> {
    const refusal = refusalUnlessOpen(session, header.occurredAtMs);
    if (refusal !== null) return refusal;
    const latestMs = latestCapture(session);
    if (header.occurredAtMs < latestMs) {
      const detail = `Count ${session.countId} ends before its last capture at ${new Date(latestMs).toISOString()}, so it goes on. Correct the clock of the device and end it again.`;
      return refuse("count_capture_time", detail);
    }
    this.#parts.counts.end(session, header.occurredAtMs);
    const settlement = this.#settle(session);
    const sums = sumsOfCount(settlement.figures);
    const { countHoldBelow } = this.#parts.settings.at(session.location);
    if (isHeld(sums, countHoldBelow)) {
      settlement.takeBack();
      session.state = "held";
      return ok(this.#write(header, event, nothing(), resultOf("held", sums, settlement)));
    }
    return ok(this.#applied(header, event, session, settlement));
  }

  #decide(header: EventHeader, session: CountSession, event: CountDecidedEvent): Result<LedgerEvent> {
    if (session.state !== "held") {
      const detail = `Count ${session.countId} is ${session.state}, not held, so there is nothing to decide; stock is unchanged.`;
      return refuse("count_not_held", detail);
    }
    const settlement = this.#settle(session);
    if (event.decision === "accept") return ok(this.#applied(header, event, session, settlement));
    settlement.takeBack();
    session.state = "rejected";
    forget(session);
    const sums = sumsOfCount(settlement.figures);
    return ok(this.#write(header, event, nothing(), resultOf("rejected", sums, settlement)));
  }

  #settle(session: CountSession): CountSettlement {
    const isRequired = this.#parts.settings.at(session.location).requireKnownProduct;
    return settleCount(this.#parts, session, (gtin) => !isRequired || this.#deps.isKnownProduct(gtin));
  }

  #applied(
    header: EventHeader,
    event: CountEndedEvent | CountDecidedEvent,
    session: CountSession,
    settlement: CountSettlement,
  ): LedgerEvent {
    const { change, captured } = settlement;
    session.state = "applied";
    session.settled = settlement.settled;
    for (const item of captured) this.#place(session, item, change);
    const sums = sumsOfCount(settlement.figures);
    const ledger = this.#write(header, event, change, resultOf("applied", sums, settlement));
    forget(session);
    return ledger;
  }

  /** A captured item is somewhere in the location at least; two reads elsewhere since then outweigh it. */
  #place(session: CountSession, item: number, change: StockChange): void {
    const { items, places, fold, tracker } = this.#parts;
    const line = session.epcs.get(items.identities.identityAt(item));
    if (items.place[item] === NO_PLACE && line !== undefined) {
      const place = places.indexOf(session.locationId, line.zoneId, null);
      tracker.restore(item, place, line.capturedAtMs);
      return;
    }
    const back = returnToReads(this.#parts, item);
    if (back === null) return;
    const more = fold.rewrite({ gtin: back.gtin, withdrawn: [], added: [back], again: -1 });
    change.lines.push(...more.lines);
    for (const row of more.items) change.items.add(row);
  }

  #write(header: EventHeader, event: CountEvent, change: StockChange, result: CountResult): LedgerEvent {
    return this.#parts.writer.write({ ...header, body: JSON.stringify({ ...event, result }) }, change);
  }
}

function refusalUnlessOpen(session: CountSession, atMs: number) {
  const { countId } = session;
  if (session.state !== "open") {
    const detail = `Count ${countId} has ended and is ${session.state}; nothing was taken. Send all captures before the end, or start another count.`;
    return refuse("count_over", detail);
  }
  if (isExpired(session, atMs)) {
    const detail = `Count ${countId} began more than 24 hours before this and was never ended; it has expired and changes nothing. Start another count.`;
    return refuse("count_expired", detail);
  }
  if (atMs >= session.startedAtMs) return null;
  const detail = `This is from before count ${countId} began; nothing was taken. Correct the clock of the device.`;
  return refuse("count_before_start", detail);
}

function latestCapture(session: CountSession): number {
  let latestMs = 0;
  for (const line of session.epcs.values()) latestMs = Math.max(latestMs, line.capturedAtMs);
  for (const line of session.quantities.values()) latestMs = Math.max(latestMs, line.capturedAtMs);
  return latestMs;
}

/** Its lines are in the ledger; what is left of it says that it was. */
function forget(session: CountSession): void {
  session.epcs = new Map();
  session.quantities = new Map();
}

function resultOf(state: CountState, sums: CountSums, settlement: CountSettlement): CountResult {
  const { missedItems, newItems, figures } = settlement;
  return { state, ...sums, missedItems, newItems, lines: figures };
}

function nothing(): StockChange {
  return { lines: [], items: new Set() };
}
