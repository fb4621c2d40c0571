import type { StockLine } from "../events/event-base.ts";
import type { TillEvent, UnitsEvent } from "../events/stock-event.ts";
import { ok, refuse, type Result } from "../result.ts";
import { STOCK_STATES, type StockState } from "../stock-state.ts";
import type { FactDetail } from "./fact-log.ts";
import {
  FACT_POSITION,
  FACT_QUANTITY,
  FACT_RECEIVE,
  FACT_RETURN,
  FACT_SALE,
  FACT_SALE_BY_GTIN,
} from "./fact-log.ts";
import type { ResolvedEpc } from "./placed-read.ts";

/** What one line of an event says, before its item has a row. `identity` empty: it names no item. */
export type LineFact = {
  lineNo: number;
  kind: number;
  gtin: number;
  identity: string;
  state: StockState;
  quantity: number;
  detail: FactDetail;
};

type TillLine = NonNullable<TillEvent["lines"]>[number];
export type ResolveEpc = (text: string) => ResolvedEpc | null;

/** What a sale, return or exchange says; `till-voids.ts` reads voids. Refuses the whole event when one line makes no sense. */
export function factsOfTillEvent(event: TillEvent, resolveEpc: ResolveEpc): Result<LineFact[]> {
  if (event.lines === undefined || event.lines.length === 0) {
    return refuse(
      "no_lines",
      `The ${event.type} has no lines, so stock did not change. Send it with its lines.`,
    );
  }
  const facts: LineFact[] = [];
  for (const line of event.lines) {
    const type = line.type ?? (event.type === "exchange" ? null : event.type);
    if (type !== "sale" && type !== "return") {
      const detail = `Line ${line.lineNo} of the exchange says neither sale nor return; nothing was changed. Give each line its type.`;
      return refuse("line_without_type", detail);
    }
    const named = itemOfLine(line, resolveEpc);
    if (!named.ok) return named;
    facts.push(...(type === "sale" ? factsOfSale(line, named.value) : factsOfReturn(line, named.value)));
  }
  return ok(facts);
}

/** What a receipt, an adjustment or a position says. Refuses the whole event when one line makes no sense. */
export function factsOfUnitsEvent(event: UnitsEvent, resolveEpc: ResolveEpc): Result<LineFact[]> {
  const facts: LineFact[] = [];
  for (const [index, line] of event.lines.entries()) {
    const refusal = refusalOfStockLine(event.type, index + 1, line);
    if (refusal !== null) return refusal;
    let unnamed = line.quantity;
    const seen = new Set<string>();
    for (const text of line.epcs ?? []) {
      const named = itemOfLine({ lineNo: index + 1, gtin: line.gtin, epc: text }, resolveEpc);
      if (!named.ok) return named;
      if (seen.has(named.value.identity)) continue;
      seen.add(named.value.identity);
      unnamed--;
      facts.push(lineFact(index + 1, FACT_RECEIVE, named.value, line.state, 1, "received"));
    }
    const product = { identity: "", gtin: Number(line.gtin) };
    if (event.type === "position") {
      facts.push(lineFact(index + 1, FACT_POSITION, product, line.state, line.quantity, "adjusted"));
    } else if (unnamed !== 0) {
      const reason = event.type === "receipt" ? "received" : "adjusted";
      facts.push(lineFact(index + 1, FACT_QUANTITY, product, line.state, unnamed, reason));
    }
  }
  return ok(facts);
}

function factsOfSale(line: TillLine, named: ResolvedEpc): LineFact[] {
  const facts: LineFact[] = [];
  const isNamed = named.identity !== "";
  const links = { reservationId: line.reservationId ?? "", orderId: line.orderId ?? "" };
  if (isNamed) facts.push(lineFact(line.lineNo, FACT_SALE, named, "sellable", 1, "sold", links));
  const unnamed = line.quantity - (isNamed ? 1 : 0);
  const product = { identity: "", gtin: named.gtin };
  if (unnamed > 0) {
    facts.push(lineFact(line.lineNo, FACT_SALE_BY_GTIN, product, "sellable", unnamed, "sold", links));
  }
  return facts;
}

