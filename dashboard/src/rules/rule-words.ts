import type { AvailabilityRule } from "../../../domain/rules/availability-rule.ts";
import { WEEKDAYS } from "../../../domain/rules/availability-rule.ts";
import { formatInstant, formatWhole } from "../format/number.ts";
import type { PlaceNames } from "../item/place-names.ts";
import type { ProductWords } from "../live/product-words.ts";

export const KIND_CHOICES = [
  { value: "safety_stock", label: "Safety stock: withhold units" },
  { value: "allocation", label: "Allocation: keep units for a channel" },
  { value: "cap", label: "Cap: show at most so many" },
];

export const WEEKDAY_LABELS: Record<(typeof WEEKDAYS)[number], string> = {
  mo: "Mon",
  tu: "Tue",
  we: "Wed",
  th: "Thu",
  fr: "Fri",
  sa: "Sat",
  su: "Sun",
};

/** What the rule does, in a sentence without an end. */
export function ruleWords({ kind, quantity, scope }: AvailabilityRule): string {
  const channel = scope.channel ?? "all channels";
  switch (kind) {
    case "safety_stock":
      return `${formatWhole(quantity)} withheld from ${channel}`;
    case "allocation":
      return `${formatWhole(quantity)} kept for ${channel}`;
    case "cap":
      return `${channel} shown at most ${formatWhole(quantity)}+`;
    default:
      return kind satisfies never;
  }
}

/** Of what, and where. */
export function scopeWords({ scope }: AvailabilityRule, names: PlaceNames, words: ProductWords): string {
  const what =
    scope.gtin !== null
      ? (words.get(scope.gtin)?.name ?? scope.gtin)
      : scope.category !== null
        ? `all of ${scope.category}`
        : "all products";
  const where =
    scope.locationId !== null
      ? names.location(scope.locationId)
      : scope.locationGroup !== null
        ? `the group ${scope.locationGroup}`
        : "everywhere";
  return `${what}, ${where}`;
}

/** When it holds, by the location's clock. */
export function windowWords(rule: AvailabilityRule): string {
  const { startsAt, endsAt, weekdays, from, to } = rule.window;
  const instant = (text: string) => formatInstant(Date.parse(text));
  const parts = [
    startsAt === null ? "" : `from ${instant(startsAt)}`,
    endsAt === null ? "" : `until ${instant(endsAt)}`,
    weekdays === null
      ? ""
      : WEEKDAYS.filter((day) => weekdays.includes(day))
          .map((day) => WEEKDAY_LABELS[day])
          .join(", "),
    from === null && to === null ? "" : `${from ?? "00:00"}–${to ?? "24:00"}`,
    rule.kind === "allocation" && rule.releaseAt !== null ? `released ${instant(rule.releaseAt)}` : "",
  ].filter((part) => part !== "");
  return parts.length === 0 ? "always" : parts.join(" · ");
}
