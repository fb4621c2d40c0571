import { shareInterval } from "../comparison/share-interval.ts";
import { filterPlaced, type OrderStepFact, type OrderUnitsFact, type PickupFilter } from "./pickup-facts.ts";
import { ratioOf } from "./sale-line.ts";

const TELLING = new Set(["shorted", "cancelled", "changed"]);
/** They changed their mind, did not pay, cheated or did not come. */
const OF_CUSTOMER = new Set(["", "customer", "payment", "fraud", "no_show"]);
const NAMED = new Set(["not_found", "damaged", "sold_in_store", "late"]);

/** Why units of a promised line were not given, by no wish of the customer's; null: they were, may still be, or it was their wish. */
export function disappointmentOf(line: OrderUnitsFact, steps: readonly OrderStepFact[]): string | null {
  if (line.short + line.cancelled === 0) return null;
  const [first] = steps
    .filter(
      (step) =>
        step.orderId === line.orderId &&
        (step.lineNo === 0 ? step.fulfilmentId === line.fulfilmentId : step.lineNo === line.lineNo) &&
        TELLING.has(step.kind) &&
        !OF_CUSTOMER.has(step.cause),
    )
    .toSorted((one, other) => one.stepNo - other.stepNo);
  if (first !== undefined) return NAMED.has(first.cause) ? first.cause : "system";
  return line.short > 0 ? "not_found" : null;
}

/**
 * P7: promised lines that were cancelled, short, substituted or found missing ÷ promised lines, by cause. What came in place of another
 * line is no promise; a line that may still be kept does not count yet.
 */
export function disappointment(
  lines: readonly OrderUnitsFact[],
  steps: readonly OrderStepFact[],
  filter: PickupFilter & { categories: readonly string[] },
) {
  const promised = filterPlaced(lines, filter)
    .filter(({ insteadOf }) => insteadOf === 0)
    .filter(({ category }) => filter.categories.length === 0 || filter.categories.includes(category))
    .map((line) => ({ line, cause: disappointmentOf(line, steps) }))
    .filter(
      ({ line, cause }) => cause !== null || line.quantity <= line.short + line.cancelled + line.handedOver,
    );
  const disappointed = promised.filter(({ cause }) => cause !== null);
  const of = (wanted: string) => disappointed.filter(({ cause }) => cause === wanted).length;
  const substituted = disappointed.filter(({ line }) =>
    lines.some(({ orderId, insteadOf }) => orderId === line.orderId && insteadOf === line.lineNo),
  );
  const interval = shareInterval(disappointed.length, promised.length);
  return {
    promised_lines: promised.length,
    disappointed_lines: disappointed.length,
    disappointment_rate: ratioOf(disappointed.length, promised.length),
    disappointment_rate_lower: interval?.lower ?? null,
    disappointment_rate_upper: interval?.upper ?? null,
    not_found: of("not_found"),
    damaged: of("damaged"),
    sold_in_store: of("sold_in_store"),
    late: of("late"),
    system: of("system"),
    substituted: substituted.length,
  };
}
