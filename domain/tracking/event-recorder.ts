import type { StockEvent, TillEvent } from "../events/stock-event.ts";
import type { TransferInEvent, TransferOutEvent } from "../events/transfer-events.ts";
import type { LedgerEvent } from "../ledger/ledger-event.ts";
import { ok, refuse, type Result } from "../result.ts";
import { type BookParts, returnToReads } from "./book-parts.ts";
import { type CountDeps, CountRecorder } from "./count-recorder.ts";
import { factsOfTillEvent, factsOfUnitsEvent, type LineFact, stateIndex } from "./event-facts.ts";
import { FACT_QUANTITY, FACT_RECEIVE, FACT_RETURN, FACT_SALE, FACT_SALE_BY_GTIN } from "./fact-log.ts";
import type { EventHeader } from "./ledger-writer.ts";
import { missedSince } from "./missed-since.ts";
import type { TransferRoute } from "./open-transfers.ts";
import type { ResolvedEpc } from "./placed-read.ts";
import { factsOfStateChange } from "./state-change-facts.ts";
import type { StockChange, StockRewrite } from "./stock-change.ts";
import { textHash } from "./text-hash.ts";
import { factsOfTransfer } from "./transfer-facts.ts";
import { TransactionMemory, type TransactionLine } from "./transaction-memory.ts";

/** Turns events of tills and of other systems into events of the ledger. */
export class EventRecorder {
  readonly #parts: BookParts;
  readonly #resolveEpc: (text: string) => ResolvedEpc | null;
  readonly #transactions: TransactionMemory;
  readonly #counts: CountRecorder;

  constructor(parts: BookParts, deps: CountDeps) {
    this.#parts = parts;
    this.#resolveEpc = deps.resolveEpc;
    this.#counts = new CountRecorder(parts, deps);
    this.#transactions = new TransactionMemory(parts.limits.maxTransactions);
  }

