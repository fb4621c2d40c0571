import type { TransferInEvent, TransferOutEvent } from "../events/transfer-events.ts";
import { ok, refuse, type Result } from "../result.ts";
import { itemOfLine, type LineFact, lineFact, type ResolveEpc } from "./event-facts.ts";
import { FACT_QUANTITY, FACT_RECEIVE, FACT_SHIP } from "./fact-log.ts";
import type { TransferRoute } from "./open-transfers.ts";

/**
 * What a transfer says at the end that tells of it: items by name, and units without identity. Refuses the whole event when one
 * line makes no sense, and `transfer_to_itself`.
 */
export function factsOfTransfer(
  event: TransferOutEvent | TransferInEvent,
  route: TransferRoute,
  resolveEpc: ResolveEpc,
): Result<LineFact[]> {
  if (route.from === route.to) {
    const detail = `Transfer ${event.transferId} begins and ends at the same location; nothing was changed. Name the other end.`;
    return refuse("transfer_to_itself", detail);
  }
  const isOut = event.type === "transfer_out";
  const reason = isOut ? "transferred_out" : "transferred_in";
  const facts: LineFact[] = [];
  const seen = new Set<string>();
  for (const [index, line] of event.lines.entries()) {
    const lineNo = index + 1;
    const epcs = line.epcs ?? [];
    if (line.quantity <= 0) {
      const detail = `Line ${lineNo} of the transfer is of ${line.quantity} units; nothing was changed. Send a quantity above 0.`;
      return refuse("quantity_not_positive", detail);
    }
    if (epcs.length > line.quantity) {
      const detail = `Line ${lineNo} names ${epcs.length} EPCs for ${line.quantity} units; nothing was changed. Correct the quantity or the EPCs.`;
      return refuse("more_epcs_than_units", detail);
    }
    let unnamed = line.quantity;
    for (const text of epcs) {
      const named = itemOfLine({ lineNo, gtin: line.gtin, epc: text }, resolveEpc);
      if (!named.ok) return named;
      if (seen.has(named.value.identity)) continue;
      seen.add(named.value.identity);
      unnamed--;
      const fact = lineFact(lineNo, isOut ? FACT_SHIP : FACT_RECEIVE, named.value, line.state, 1, reason);
      fact.detail.route = route;
      facts.push(fact);
    }
    if (unnamed === 0) continue;
    const product = { identity: "", gtin: Number(line.gtin) };
    const units = isOut ? -unnamed : unnamed;
    const fact = lineFact(lineNo, FACT_QUANTITY, product, line.state, units, reason);
    fact.detail.route = route;
    facts.push(fact);
  }
  return ok(facts);
}