/** A returned unit waits for a look (`inspect`) unless the till says that it went back on the shelf, or in which state it is. */
function factsOfReturn(line: TillLine, named: ResolvedEpc): LineFact[] {
  const facts: LineFact[] = [];
  const state = line.state ?? (line.restock === true ? "sellable" : "inspect");
  const isNamed = named.identity !== "";
  const links = { reservationId: line.reservationId ?? "", orderId: line.orderId ?? "" };
  if (isNamed) facts.push(lineFact(line.lineNo, FACT_RETURN, named, state, 1, "returned", links));
  const unnamed = line.quantity - (isNamed ? 1 : 0);
  const product = { identity: "", gtin: named.gtin };
  if (unnamed > 0)
    facts.push(lineFact(line.lineNo, FACT_QUANTITY, product, state, unnamed, "returned", links));
  return facts;
}

/** One fact of a line, for an event that is not applied yet. */
export function lineFact(
  lineNo: number,
  kind: number,
  product: ResolvedEpc,
  state: StockState,
  quantity: number,
  reason: FactDetail["reason"],
  links: { reservationId: string; orderId: string } = { reservationId: "", orderId: "" },
): LineFact {
  const detail: FactDetail = { fact: -1, reason, ...links, taken: [] };
  return { lineNo, kind, gtin: product.gtin, identity: product.identity, state, quantity, detail };
}

type NamedLine = {
  lineNo: number;
  gtin?: string | undefined;
  gtin14?: string | undefined;
  epc?: string | null | undefined;
};

/** The product of a line, and the item when it names one. */
export function itemOfLine(line: NamedLine, resolveEpc: ResolveEpc): Result<ResolvedEpc> {
  const gtin = Number(line.gtin ?? line.gtin14 ?? 0);
  const epcText = line.epc ?? "";
  if (epcText === "") {
    if (gtin > 0) return ok({ identity: "", gtin });
    const detail = `Line ${line.lineNo} names neither a GTIN nor an EPC, so no stock was changed. Name one of them.`;
    return refuse("line_without_product", detail);
  }
  const epc = resolveEpc(epcText);
  if (epc === null || epc.identity === "") {
    const detail = `The EPC of line ${line.lineNo} is neither hex nor a URI that can be read; nothing was changed. Correct it, or send the line with its GTIN alone.`;
    return refuse("epc_not_readable", detail);
  }
  if (gtin > 0 && epc.gtin > 0 && gtin !== epc.gtin) {
    const detail = `Line ${line.lineNo} names GTIN ${gtin}, its EPC ${epc.gtin}; nothing was changed. Correct the one that is wrong.`;
    return refuse("epc_product_mismatch", detail);
  }
  if (gtin > 0 || epc.gtin > 0) return ok({ identity: epc.identity, gtin: gtin || epc.gtin });
  const detail = `The EPC of line ${line.lineNo} names no product, and the line has no GTIN; nothing was changed. Add the GTIN.`;
  return refuse("line_without_product", detail);
}

function refusalOfStockLine(type: UnitsEvent["type"], lineNo: number, line: StockLine) {
  const epcs = line.epcs?.length ?? 0;
  if (type !== "receipt" && epcs > 0) {
    const detail = `Line ${lineNo} names EPCs, but a ${type} is about quantities; nothing was changed. Leave the EPCs out, or send a receipt for units that came in.`;
    return refuse("epcs_not_accepted", detail);
  }
  if (type === "receipt" && line.quantity <= 0) {
    const detail = `Line ${lineNo} receives ${line.quantity} units; nothing was changed. Send a quantity above 0, or an adjustment to take units away.`;
    return refuse("quantity_not_positive", detail);
  }
  if (type === "receipt" && epcs > line.quantity) {
    const detail = `Line ${lineNo} names ${epcs} EPCs for ${line.quantity} units; nothing was changed. Correct the quantity or the EPCs.`;
    return refuse("more_epcs_than_units", detail);
  }
  if (type === "position" && line.quantity < 0) {
    const detail = `Line ${lineNo} says ${line.quantity} units are on hand; nothing was changed. A book cannot hold less than 0.`;
    return refuse("quantity_negative", detail);
  }
  return null;
}

/** The index of a state in `STOCK_STATES`. */
export function stateIndex(state: StockState): number {
  return STOCK_STATES.indexOf(state);
}
