import type { TFunction } from "i18next";
import type { Alternative } from "../../../domain/reservations/reservation.ts";
import { formatProbability, formatWhole } from "../../src/format/number.ts";
import type { ListedChoice } from "../form/choice-list.tsx";
import { dateFormat, numberFormat } from "../../src/format/display-locale.ts";

type Method = Alternative["method"];

/** Day of the week and time, as people in a store say it. */
export const dayText = (instant: string): string =>
  dateFormat({ weekday: "short", hour: "2-digit", minute: "2-digit" }).format(Date.parse(instant));

/** How many are there, how far, how sure, and when they can be had: `3 there · 2.1 km · 98 % sure · by Mon 14:00`. */
export function alternativeText(
  t: TFunction,
  { available, distanceKm, confidence, readyAt }: Alternative,
  wanted: number,
): string {
  const parts = [
    available < wanted
      ? t("only {{units}} there", { units: formatWhole(available) })
      : t("{{units}} there", { units: formatWhole(available) }),
  ];
  if (distanceKm !== null)
    parts.push(`${numberFormat({ maximumFractionDigits: distanceKm < 10 ? 1 : 0 }).format(distanceKm)} km`);
  if (confidence !== null) parts.push(t("{{share}} sure", { share: formatProbability(confidence) }));
  if (readyAt !== null) parts.push(t("by {{time}}", { time: dayText(readyAt) }));
  return parts.join(" · ");
}

/** What a place can do: a store hands over or sends; from a warehouse goods are only sent. */
export function methodChoices(t: TFunction, suggested: Method): ListedChoice<Method>[] {
  if (suggested === "ship_from_warehouse")
    return [{ value: "ship_from_warehouse", title: t("Sent to them") }];
  return [
    { value: "pickup", title: t("Collects it there") },
    { value: "ship_from_store", title: t("Sent to them") },
  ];
}

/** The same in a sentence about an order that was made. */
export function gotBy(t: TFunction, method: Method): string {
  switch (method) {
    case "pickup":
    case "curbside":
    case "carry_out":
      return t("to be collected there");
    case "ship_from_store":
    case "ship_from_warehouse":
    case "delivery":
      return t("to be sent to the customer");
    default:
      return method satisfies never;
  }
}
