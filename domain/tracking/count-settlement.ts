import type { BookParts } from "./book-parts.ts";
import type { CountFigures } from "./count-figures.ts";
import { itemsInScope, newSince, type ScopedItems } from "./count-scope.ts";
import { type CountSession, countedUnits, isCountOfItems, isInScope } from "./count-session.ts";
import {
  FACT_COUNT,
  FACT_COUNT_FOUND,
  FACT_COUNT_MISSED,
  FACT_SETTLE,
  type FactDetail,
  type FactDraft,
} from "./fact-log.ts";
import { isOnHand, STATUS_SOLD } from "./item-table.ts";
import { nettedLines } from "./netted-lines.ts";
import type { StockChange } from "./stock-change.ts";
import { textHash } from "./text-hash.ts";

/** What a count comes to. It is in the book already: `takeBack` undoes it. */
export type CountSettlement = {
  change: StockChange;
  figures: CountFigures;
  /** Items that were not found, and those that nobody knew of. */
  missedItems: number;
  newItems: number;
  /** Products whose items it has judged. */
  settled: ReadonlySet<number>;
  /** Rows of the items that it captured. */
  captured: number[];
  takeBack(): void;
};

type DraftWithDetail = FactDraft & { detail: FactDetail };

/**
 * Puts what a count captured into the book, each fact at its time of capture: what happened later stays on top. Items that
 * it did not find are missing as of its end. A count of items of a whole location leaves no unit without identity of the
 * products that it judges, as of its start.
 */
export function settleCount(
  parts: BookParts,
  session: CountSession,
  isTracked: (gtin: number) => boolean,
): CountSettlement {
  const { fold, log, positions } = parts;
  const isOfItems = isCountOfItems(session);
  const scoped = isOfItems ? itemsInScope(parts, session) : new Map<number, ScopedItems>();
  const byGtin = new Map<number, DraftWithDetail[]>();
  const draftsOf = (gtin: number) => {
    const known = byGtin.get(gtin);
    if (known !== undefined) return known;
    const drafts: DraftWithDetail[] = [];
    byGtin.set(gtin, drafts);
    return drafts;
  };
  const captured = draftCaptured(parts, session, isTracked, draftsOf);
  const byHand = countedUnits(session);
  for (const { gtin, state, quantity, capturedAtMs } of byHand) {
    draftsOf(gtin).push(draft(session, { kind: FACT_COUNT, gtin, atMs: capturedAtMs, state, quantity }));
  }
  const tookMs = Math.min(2 ** 31 - 1, Math.round(session.endedAtMs - session.startedAtMs));
  let missedItems = 0;
  for (const [gtin, { missed }] of scoped) {
    missedItems += missed.length;
    for (const item of missed) {
      draftsOf(gtin).push(
        draft(session, { kind: FACT_COUNT_MISSED, gtin, atMs: session.endedAtMs, item, quantity: tookMs }),
      );
    }
  }
  const judged = judgedProducts(session, isOfItems, scoped, captured.rowsOf, byHand);
  if (session.zones === null) {
    for (const gtin of judged) {
      draftsOf(gtin).push(draft(session, { kind: FACT_SETTLE, gtin, atMs: session.startedAtMs }));
    }
  }

  const change: StockChange = { lines: [], items: new Set() };
  const figures: CountFigures = { gtins: [], expected: [], counted: [], itemsRead: [] };
  const compare = (gtin: number, expected: number, counted: number, itemsRead: number | null) => {
    if (expected === 0 && counted === 0) return;
    figures.gtins.push(gtin);
    figures.expected.push(expected);
    figures.counted.push(counted);
    figures.itemsRead.push(itemsRead);
  };
  let newItems = 0;
  const products = new Set([...judged, ...byGtin.keys()]);
  for (const gtin of products) {
    const row = positions.ensureRow(session.location, gtin);
    const before = positions.onHandAt(row);
    const unexpected = judged.has(gtin) ? newSince(log, session, gtin) : new Set<number>();
    const tagged = captured.rowsOf.get(gtin) ?? [];
    const arrived = tagged.filter((item) => !isHere(parts, session, item) && !isSold(parts, item));
    const added = byGtin.get(gtin) ?? [];
    const part = fold.rewrite({ gtin, withdrawn: [], added, again: -1 });
    change.lines.push(...part.lines);
    for (const item of part.items) change.items.add(item);
    const units = byHand.filter((line) => line.gtin === gtin);
    if (units.length > 0) {
      const counted = units.reduce((sum, line) => sum + line.quantity, 0);
      compare(gtin, counted - effectOf(parts, added), counted, null);
      continue;
    }
    newItems += unexpected.size + arrived.length;
    if (session.zones === null) {
      compare(gtin, before - unexpected.size, positions.onHandAt(row), tagged.length);
      continue;
    }
    const { found, missed } = scoped.get(gtin) ?? { found: [], missed: [] };
    const isUnexpected = (item: number) => unexpected.has(item);
    const seen = new Set([...found, ...tagged.filter((item) => isHere(parts, session, item))]);
    const expected = found.filter((item) => !isUnexpected(item)).length + missed.length;
    compare(gtin, expected, seen.size, tagged.length);
  }
  const takeBack = () => {
    for (const [gtin, drafts] of byGtin) {
      const withdrawn = drafts.map((one) => one.detail.fact).filter((fact) => fact !== -1);
      fold.rewrite({ gtin, withdrawn, added: [], again: -1 });
    }
  };
  change.lines = nettedLines(change.lines);
  const rows = [...captured.rowsOf.values()].flat();
  return { change, figures, missedItems, newItems, settled: judged, captured: rows, takeBack };
}

