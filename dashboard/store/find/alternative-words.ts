import type { Alternative } from "../../../domain/reservations/reservation.ts";
import { formatProbability } from "../../src/format/number.ts";
import type { ListedChoice } from "../form/choice-list.tsx";

type Method = Alternative["method"];

const time = new Intl.DateTimeFormat(undefined, { weekday: "short", hour: "2-digit", minute: "2-digit" });

/** Day of the week and time, as people in a store say it. */
export const dayText = (instant: string): string => time.format(Date.parse(instant));

/** How many are there, how far, how sure, and when they can be had: `3 there · 2.1 km · 98 % sure · by Mon 14:00`. */
export function alternativeText(
  { available, distanceKm, confidence, readyAt }: Alternative,
  wanted: number,
): string {
  const parts = [available < wanted ? `only ${available} there` : `${available} there`];
  if (distanceKm !== null) parts.push(`${distanceKm.toFixed(distanceKm < 10 ? 1 : 0)} km`);
  if (confidence !== null) parts.push(`${formatProbability(confidence)} sure`);
  if (readyAt !== null) parts.push(`by ${dayText(readyAt)}`);
  return parts.join(" · ");
}

/** What a place can do: a store hands over or sends; from a warehouse goods are only sent. */
export function methodChoices(suggested: Method): ListedChoice<Method>[] {
  if (suggested === "ship_from_warehouse") return [{ value: "ship_from_warehouse", title: "Sent to them" }];
  return [
    { value: "pickup", title: "Collects it there" },
    { value: "ship_from_store", title: "Sent to them" },
  ];
}

/** The same in a sentence about an order that was made. */
export function gotBy(method: Method): string {
  switch (method) {
    case "pickup":
    case "curbside":
    case "carry_out":
      return "to be collected there";
    case "ship_from_store":
    case "ship_from_warehouse":
    case "delivery":
      return "to be sent to the customer";
    default:
      return method satisfies never;
  }
}
