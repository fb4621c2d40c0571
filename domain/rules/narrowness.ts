import type { AvailabilityRule } from "./availability-rule.ts";

/**
 * Orders rules from the narrowest to the widest. What the rule says of the product weighs most (a product, a category, all), then
 * the place (a location, a group, all), then the channel (one, all). Of equally narrow ones the more careful comes first: of
 * caps the lower quantity, else the higher; and of equal ones the rule whose id comes first.
 */
export function compareNarrowness(a: AvailabilityRule, b: AvailabilityRule): number {
  const careful = a.kind === "cap" ? a.quantity - b.quantity : b.quantity - a.quantity;
  return (
    narrownessOf(b) - narrownessOf(a) || careful || (a.ruleId < b.ruleId ? -1 : a.ruleId > b.ruleId ? 1 : 0)
  );
}

function narrownessOf({ scope }: AvailabilityRule): number {
  const product = scope.gtin !== null ? 2 : scope.category !== null ? 1 : 0;
  const place = scope.locationId !== null ? 2 : scope.locationGroup !== null ? 1 : 0;
  return product * 6 + place * 2 + (scope.channel === null ? 0 : 1);
}
