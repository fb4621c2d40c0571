import type { StockState } from "../stock-state.ts";
import type { Inspection, InspectWish, Return, ReturnLine } from "./return.ts";

type Changed = Partial<Omit<Return, "version" | "changedAt">>;

/** A return after a change. */
export function changedReturn(one: Return, at: string, change: Changed): Return {
  return { ...one, ...change, changedAt: at, version: one.version + 1 };
}

/** Something is left to do that needs no person: an event or a note is on its way. */
export function isUnderWay(one: Return): boolean {
  if (one.status === "refused") return false;
  return (
    one.status === "taking" || !one.isNoted || one.inspections.some(({ recordedAt }) => recordedAt === null)
  );
}

/** Its change of state is on its way to the ledger. */
export function isOnItsWay({ recordedAt, refusal }: Inspection): boolean {
  return recordedAt === null && refusal === null;
}

/** The ledger has it: the units are on hand. */
export function takenReturn(one: Return, at: string): Return {
  return changedReturn(one, at, { takenAt: at, status: statusOf(one.lines) });
}

/** Nothing was moved. */
export function refusedReturn(one: Return, at: string, refusal: NonNullable<Return["refusal"]>): Return {
  return changedReturn(one, at, { status: "refused", refusal });
}

/** Units of a line that wait for a look and for which none is on its way. */
export function waitingUnits(one: Return, line: ReturnLine): number {
  const underWay = one.inspections.filter((found) => found.lineNo === line.lineNo && isOnItsWay(found));
  return line.units.inspect - underWay.reduce((sum, { quantity }) => sum + quantity, 0);
}

export type InspectionRefusal = { lineNo: number; requested: number; waiting: number };

/**
 * What a look found, as inspections whose changes of state are about to be published. Refused when a line has not so many units that
 * wait for a look, or an item is none of them. `epcsOf`: the identities of each line of the wish.
 */
export function decideInspection(
  one: Return,
  wish: InspectWish,
  { at, actor, epcsOf }: { at: string; actor: Inspection["actor"]; epcsOf: readonly (readonly string[])[] },
): { ok: true; made: Return } | { ok: false; refusal: InspectionRefusal } {
  const made: Return = { ...one, inspections: [...one.inspections] };
  for (const [index, { lineNo, quantity: asked, to }] of wish.lines.entries()) {
    const line = made.lines.find((found) => found.lineNo === lineNo);
    const waiting = line === undefined ? 0 : waitingUnits(made, line);
    const epcs = epcsOf[index] ?? [];
    const quantity = asked ?? (epcs.length > 0 ? epcs.length : waiting);
    const named = line === undefined ? [] : waitingItems(made, line);
    const unnamed = waiting - named.length;
    const isFine =
      line !== undefined &&
      quantity > 0 &&
      quantity <= waiting &&
      epcs.length <= quantity &&
      new Set(epcs).size === epcs.length &&
      epcs.every((epc) => named.includes(epc));
    if (!isFine) return { ok: false, refusal: { lineNo, requested: quantity, waiting } };
    // Units without a name first; then items that nobody named stand for the rest.
    const others = named.filter((epc) => !epcs.includes(epc));
    const more = Math.max(0, quantity - epcs.length - unnamed);
    const number = made.inspections.length + 1;
    const inspection: Inspection = {
      number,
      lineNo,
      quantity,
      epcs: [...epcs, ...others.slice(0, more)],
      to,
      at,
      actor,
      recordedAt: null,
      refusal: null,
    };
    made.inspections.push(inspection);
  }
  return { ok: true, made: changedReturn(made, at, {}) };
}

/** The ledger has an inspection: its units are in the state that was found. */
export function inspectedReturn(one: Return, number: number, at: string): Return {
  const inspection = one.inspections.find((found) => found.number === number && isOnItsWay(found));
  if (inspection === undefined) return one;
  const lines = one.lines.map((line) => (line.lineNo === inspection.lineNo ? moved(line, inspection) : line));
  const inspections = one.inspections.map((found) =>
    found === inspection ? { ...found, recordedAt: at } : found,
  );
  return changedReturn(one, at, { lines, inspections, status: statusOf(lines) });
}

/** The ledger did not take an inspection: its units wait for another look. */
export function refusedInspection(one: Return, number: number, at: string, refusal: string): Return {
  const inspections = one.inspections.map((found) =>
    found.number === number ? { ...found, refusal } : found,
  );
  return changedReturn(one, at, { inspections });
}

function moved(line: ReturnLine, { quantity, epcs, to }: Inspection): ReturnLine {
  const units: Record<StockState, number> = {
    ...line.units,
    inspect: line.units.inspect - quantity,
    [to]: line.units[to] + quantity,
  };
  const items = line.items.map((item) => (epcs.includes(item.epc) ? { ...item, state: to } : item));
  return { ...line, units, items };
}

function waitingItems(one: Return, line: ReturnLine): string[] {
  const underWay = new Set(one.inspections.filter(isOnItsWay).flatMap(({ epcs }) => epcs));
  return line.items
    .filter(({ state, epc }) => state === "inspect" && !underWay.has(epc))
    .map(({ epc }) => epc);
}

function statusOf(lines: readonly ReturnLine[]): "inspect" | "done" {
  return lines.some(({ units }) => units.inspect > 0) ? "inspect" : "done";
}
