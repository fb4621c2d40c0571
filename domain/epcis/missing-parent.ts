import type { JsonObject } from "./json-value.ts";

/**
 * Why an event needs a parent it does not have, which GS1's schema does not check: who packs or unpacks says which container
 * (EPCIS 2.0 §7.4.3; an observation of children may leave it out). Null when all is well.
 */
export function missingParent(event: JsonObject): string | null {
  if (event["type"] !== "AggregationEvent" || event["parentID"] !== undefined) return null;
  if (event["action"] === "OBSERVE") return null;
  return "an AggregationEvent with the action ADD or DELETE needs the parentID";
}
