import { gtinFromNumber } from "../gtin.ts";
import { type Origin, unitsLeft } from "./origin-lines.ts";
import type { BoughtIn, Return, ReturnedItem, ReturnFlag, ReturnLine, ReturnWish } from "./return.ts";

/** What the ledger knows of one very item: its last sale, and whether it came back since. */
export type ItemFact = {
  epc: string;
  gtin: number;
  /** The order, or {location}/{transaction}, of its last sale; null when no sale of it is known. */
  soldIn: string | null;
  soldAtMs: number | null;
  /** It came back after its last sale. */
  isBack: boolean;
  /** The ledger has it on hand, somewhere. */
  isOnHand: boolean;
};

export type ReturnContext = {
  returnId: string;
  at: string;
  actor: Return["actor"];
  wish: ReturnWish;
  /** Null: nothing says where it was bought. */
  origin: Origin | null;
  /** Of each EPC of the wish, in its order, line by line. */
  facts: readonly (readonly ItemFact[])[];
  /** Returns in memory: those under way, and of the last day. */
  known: readonly Return[];
};

export type ReturnRefusal =
  | { code: "more_than_handed_over"; lines: { gtin: string; requested: number; left: number }[] }
  | { code: "return_not_clear"; flags: { lineNo: number; epc: string | null; flag: ReturnFlag }[] }
  | { code: "invalid_request"; detail: string }
  | { code: "item_of_other_product"; epc: string; gtin: string };

export type ReturnDecision = { ok: true; made: Return } | { ok: false; refusal: ReturnRefusal };

const UNKNOWN: BoughtIn = { kind: "unknown", id: "", channel: null, method: null };

/**
 * Whether goods may come back, and as what. Units are taken from the lines of the origin that have some left; more than were
 * handed over is always refused. What does not fit otherwise is refused unless somebody says why it is taken in all the same.
 * Pure: the same input, the same answer.
 */
export function decideReturn(context: ReturnContext): ReturnDecision {
  const { wish, origin } = context;
  const twice = repeatedItem(context);
  if (twice !== null)
    return { ok: false, refusal: { code: "invalid_request", detail: `The item ${twice} is named twice.` } };
  const other = itemOfOther(context);
  if (other !== null) return { ok: false, refusal: { code: "item_of_other_product", ...other } };
  const left = origin === null ? null : unitsLeft(origin, context.known);
  const lines: ReturnLine[] = [];
  const missing: { gtin: string; requested: number; left: number }[] = [];
  for (const [index, wished] of wish.lines.entries()) {
    const items = (context.facts[index] ?? []).map((fact) => toItem(context, fact, wished.condition));
    const make = (linkedLineId: string | null, quantity: number, taken: ReturnedItem[]) => {
      const flags: ReturnFlag[] = linkedLineId === null && !isProven(quantity, taken) ? ["unlinked"] : [];
      for (const { flags: found } of taken)
        for (const flag of found) if (!flags.includes(flag)) flags.push(flag);
      lines.push({
        lineNo: lines.length + 1,
        gtin: gtinFromNumber(Number(wished.gtin)),
        quantity,
        reason: wished.reason,
        condition: wished.condition,
        linkedLineId,
        flags,
        items: taken,
        units: { sellable: 0, inspect: 0, damaged: 0, display_only: 0, [wished.condition]: quantity },
      });
    };
    if (left === null || origin === null) {
      make(null, wished.quantity, items);
      continue;
    }
    const parts = takeFrom(origin, left, wished, items);
    if (parts === null) {
      missing.push({
        gtin: gtinFromNumber(Number(wished.gtin)),
        requested: wished.quantity,
        left: leftOf(origin, left, wished),
      });
      continue;
    }
    for (const part of parts) make(part.lineId, part.quantity, part.items);
  }
  if (missing.length > 0) {
    return { ok: false, refusal: { code: "more_than_handed_over", lines: missing } };
  }
  const unclear = flagsOf(lines);
  if (unclear.length > 0 && wish.override === undefined) {
    return { ok: false, refusal: { code: "return_not_clear", flags: unclear } };
  }
  return { ok: true, made: toReturn(context, lines, unclear.length > 0) };
}

function toReturn({ wish, ...context }: ReturnContext, lines: ReturnLine[], isUnclear: boolean): Return {
  return {
    returnId: context.returnId,
    status: "taking",
    locationId: wish.locationId,
    channel: wish.channel,
    customerId: wish.customerId ?? null,
    boughtIn: context.origin?.boughtIn ?? UNKNOWN,
    actor: context.actor,
    createdAt: context.at,
    changedAt: context.at,
    takenAt: null,
    // Nobody else has to be told of what is of no order.
    isNoted: context.origin?.boughtIn.kind !== "order",
    override: isUnclear ? (wish.override ?? null) : null,
    lines,
    inspections: [],
    exchange: wish.exchange === undefined ? null : { ...wish.exchange, partial: false },
    exchangeOrderId: null,
    refusal: null,
    version: 1,
  };
}