  applyTillEvent(header: EventHeader, event: TillEvent): Result<LedgerEvent> {
    // A person learns at the till: it is noted, and stock stays as it is.
    if (event.training === true) return ok(this.#parts.writer.write(header, nothing()));
    if (event.type === "void") return this.#applyVoid(header, event);
    const facts = factsOfTillEvent(event, this.#resolveEpc);
    if (!facts.ok) return facts;
    const lines = facts.value.map((fact) => this.#transactionLine(header, fact));
    this.#transactions.remember(header.locationId, event.terminalId, event.transactionId, lines);
    return ok(this.#record(header, lines));
  }

  applyStockEvent(header: EventHeader, event: StockEvent): Result<LedgerEvent> {
    switch (event.type) {
      case "count_started":
      case "count_reads":
      case "count_ended":
      case "count_decided":
        return this.#counts.apply(header, event);
      case "expected_receipt":
        // It is kept, and moves nothing before the goods are there.
        return ok(this.#parts.writer.write(header, nothing()));
      case "transfer_out":
      case "transfer_in":
        return this.#recordFacts(
          header,
          factsOfTransfer(event, this.#routeOf(header, event), this.#resolveEpc),
        );
      case "state_change":
        return this.#recordFacts(header, factsOfStateChange(event, this.#resolveEpc));
      case "receipt":
      case "adjustment":
      case "position":
        return this.#recordFacts(header, factsOfUnitsEvent(event, this.#resolveEpc));
      default: {
        const never: never = event;
        throw new Error(`unhandled ${JSON.stringify(never)}`);
      }
    }
  }

  #recordFacts(header: EventHeader, facts: Result<LineFact[]>): Result<LedgerEvent> {
    if (!facts.ok) return facts;
    const lines = facts.value.map((fact) => this.#transactionLine(header, fact));
    return ok(this.#record(header, lines));
  }

  #routeOf(header: EventHeader, event: TransferOutEvent | TransferInEvent): TransferRoute {
    const { positions } = this.#parts;
    const here = positions.locationIndex(header.locationId);
    const { transferId } = event;
    return event.type === "transfer_out"
      ? { from: here, to: positions.locationIndex(event.to), transferId }
      : { from: positions.locationIndex(event.from), to: here, transferId };
  }

  /** A transaction from the ledger: its items are those that it names, and else those that its movements name. */
  loadTransaction(locationId: string, event: TillEvent, ledger: LedgerEvent): void {
    const facts = factsOfTillEvent(event, this.#resolveEpc);
    if (!facts.ok || this.#transactions.knows(locationId, event.terminalId, event.transactionId)) return;
    const { items } = this.#parts;
    const named = new Set(facts.value.map((fact) => fact.identity));
    const taken = ledger.movements.filter((line) => line.reason === "sold" && line.epc !== "");
    const lines = facts.value.map((fact) => {
      const line = this.#transactionLine({ locationId, occurredAtMs: ledger.occurredAtMs }, fact);
      const isTaken = (epc: string) => (fact.identity === "" ? !named.has(epc) : fact.identity === epc);
      for (const movement of taken) {
        if (movement.gtin !== fact.gtin || !isTaken(movement.epc)) continue;
        if (line.detail.taken.length >= fact.quantity) continue;
        const item = items.identities.find(movement.epc);
        const state = stateIndex(movement.state);
        if (item !== -1) line.detail.taken.push({ item, state, status: 0, isClaimed: 0 });
        named.add(movement.epc);
      }
      return line;
    });
    this.#transactions.remember(locationId, event.terminalId, event.transactionId, lines);
  }

  #transactionLine(header: { locationId: string; occurredAtMs: number }, fact: LineFact): TransactionLine {
    const { items, positions } = this.#parts;
    let item = -1;
    if (fact.identity !== "") {
      item = items.identities.find(fact.identity);
      if (item === -1) item = items.add(fact.identity, fact.gtin, header.occurredAtMs);
    }
    return { ...fact, item, location: positions.locationIndex(header.locationId), isVoided: false };
  }

  #record(header: EventHeader, lines: TransactionLine[]): LedgerEvent {
    const { items, positions } = this.#parts;
    const rewrites = new Map<number, StockRewrite>();
    for (const [index, line] of lines.entries()) {
      // An item that was read first belongs to the product it was read as.
      const gtin = line.item === -1 ? line.gtin : (items.gtin[line.item] ?? line.gtin);
      const rewrite = rewriteOf(rewrites, gtin);
      rewrite.added.push({
        kind: line.kind,
        gtin,
        atMs: header.occurredAtMs,
        item: line.item,
        location: line.location,
        state: stateIndex(line.state),
        quantity: line.quantity,
        tie: textHash(`${header.eventId}/${index}`),
        detail: line.detail,
      });
      positions.setSeen(header.locationId, gtin, header.occurredAtMs);
      if (line.item === -1) continue;
      items.noteSeen(line.item, header.occurredAtMs);
      if (line.kind !== FACT_RECEIVE && line.kind !== FACT_RETURN) continue;
      const { item, location } = line;
      const missed = missedSince(this.#parts, { item, gtin, location, atMs: header.occurredAtMs });
      if (missed !== null) rewrite.added.push(missed);
    }
    return this.#apply(header, rewrites);
  }

  /** Takes an earlier transaction back: as if its lines had never been. */
  #applyVoid(header: EventHeader, event: TillEvent): Result<LedgerEvent> {
    if (event.voids === undefined) {
      const detail = "The void names no transaction, so there is nothing to take back. Name the transaction.";
      return refuse("no_transaction_named", detail);
    }
    const lines = this.#transactions.takeForVoid(header.locationId, event.terminalId, event.voids);
    if (!lines.ok) return lines;
    const rewrites = new Map<number, StockRewrite>();
    for (const line of lines.value) {
      const { items } = this.#parts;
      const gtin = line.item === -1 ? line.gtin : (items.gtin[line.item] ?? line.gtin);
      const rewrite = rewriteOf(rewrites, gtin);
      if (line.detail.fact !== -1) rewrite.withdrawn.push(line.detail.fact);
      else this.#oppose(header, line, rewrite);
    }
    return ok(this.#apply(header, rewrites));
  }

  /** What the line did is no longer in the log: it is taken back by its opposite. */
  #oppose(header: EventHeader, line: TransactionLine, rewrite: StockRewrite): void {
    const isSale = line.kind === FACT_SALE || line.kind === FACT_SALE_BY_GTIN;
    const add = (kind: number, item: number, state: number, quantity: number) => {
      rewrite.added.push({
        kind,
        gtin: rewrite.gtin,
        atMs: header.occurredAtMs,
        item,
        location: line.location,
        state,
        quantity,
        tie: textHash(`${header.eventId}/${line.lineNo}/${rewrite.added.length}`),
        detail: { fact: -1, reason: "reversed", reservationId: "", orderId: "", taken: [] },
      });
    };
    if (isSale) {
      for (const { item, state } of line.detail.taken) add(FACT_RETURN, item, state, 1);
      const unnamed = line.quantity - line.detail.taken.length;
      if (unnamed > 0) add(FACT_QUANTITY, -1, stateIndex(line.state), unnamed);
    } else if (line.item === -1) add(FACT_QUANTITY, -1, stateIndex(line.state), -line.quantity);
    else add(FACT_SALE, line.item, stateIndex(line.state), 1);
  }

  #apply(header: EventHeader, rewrites: Map<number, StockRewrite>): LedgerEvent {
    const all = nothing();
    const add = (change: StockChange) => {
      all.lines.push(...change.lines);
      for (const item of change.items) all.items.add(item);
    };
    for (const rewrite of rewrites.values()) {
      add(this.#parts.fold.rewrite(rewrite));
      const named = new Set(rewrite.added.map(({ item }) => item).filter((item) => item !== -1));
      for (const item of named) {
        all.items.add(item);
        const back = returnToReads(this.#parts, item);
        if (back === null) continue;
        add(this.#parts.fold.rewrite({ gtin: rewrite.gtin, withdrawn: [], added: [back], again: -1 }));
      }
    }
    return this.#parts.writer.write(header, all);
  }
}

function nothing(): StockChange {
  return { lines: [], items: new Set() };
}

function rewriteOf(rewrites: Map<number, StockRewrite>, gtin: number): StockRewrite {
  let rewrite = rewrites.get(gtin);
  if (rewrite === undefined) {
    rewrite = { gtin, withdrawn: [], added: [], again: -1 };
    rewrites.set(gtin, rewrite);
  }
  return rewrite;
}
