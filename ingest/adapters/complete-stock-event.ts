import type { CountReadsEvent } from "../../domain/events/count-events.ts";
import type { StockLine } from "../../domain/events/event-base.ts";
import type { StateChangeEvent } from "../../domain/events/state-change-event.ts";
import type { StockEvent } from "../../domain/events/stock-event.ts";
import { ok, type Result, refuse } from "../../domain/result.ts";
import { epcHexAt, gtin14At } from "./event-fields.ts";

type EventWithUnits = Extract<StockEvent, { lines: StockLine[] }>;

/** The event with GTINs of 14 digits and EPCs as hex. Refuses `stock_quantity_sign` and the codes of GTINs and EPCs. */
export function completeStockEvent(event: StockEvent): Result<StockEvent> {
  switch (event.type) {
    case "receipt":
    case "adjustment":
    case "position":
    case "transfer_out":
    case "transfer_in":
    case "expected_receipt":
      return withLines(event);
    case "state_change":
      return withStates(event);
    case "count_started": {
      if (event.gtins === undefined) return ok(event);
      const gtins = collect(event.gtins, (gtin, index) => gtin14At(gtin, `gtins[${index}]`));
      return gtins.ok ? ok({ ...event, gtins: [...new Set(gtins.value)] }) : gtins;
    }
    case "count_reads":
      return withCaptures(event);
    case "count_ended":
    case "count_decided":
      return ok(event);
    default: {
      const never: never = event;
      throw new Error(`unhandled ${JSON.stringify(never)}`);
    }
  }
}

function withLines(event: EventWithUnits): Result<EventWithUnits> {
  const lines = collect(event.lines, (line, index) => completedLine(line, index, event.type));
  return lines.ok ? ok({ ...event, lines: lines.value }) : lines;
}

/** The least quantity of a line, and how people are told of it. */
const LEAST_UNITS: Record<EventWithUnits["type"], { least: number; rule: string }> = {
  receipt: { least: 1, rule: "above 0" },
  transfer_out: { least: 1, rule: "above 0" },
  transfer_in: { least: 1, rule: "above 0" },
  position: { least: 0, rule: "0 or more" },
  expected_receipt: { least: 0, rule: "0 or more" },
  adjustment: { least: -Infinity, rule: "any" },
};

function completedLine(line: StockLine, index: number, type: EventWithUnits["type"]): Result<StockLine> {
  const place = `lines[${index}]`;
  const { least, rule } = LEAST_UNITS[type];
  if (line.quantity < least) {
    return refuse(
      "stock_quantity_sign",
      `${place}: the quantity of a ${type} is ${rule}, not ${line.quantity}`,
    );
  }
  const gtin = gtin14At(line.gtin, place);
  if (!gtin.ok) return gtin;
  if (line.epcs === undefined) return ok({ ...line, gtin: gtin.value });
  const epcs = collect(line.epcs, (epc) => epcHexAt(epc, place));
  return epcs.ok ? ok({ ...line, gtin: gtin.value, epcs: epcs.value }) : epcs;
}

function withStates(event: StateChangeEvent): Result<StateChangeEvent> {
  const lines = collect(event.lines, (line, index): Result<StateChangeEvent["lines"][number]> => {
    const place = `lines[${index}]`;
    const gtin = gtin14At(line.gtin, place);
    if (!gtin.ok) return gtin;
    if (line.epc === undefined) return ok({ ...line, gtin: gtin.value });
    const epc = epcHexAt(line.epc, place);
    return epc.ok ? ok({ ...line, gtin: gtin.value, epc: epc.value }) : epc;
  });
  return lines.ok ? ok({ ...event, lines: lines.value }) : lines;
}

function withCaptures(event: CountReadsEvent): Result<CountReadsEvent> {
  const epcs = collect(event.epcs ?? [], (line, index) => {
    const epc = epcHexAt(line.epc, `epcs[${index}]`);
    return epc.ok ? ok({ ...line, epc: epc.value }) : epc;
  });
  if (!epcs.ok) return epcs;
  const quantities = collect(event.quantities ?? [], (line, index) => {
    const gtin = gtin14At(line.gtin, `quantities[${index}]`);
    return gtin.ok ? ok({ ...line, gtin: gtin.value }) : gtin;
  });
  return quantities.ok ? ok({ ...event, epcs: epcs.value, quantities: quantities.value }) : quantities;
}

/** Every line completed, or the first refusal. */
function collect<From, To>(
  lines: readonly From[],
  complete: (line: From, index: number) => Result<To>,
): Result<To[]> {
  const completed: To[] = [];
  for (const [index, line] of lines.entries()) {
    const result = complete(line, index);
    if (!result.ok) return result;
    completed.push(result.value);
  }
  return ok(completed);
}
