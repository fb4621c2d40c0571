import type { TFunction } from "i18next";
import { LIST_HOURS, type ListName } from "../../../domain/api/lists.ts";
import type { Choice } from "../ui/field.tsx";

const DAY = 24;
const LONGER_HOURS = [DAY, 3 * DAY, 7 * DAY, 30 * DAY, 90 * DAY];

/** How far back a list can be asked to look, in hours: first what it does by itself, then longer, up to its most. */
export function hoursOf(list: ListName): number[] {
  const { defaultHours, maxHours } = LIST_HOURS[list];
  return [defaultHours, ...LONGER_HOURS.filter((hours) => hours > defaultHours && hours <= maxHours)];
}

/** The hours that an address names; what the list does by itself where it names none that there are to choose. */
export function parseHours(list: ListName, text: string | null): number {
  return hoursOf(list).find((hours) => String(hours) === text) ?? LIST_HOURS[list].defaultHours;
}

export function hourChoices(list: ListName, t: TFunction): Choice[] {
  const words = list === "misplaced" ? thereForWords : lastWords;
  return hoursOf(list).map((hours) => ({ value: String(hours), label: words(hours, t) }));
}

function thereForWords(hours: number, t: TFunction): string {
  return hours > DAY
    ? t("There for {{count}} days", { count: hours / DAY })
    : t("There for {{count}} hours", { count: hours });
}

function lastWords(hours: number, t: TFunction): string {
  return hours > DAY
    ? t("Last {{count}} days", { count: hours / DAY })
    : t("Last {{count}} hours", { count: hours });
}
