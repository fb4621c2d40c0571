import type { MovementReason } from "../movement.ts";
import type { FactDetail, FactDraft } from "./fact-log.ts";

/** A line of the ledger to be: `row` of the position table, index of the state, row of the item or -1. */
export type StockLine = {
  row: number;
  state: number;
  quantity: number;
  reason: MovementReason;
  item: number;
  detail: FactDetail | null;
};

/** What a change of the facts of one GTIN did: lines in their order, and the items of which something else is believed now. */
export type StockChange = { lines: StockLine[]; items: Set<number> };

export type StockRewrite = {
  gtin: number;
  /** Facts to take out of the log. */
  withdrawn: number[];
  added: FactDraft[];
  /** Apply this fact and all later ones again: what they depend on has changed. -1 for none. */
  again: number;
};