type WishedLine = ReturnWish["lines"][number];

function fits(line: Origin["lines"][number], wished: WishedLine): boolean {
  return line.gtin === Number(wished.gtin) && (wished.lineId === undefined || wished.lineId === line.lineId);
}

function leftOf(origin: Origin, left: ReadonlyMap<string, number>, wished: WishedLine): number {
  const lines = origin.lines.filter((line) => fits(line, wished));
  return lines.reduce((sum, line) => sum + Math.max(0, left.get(line.lineId) ?? 0), 0);
}

/** Which lines of the origin the units are of; an item goes to the line that it left with. Null: there are not so many left. */
function takeFrom(origin: Origin, left: Map<string, number>, wished: WishedLine, items: ReturnedItem[]) {
  if (leftOf(origin, left, wished) < wished.quantity) return null;
  const lines = origin.lines.filter((line) => fits(line, wished));
  const parts = new Map<string, { lineId: string; quantity: number; items: ReturnedItem[] }>();
  const take = (lineId: string, quantity: number, item: ReturnedItem | null) => {
    left.set(lineId, (left.get(lineId) ?? 0) - quantity);
    const part = parts.get(lineId) ?? { lineId, quantity: 0, items: [] };
    part.quantity += quantity;
    if (item !== null) part.items.push(item);
    parts.set(lineId, part);
  };
  const hasLeft = ({ lineId }: { lineId: string }) => (left.get(lineId) ?? 0) > 0;
  for (const item of items) {
    const own = lines.find((line) => line.epcs.includes(item.epc) && hasLeft(line)) ?? lines.find(hasLeft);
    if (own !== undefined) take(own.lineId, 1, item);
  }
  let open = wished.quantity - items.length;
  for (const { lineId } of lines) {
    const units = Math.min(open, Math.max(0, left.get(lineId) ?? 0));
    if (units <= 0) continue;
    take(lineId, units, null);
    open -= units;
  }
  return [...parts.values()];
}

function toItem(
  { origin, known, wish }: ReturnContext,
  fact: ItemFact,
  state: WishedLine["condition"],
): ReturnedItem {
  const { epc, soldIn } = fact;
  const flags: ReturnFlag[] = [];
  const isKnownBack = known.some(
    (one) =>
      one.status !== "refused" &&
      Date.parse(one.createdAt) >= (fact.soldAtMs ?? 0) &&
      one.lines.some((line) => line.items.some((item) => item.epc === epc)),
  );
  const isOfOrigin = origin?.lines.some((line) => line.epcs.includes(epc)) ?? false;
  if (fact.isBack || isKnownBack) flags.push("already_returned");
  else if (soldIn === null) {
    if (!isOfOrigin && !couldBeOf(origin, fact, wish)) flags.push("not_sold_by_us");
  } else if (origin !== null && !isOfOrigin && soldIn !== origin.boughtIn.id && !couldBeRenamed(origin)) {
    flags.push("other_order");
  }
  return { epc, isNamed: flags.length > 0 || !fact.isOnHand, state, flags, soldIn };
}

/** Units of the product were handed over without anybody saying which: it may be one of them. */
function couldBeOf(origin: Origin | null, { gtin }: ItemFact, { lines }: ReturnWish): boolean {
  if (origin === null) return false;
  const gtins = gtin > 0 ? [gtin] : lines.map((line) => Number(line.gtin));
  return origin.lines.some((line) => gtins.includes(line.gtin) && line.handedOver > line.epcs.length);
}

/** Orders of another system: tills know them under names of their own. */
function couldBeRenamed({ boughtIn }: Origin): boolean {
  return boughtIn.kind === "imported_order";
}

/** Each unit is an item that the ledger knows the sale of. */
function isProven(quantity: number, items: readonly ReturnedItem[]): boolean {
  return items.length === quantity && items.every((item) => item.soldIn !== null);
}

function flagsOf(lines: readonly ReturnLine[]) {
  return lines.flatMap((line) => [
    ...line.flags
      .filter((flag) => flag === "unlinked")
      .map((flag) => ({ lineNo: line.lineNo, epc: null, flag })),
    ...line.items.flatMap(({ epc, flags }) => flags.map((flag) => ({ lineNo: line.lineNo, epc, flag }))),
  ]);
}

function repeatedItem({ facts }: ReturnContext): string | null {
  const seen = new Set<string>();
  for (const { epc } of facts.flat()) {
    if (seen.has(epc)) return epc;
    seen.add(epc);
  }
  return null;
}

/** An item whose tag or history says another product than its line. */
function itemOfOther({ facts, wish }: ReturnContext): { epc: string; gtin: string } | null {
  for (const [index, line] of wish.lines.entries()) {
    for (const { epc, gtin } of facts[index] ?? []) {
      if (gtin > 0 && gtin !== Number(line.gtin)) return { epc, gtin: gtinFromNumber(gtin) };
    }
  }
  return null;
}
