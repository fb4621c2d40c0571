import type { EventSummary } from "../event-summary.ts";

/** What a captured event does to stock. `none`: it is kept, and moves nothing. */
export type StockMeaning = "receive" | "return" | "sell" | "ship" | "observe" | "remove" | "none";

/** Steps after which the goods are at the place that the event names; a zone of ours has then seen them. */
const OBSERVING: ReadonlySet<string> = new Set(
  (
    "storing stocking cycle_counting stock_taking holding inspecting picking packing reserving staging_outbound unloading " +
    "unpacking repairing repackaging commissioning encoding entering_exiting installing sampling other"
  ).split(" "),
);
const REMOVING: ReadonlySet<string> = new Set(["decommissioning", "destroying", "killing"]);
/** Dispositions of goods that were looked for and are not there any more. */
const GONE: ReadonlySet<string> = new Set(["unknown", "stolen", "destroyed", "disposed"]);

/** The meaning of an event by its step, its disposition and its action. Only object events are about goods as such. */
export function stockMeaningOf(event: EventSummary): StockMeaning {
  const { bizStep, disposition, action } = event;
  if (event.eventType !== "ObjectEvent") return "none";
  if (action === "DELETE") return REMOVING.has(bizStep) ? "remove" : "none";
  if (bizStep === "retail_selling") return "sell";
  if (bizStep === "shipping") return "ship";
  if (bizStep === "receiving" || bizStep === "arriving" || bizStep === "accepting") {
    return disposition === "returned" ? "return" : "receive";
  }
  if (bizStep === "stock_taking" && GONE.has(disposition)) return "remove";
  return OBSERVING.has(bizStep) ? "observe" : "none";
}
