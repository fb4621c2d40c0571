import type { TFunction } from "i18next";
import type { AvailabilityRule } from "../../../domain/rules/availability-rule.ts";
import { WEEKDAYS } from "../../../domain/rules/availability-rule.ts";
import { formatInstant, formatWhole } from "../format/number.ts";
import type { PlaceNames } from "../item/place-names.ts";
import type { ProductWords } from "../live/product-words.ts";

export const kindChoices = (t: TFunction) => [
  { value: "safety_stock", label: t("Safety stock: withhold units") },
  { value: "allocation", label: t("Allocation: keep units for a channel") },
  { value: "cap", label: t("Cap: show at most so many") },
];

/** A day of the week, short. */
export function weekdayWords(t: TFunction, day: (typeof WEEKDAYS)[number]): string {
  switch (day) {
    case "mo":
      return t("Mon");
    case "tu":
      return t("Tue");
    case "we":
      return t("Wed");
    case "th":
      return t("Thu");
    case "fr":
      return t("Fri");
    case "sa":
      return t("Sat");
    case "su":
      return t("Sun");
    default:
      return day satisfies never;
  }
}

/** What the rule does, in a sentence without an end. */
export function ruleWords(t: TFunction, { kind, quantity, scope }: AvailabilityRule): string {
  const said = { units: formatWhole(quantity), channel: scope.channel ?? t("all channels") };
  switch (kind) {
    case "safety_stock":
      return t("{{units}} withheld from {{channel}}", said);
    case "allocation":
      return t("{{units}} kept for {{channel}}", said);
    case "cap":
      return t("{{channel}} shown at most {{units}}+", said);
    default:
      return kind satisfies never;
  }
}

/** Of what, and where. */
export function scopeWords(
  t: TFunction,
  { scope }: AvailabilityRule,
  names: PlaceNames,
  words: ProductWords,
): string {
  const what =
    scope.gtin !== null
      ? (words.get(scope.gtin)?.name ?? scope.gtin)
      : scope.category !== null
        ? t("all of {{category}}", { category: scope.category })
        : t("all products");
  const where =
    scope.locationId !== null
      ? names.location(scope.locationId)
      : scope.locationGroup !== null
        ? t("the group {{group}}", { group: scope.locationGroup })
        : t("everywhere");
  return `${what}, ${where}`;
}

/** When it holds, by the location's clock. */
export function windowWords(t: TFunction, rule: AvailabilityRule): string {
  const { startsAt, endsAt, weekdays, from, to } = rule.window;
  const instant = (text: string) => formatInstant(Date.parse(text));
  const parts = [
    startsAt === null ? "" : t("from {{instant}}", { instant: instant(startsAt) }),
    endsAt === null ? "" : t("until {{instant}}", { instant: instant(endsAt) }),
    weekdays === null
      ? ""
      : WEEKDAYS.filter((day) => weekdays.includes(day))
          .map((day) => weekdayWords(t, day))
          .join(", "),
    from === null && to === null ? "" : `${from ?? "00:00"}–${to ?? "24:00"}`,
    rule.kind === "allocation" && rule.releaseAt !== null
      ? t("released {{instant}}", { instant: instant(rule.releaseAt) })
      : "",
  ].filter((part) => part !== "");
  return parts.length === 0 ? t("always") : parts.join(" · ");
}
