import type { Order, OrderLine } from "./order.ts";
import { openUnitsOf } from "./order-units.ts";

/** An item that a command names, decoded. */
export type NamedItem = { epc: string; gtin: string };
/** Units of one line that a command means. */
export type Part = { line: OrderLine; quantity: number; epcs: NamedItem[] };
type WishedPart = { lineId: string; quantity: number; epcs?: readonly NamedItem[] | undefined };

/**
 * The units that a command means: those it names, else all that is open of the lines. Null when a line is not among them, is
 * named twice or has fewer units open.
 */
export function partsOf(
  lines: readonly OrderLine[],
  wished: readonly WishedPart[] | undefined,
): Part[] | null {
  if (wished === undefined) {
    return lines.flatMap((line) => {
      const quantity = openUnitsOf(line);
      return quantity > 0 ? [{ line, quantity, epcs: [] }] : [];
    });
  }
  const parts: Part[] = [];
  for (const { lineId, quantity, epcs } of wished) {
    const line = lines.find((one) => one.lineId === lineId);
    if (line === undefined || openUnitsOf(line) < quantity) return null;
    if (parts.some((part) => part.line === line)) return null;
    parts.push({ line, quantity, epcs: [...(epcs ?? [])] });
  }
  return parts;
}

/** What is wrong with the items of these parts: another product, more than units, or one twice. Null when all is right. */
export function wrongItem(parts: readonly Part[]): { epc: string; detail: string } | null {
  const seen = new Set<string>();
  for (const { line, quantity, epcs } of parts) {
    for (const { epc, gtin } of epcs) {
      if (gtin !== line.gtin)
        return { epc, detail: `It is ${gtin}, not ${line.gtin} of line ${line.lineId}.` };
      if (seen.has(epc)) return { epc, detail: "It is named twice." };
      seen.add(epc);
    }
    const surplus = epcs[quantity];
    if (surplus !== undefined) {
      return {
        epc: surplus.epc,
        detail: `Line ${line.lineId} has ${quantity} units, and more items are named.`,
      };
    }
  }
  return null;
}

/** Gives items that name no line to those of their product. @returns the first that no line has room for, null when all found one. */
export function assignItems(parts: readonly Part[], items: readonly NamedItem[]): NamedItem | null {
  for (const item of items) {
    const part = parts.find(({ line, quantity, epcs }) => line.gtin === item.gtin && epcs.length < quantity);
    if (part === undefined) return item;
    part.epcs.push(item);
  }
  return null;
}

/** The same parts in a copy of the order. */
export function inDraft(draft: Order, parts: readonly Part[]): Part[] {
  return parts.flatMap((part) => {
    const line = draft.lines.find((one) => one.lineId === part.line.lineId);
    return line === undefined ? [] : [{ ...part, line }];
  });
}
