import type { AvailabilityItem } from "./availability-item.ts";

/** Whole units of one product at one location, for one channel. `hasRecord` is false when nothing was ever known of it. */
export type AvailabilityInput = {
  onHand: number;
  sellable: number;
  reserved: number;
  safetyStock: number;
  allocated: number;
  hasRecord: boolean;
};

/**
 * What may be promised: max(0, sellable − reserved − safetyStock − allocated), whole units, and in one word why.
 * `not_sellable`: there are units, none in state sellable. `out_of_stock`: none on hand, or all of them are spoken for.
 */
export function computeAvailability(
  input: AvailabilityInput,
): Pick<AvailabilityItem, "available" | "reasonCode"> {
  const available = Math.max(0, input.sellable - input.reserved - input.safetyStock - input.allocated);
  if (available > 0) return { available, reasonCode: "in_stock" };
  if (!input.hasRecord) return { available, reasonCode: "no_record" };
  if (input.onHand > 0 && input.sellable <= 0) return { available, reasonCode: "not_sellable" };
  return { available, reasonCode: "out_of_stock" };
}
