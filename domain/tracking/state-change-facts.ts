import type { StateChangeEvent } from "../events/state-change-event.ts";
import { ok, refuse, type Result } from "../result.ts";
import { itemOfLine, type LineFact, lineFact, type ResolveEpc, stateIndex } from "./event-facts.ts";
import { FACT_QUANTITY, FACT_STATE } from "./fact-log.ts";
import { reasonOfStates } from "./item-outcome-of-events.ts";

/**
 * What a change of state says: an item by name, or so many units that go from one state to another. Refuses the whole event
 * when one line makes no sense: `state_not_changed`, `more_units_than_epc`, and the codes of products and EPCs.
 */
export function factsOfStateChange(event: StateChangeEvent, resolveEpc: ResolveEpc): Result<LineFact[]> {
  const facts: LineFact[] = [];
  for (const [index, line] of event.lines.entries()) {
    const lineNo = index + 1;
    if (line.from === line.to) {
      const detail = `Line ${lineNo} goes from ${line.from} to ${line.to}, so nothing was changed. Name the new state.`;
      return refuse("state_not_changed", detail);
    }
    if (line.epc !== undefined && line.quantity !== 1) {
      const detail = `Line ${lineNo} names one EPC for ${line.quantity} units; nothing was changed. Send a line for each EPC.`;
      return refuse("more_units_than_epc", detail);
    }
    const named = itemOfLine({ lineNo, gtin: line.gtin, epc: line.epc }, resolveEpc);
    if (!named.ok) return named;
    const reason = reasonOfStates(stateIndex(line.from), stateIndex(line.to));
    if (named.value.identity !== "") {
      const fact = lineFact(lineNo, FACT_STATE, named.value, line.to, 1, reason);
      fact.detail.stateBefore = stateIndex(line.from);
      facts.push(fact);
      continue;
    }
    facts.push(lineFact(lineNo, FACT_QUANTITY, named.value, line.from, -line.quantity, reason));
    facts.push(lineFact(lineNo, FACT_QUANTITY, named.value, line.to, line.quantity, reason));
  }
  return ok(facts);
}