/** Tags that were read for the count, as items: where they were captured and when. */
function draftCaptured(
  parts: BookParts,
  session: CountSession,
  isTracked: (gtin: number) => boolean,
  draftsOf: (gtin: number) => DraftWithDetail[],
): { rowsOf: Map<number, number[]> } {
  const { items } = parts;
  const rowsOf = new Map<number, number[]>();
  for (const [identity, { gtin: told, capturedAtMs, zoneId }] of session.epcs) {
    if (!isTracked(told) || !(zoneId === "" ? isInProducts(session, told) : isInScope(session, zoneId, told)))
      continue;
    const known = items.identities.find(identity);
    const item = known === -1 ? items.add(identity, told, capturedAtMs) : known;
    const gtin = items.gtin[item] ?? told;
    items.noteSeen(item, capturedAtMs);
    const rows = rowsOf.get(gtin) ?? [];
    rowsOf.set(gtin, rows);
    rows.push(item);
    // Where it is on the book already there is nothing to tell.
    if (isHere(parts, session, item)) continue;
    draftsOf(gtin).push(draft(session, { kind: FACT_COUNT_FOUND, gtin, atMs: capturedAtMs, item }));
  }
  return { rowsOf };
}

/** Products that a count of items says all of: those it found or missed items of, and those it was told to count. */
function judgedProducts(
  session: CountSession,
  isOfItems: boolean,
  scoped: ReadonlyMap<number, ScopedItems>,
  captured: ReadonlyMap<number, number[]>,
  byHand: readonly { gtin: number }[],
): Set<number> {
  if (!isOfItems) return new Set();
  const judged = new Set([...scoped.keys(), ...captured.keys(), ...(session.gtins ?? [])]);
  for (const { gtin } of byHand) judged.delete(gtin);
  return judged;
}

function isInProducts(session: CountSession, gtin: number): boolean {
  return session.gtins === null || session.gtins.has(gtin);
}

function isHere(parts: BookParts, session: CountSession, item: number): boolean {
  const { items } = parts;
  return isOnHand(items.status[item] ?? 0) && items.location[item] === session.location;
}

function isSold({ items }: BookParts, item: number): boolean {
  return items.status[item] === STATUS_SOLD;
}

/** What the counted units changed, at their times. */
function effectOf(parts: BookParts, drafts: readonly DraftWithDetail[]): number {
  let effect = 0;
  for (const { kind, detail } of drafts) {
    if (kind === FACT_COUNT) effect += parts.log.effect[detail.fact] ?? 0;
  }
  return effect;
}

type DraftOf = {
  kind: number;
  gtin: number;
  atMs: number;
  item?: number;
  state?: number;
  quantity?: number;
};

function draft(session: CountSession, wish: DraftOf): DraftWithDetail {
  const { kind, gtin, atMs, item = -1, state = 0, quantity = 0 } = wish;
  return {
    kind,
    gtin,
    atMs,
    item,
    location: session.location,
    state,
    quantity,
    tie: textHash(`${session.countId}/${kind}/${gtin}/${item}/${state}`),
    detail: { fact: -1, reason: "counted", reservationId: "", orderId: "", taken: [] },
  };
}
