import type { AvailabilityItem } from "./availability-item.ts";

/**
 * Whole units of one product at one location, for one channel. `certain` is how many sellable units are there with the
 * probability asked for; null where none was. `hasRecord` is false when nothing was ever known of it.
 */
export type AvailabilityInput = {
  onHand: number;
  sellable: number;
  displayOnly: number;
  reserved: number;
  safetyStock: number;
  allocated: number;
  certain: number | null;
  hasRecord: boolean;
};

/**
 * What may be promised: max(0, sellable − reserved − safetyStock − allocated), whole units, and in one word why. Where a
 * probability was asked for, min(sellable, certain) stands in for sellable.
 */
export function computeAvailability(
  input: AvailabilityInput,
): Pick<AvailabilityItem, "available" | "reasonCode"> {
  const counted = input.certain === null ? input.sellable : Math.min(input.sellable, input.certain);
  const available = Math.max(0, counted - input.reserved - input.safetyStock - input.allocated);
  return { available, reasonCode: available > 0 ? "in_stock" : reasonOfNone(input) };
}

/** The first thing that took the last unit, in the order in which units are taken away. */
function reasonOfNone(input: AvailabilityInput): AvailabilityItem["reasonCode"] {
  const { onHand, sellable, reserved, safetyStock, allocated } = input;
  if (!input.hasRecord) return "no_record";
  if (onHand <= 0) return "out_of_stock";
  if (sellable <= 0) return input.displayOnly > 0 ? "display_only" : "not_sellable";
  if (sellable - reserved <= 0) return "reserved";
  if (sellable - reserved - safetyStock <= 0) return "safety_stock";
  if (sellable - reserved - safetyStock - allocated <= 0) return "allocated";
  return "uncertain";
}
