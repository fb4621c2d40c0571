import type { ReturnWish } from "../../../domain/returns/return.ts";
import type { BoughtIn, Purchase } from "../../../domain/returns/return.ts";
import { ok, refuse, type Result } from "../../../domain/result.ts";
import type { Scan } from "../scan/parse-scan.ts";
import type { ReturnCondition, ReturnReason } from "./return-words.ts";

/**
 * A line of what may come back. `most`: units that can; null where nothing says. `itemsSold`: the very items that left, where they
 * are known. `epcs`: those that were scanned now.
 */
export type DraftLine = {
  lineId: string | null;
  gtin: string;
  most: number | null;
  itemsSold: readonly string[];
  quantity: number;
  epcs: readonly string[];
  reason: ReturnReason | null;
  condition: ReturnCondition;
};

/** A line of each product that was bought, nothing of it chosen yet. */
export function draftOf({ lines }: Purchase): DraftLine[] {
  return lines.map(({ lineId, gtin, left, epcs }) => ({
    ...newLine(gtin),
    lineId,
    most: left,
    itemsSold: epcs,
  }));
}

function newLine(gtin: string): DraftLine {
  return {
    lineId: null,
    gtin,
    most: null,
    itemsSold: [],
    quantity: 0,
    epcs: [],
    reason: null,
    condition: "inspect",
  };
}

/** A unit that was scanned is one more of its line; the very item goes to the line that it left with. */
export function scanInto(lines: readonly DraftLine[], { gtin, epc }: Scan): Result<DraftLine[]> {
  if (epc !== null && lines.some((line) => line.epcs.includes(epc))) {
    return refuse("scanned_before", "This very item was scanned before");
  }
  const isLinked = lines.some((line) => line.lineId !== null);
  const fits = lines.filter((line) => line.gtin === gtin);
  if (fits.length === 0 && isLinked) {
    return refuse("not_bought", `${gtin} was not bought in this order. Take it back on its own`);
  }
  if (fits.length === 0) return ok([...lines, counted(newLine(gtin), epc)]);
  const open = fits.filter(({ most, quantity }) => most === null || quantity < most);
  const line = open.find((one) => epc !== null && one.itemsSold.includes(epc)) ?? open[0];
  if (line === undefined) return refuse("none_left", "All units of it have come back or are counted here");
  return ok(lines.map((one) => (one === line ? counted(line, epc) : one)));
}

function counted(line: DraftLine, epc: string | null): DraftLine {
  const epcs = epc === null ? line.epcs : [...line.epcs, epc];
  return { ...line, quantity: line.quantity + 1, epcs };
}

/** So many units come back. With fewer than were scanned the last scans are forgotten. */
export function withQuantity(line: DraftLine, quantity: number): DraftLine {
  return { ...line, quantity, epcs: line.epcs.slice(0, quantity) };
}

/** The lines of the request; null while nothing is chosen, or a reason is missing. */
export function wishedLines(lines: readonly DraftLine[]): ReturnWish["lines"] | null {
  const wished: ReturnWish["lines"] = [];
  for (const { lineId, gtin, quantity, epcs, reason, condition } of lines) {
    if (quantity === 0) continue;
    if (reason === null) return null;
    const line = { gtin, quantity, epcs: [...epcs], reason, condition };
    wished.push(lineId === null ? line : { ...line, lineId });
  }
  return wished.length === 0 ? null : wished;
}

/** How a request says where it was bought: as GET /v1/purchases named it. */
export function originOf({ kind, id }: BoughtIn): Pick<ReturnWish, "orderId" | "source" | "receipt"> {
  const [first = "", ...others] = id.split("/");
  switch (kind) {
    case "order":
      return { orderId: id };
    case "imported_order":
      return { source: first, orderId: others.join("/") };
    case "sale": {
      const [terminalId = "", ...rest] = others;
      const receipt = { locationId: first, transactionId: rest.join("/") };
      return { receipt: terminalId === "" ? receipt : { ...receipt, terminalId } };
    }
    case "unknown":
      return {};
    default:
      return kind satisfies never;
  }
}
