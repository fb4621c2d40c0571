import type { ZoneKind } from "../../location.ts";

/** What it means in CBV's words that goods are in a zone of a kind (GS1's ontology pairs steps with dispositions so). */
export const ZONE_WORDS: Readonly<Record<ZoneKind, { bizStep: string; disposition: string }>> = {
  dock: { bizStep: "receiving", disposition: "sellable_not_accessible" },
  backroom: { bizStep: "storing", disposition: "sellable_not_accessible" },
  sales_floor: { bizStep: "stocking", disposition: "sellable_accessible" },
  fitting_room: { bizStep: "stocking", disposition: "sellable_accessible" },
  pos: { bizStep: "holding", disposition: "sellable_not_accessible" },
  exit: { bizStep: "entering_exiting", disposition: "unknown" },
};

/** Of goods in no zone that is known: they are in the house. */
export const HOUSE_WORDS = { bizStep: "storing", disposition: "sellable_not_accessible" } as const;
