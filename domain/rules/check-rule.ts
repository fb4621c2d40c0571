import { parseGtin } from "../gtin.ts";
import { refuse, type Result } from "../result.ts";
import type { AvailabilityRule } from "./availability-rule.ts";

/** Refuses `invalid_rule`, with the reason, what a schema cannot say. Makes its GTIN one of 14 digits. */
export function checkRule(rule: AvailabilityRule): Result<AvailabilityRule> {
  const { scope, window } = rule;
  if (scope.locationId !== null && scope.locationGroup !== null) {
    return refuse("invalid_rule", "a rule is for a location or for a group of them, not for both");
  }
  if (scope.gtin !== null && scope.category !== null) {
    return refuse("invalid_rule", "a rule is for a product or for a category, not for both");
  }
  if (rule.kind === "allocation" && scope.channel === null) {
    return refuse("invalid_rule", "an allocation names the channel for which the units are kept");
  }
  if (
    window.startsAt !== null &&
    window.endsAt !== null &&
    Date.parse(window.endsAt) <= Date.parse(window.startsAt)
  ) {
    return refuse("invalid_rule", "the rule ends before it starts");
  }
  const times = [window.from, window.to].filter((time) => time !== null);
  if (times.some((time) => time > "24:00") || window.from === "24:00") {
    return refuse("invalid_rule", "a time of day is 00:00 to 23:59, and 24:00 only as an end");
  }
  if (scope.gtin === null) return { ok: true, value: rule };
  const gtin = parseGtin(scope.gtin);
  if (!gtin.ok) return refuse("invalid_rule", gtin.detail);
  return { ok: true, value: { ...rule, scope: { ...scope, gtin: gtin.value } } };
}
