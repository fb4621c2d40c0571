import type { CountEvent } from "../events/count-events.ts";
import type { CountResult } from "../events/count-result.ts";
import type { TransferInEvent, TransferOutEvent } from "../events/transfer-events.ts";
import type { StockState } from "../stock-state.ts";
import type { BookParts } from "./book-parts.ts";
import { type CountedUnits, type CountSession, countedUnits, isCountOfItems } from "./count-session.ts";
import { type ResolveEpc, stateIndex } from "./event-facts.ts";
import { FACT_COUNT, FACT_HISTORY, FACT_SETTLE, type FactDraft } from "./fact-log.ts";

/** A change of one product from before a restart: `items` of the units that came (or went) were items by name. */
export type HistoryLine = {
  locationId: string;
  gtin: number;
  state: StockState;
  quantity: number;
  items: number;
  atMs: number;
};

/**
 * Brings back from the ledger what only memory knew of counts and transfers: what open counts have captured, which counts an
 * event that comes late has to be measured against, what is on its way. Positions and items are loaded before it.
 */
export class HistoryLoader {
  readonly #parts: BookParts;
  readonly #resolveEpc: ResolveEpc;

  constructor(parts: BookParts, resolveEpc: ResolveEpc) {
    this.#parts = parts;
    this.#resolveEpc = resolveEpc;
  }

  /** In the order of the ledger. `result` is what the event made of its count, null when it ended none. */
  loadCount(locationId: string, event: CountEvent, result: CountResult | null): void {
    const { counts, positions } = this.#parts;
    const location = positions.locationIndex(locationId);
    if (event.type === "count_started") {
      counts.start(locationId, location, event);
      return;
    }
    const session = counts.find(location, event.countId);
    if (session === null) return;
    if (event.type === "count_reads") {
      counts.capture(session, event, this.#resolveEpc);
      return;
    }
    if (event.type === "count_ended") counts.end(session, Date.parse(event.occurredAt));
    if (result === null) return;
    session.state = result.state;
    if (result.state === "applied") this.#restoreApplied(session, result.lines.gtins);
    if (result.state === "held") return;
    session.epcs = new Map();
    session.quantities = new Map();
  }

  /** In the order of the ledger: what both ends have told. */
  loadTransfer(locationId: string, event: TransferOutEvent | TransferInEvent): void {
    const { transfers, positions, items } = this.#parts;
    const here = positions.locationIndex(locationId);
    const atMs = Date.parse(event.occurredAt);
    const isOut = event.type === "transfer_out";
    const route = isOut
      ? { from: here, to: positions.locationIndex(event.to), transferId: event.transferId }
      : { from: positions.locationIndex(event.from), to: here, transferId: event.transferId };
    for (const line of event.lines) {
      const transfer = transfers.of(route, Number(line.gtin), atMs);
      const identities = new Set(
        (line.epcs ?? []).map((epc) => this.#resolveEpc(epc)?.identity ?? "").filter((one) => one !== ""),
      );
      const unnamed = line.quantity - identities.size;
      if (unnamed > 0) transfers.tell(transfer, isOut ? -unnamed : unnamed);
      for (const identity of identities) {
        const item = items.identities.find(identity);
        if (isOut) transfers.ship(transfer, item);
        else if (item !== -1) transfers.arrive(transfer, item, true, false);
      }
    }
  }

  /** An item that readers at the destination saw come in, without a line of the sender: it came by a transfer. */
  loadArrival(locationId: string, identity: string, atMs: number): void {
    const { transfers, positions, items } = this.#parts;
    const item = items.identities.find(identity);
    if (item === -1) return;
    const location = positions.locationIndex(locationId);
    const transfer = transfers.awaiting(items.gtin[item] ?? 0, item, location, -1, atMs);
    if (transfer !== null) transfers.arrive(transfer, item, false, false);
  }

  /** A change since a count began that is not applied yet. It is in the positions already. Load it before the counts. */
  loadHistory(line: HistoryLine): void {
    const { log, positions } = this.#parts;
    const { gtin, atMs, quantity } = line;
    const location = positions.locationIndex(line.locationId);
    log.restore(
      restored({ kind: FACT_HISTORY, gtin, location, state: stateIndex(line.state), atMs, quantity }),
      line.items,
    );
  }

  /** What was counted stands against what is told late of an earlier time, as if it had been counted now. */
  #restoreApplied(session: CountSession, judged: readonly number[]): void {
    const byHand = countedUnits(session);
    for (const units of byHand) this.#restoreUnits(session, units);
    const isWhole = session.zones === null && isCountOfItems(session);
    if (!isWhole) return;
    const counted = new Set(byHand.map((units) => units.gtin));
    const settled = judged.filter((gtin) => !counted.has(gtin));
    session.settled = new Set(settled);
    const { fold, log, positions } = this.#parts;
    for (const gtin of settled) {
      const row = positions.ensureRow(session.location, gtin);
      const { location, startedAtMs: atMs } = session;
      const unnamedUnits = (fact: number) => (log.quantity[fact] ?? 0) - (log.effect[fact] ?? 0);
      const quantity = fold.unidentifiedAt(row) - this.#since(location, gtin, atMs, unnamedUnits);
      log.restore(restored({ kind: FACT_SETTLE, gtin, location, state: 0, atMs, quantity }), 0);
    }
  }

  /** The sum over what was loaded of the product's history since then. */
  #since(location: number, gtin: number, sinceMs: number, unitsOf: (fact: number) => number): number {
    const { log } = this.#parts;
    let sum = 0;
    let fact = log.newestOf(gtin);
    for (; fact !== -1 && (log.at[fact] ?? 0) > sinceMs; fact = log.older[fact] ?? -1) {
      if (log.kind[fact] === FACT_HISTORY && log.location[fact] === location) sum += unitsOf(fact);
    }
    return sum;
  }

  #restoreUnits(session: CountSession, { gtin, state, capturedAtMs }: CountedUnits): void {
    const { log, positions } = this.#parts;
    const { location } = session;
    const row = positions.ensureRow(location, gtin);
    const unitsInState = (fact: number) => (log.state[fact] === state ? (log.quantity[fact] ?? 0) : 0);
    const quantity =
      positions.quantityAt(row, state) - this.#since(location, gtin, capturedAtMs, unitsInState);
    log.restore(restored({ kind: FACT_COUNT, gtin, location, state, atMs: capturedAtMs, quantity }), 0);
  }
}

type Restored = Pick<FactDraft, "kind" | "gtin" | "location" | "state" | "atMs" | "quantity">;

function restored(draft: Restored): FactDraft {
  const detail = { fact: -1, reason: "counted" as const, reservationId: "", orderId: "", taken: [] };
  return { ...draft, item: -1, tie: 0, detail };
}
