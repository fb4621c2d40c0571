import type { TFunction } from "i18next";
import type { ApiProblem } from "../../../client/api-problem.ts";
import {
  type BoughtIn,
  type RETURN_REASONS,
  type ReturnFlag,
  type ReturnLine,
  returnFlagSchema,
} from "../../../domain/returns/return.ts";
import type { Refusal } from "../../../domain/result.ts";

export type ReturnReason = (typeof RETURN_REASONS)[number];
export type ReturnCondition = ReturnLine["condition"];

export const reasonWords = (t: TFunction): Record<ReturnReason, string> => ({
  changed_mind: t("Changed their mind"),
  wrong_size: t("Wrong size"),
  wrong_colour: t("Wrong colour"),
  not_as_described: t("Not as described"),
  defective: t("Does not work"),
  damaged_in_transit: t("Damaged on the way"),
  wrong_item: t("Got the wrong item"),
  late_delivery: t("Came too late"),
  unwanted_gift: t("Gift that is not wanted"),
  warranty: t("Warranty"),
  other: t("Another reason"),
});

export const conditionChoices = (
  t: TFunction,
): { value: ReturnCondition; title: string; detail: string }[] => [
  { value: "sellable", title: t("As new"), detail: t("Can be sold again at once") },
  { value: "inspect", title: t("Needs a look"), detail: t("Not for sale before somebody has looked") },
  { value: "damaged", title: t("Damaged"), detail: t("Not for sale") },
];

const flagWords = (t: TFunction): Record<ReturnFlag, string> => ({
  unlinked: t("Nothing says where it was bought."),
  not_sold_by_us: t("No sale of this very item is known."),
  already_returned: t("This very item has come back before."),
  other_order: t("This very item was sold in another order."),
});

/** What does not fit, of a problem `return_not_clear`: each once. */
export function unclearWords(t: TFunction, { members }: Pick<ApiProblem, "members">): string[] {
  const flags: unknown[] = Array.isArray(members["flags"]) ? members["flags"] : [];
  const words = flags.flatMap((one) => {
    const named: unknown = typeof one === "object" && one !== null ? Reflect.get(one, "flag") : null;
    const flag = returnFlagSchema.safeParse(named);
    return flag.success ? [flagWords(t)[flag.data]] : [];
  });
  return [...new Set(words)];
}

export function boughtText(t: TFunction, { kind, id, channel }: BoughtIn): string {
  switch (kind) {
    case "order":
    case "imported_order":
      return channel === null
        ? t("Order {{orderId}}", { orderId: id })
        : `${t("Order {{orderId}}", { orderId: id })} · ${channel}`;
    case "sale":
      return t("Receipt {{id}}", { id });
    case "unknown":
      return t("Without an order number");
    default:
      return kind satisfies never;
  }
}

/** Where the units of a line are now: `1 unit can be sold, 2 units wait for a look`. */
export function unitsNowText(t: TFunction, { units }: Pick<ReturnLine, "units">): string {
  const parts = [
    [units.sellable, (count: number) => t("{{count}} units can be sold", { count })],
    [units.inspect, (count: number) => t("{{count}} units wait for a look", { count })],
    [units.damaged, (count: number) => t("{{count}} units damaged, not for sale", { count })],
    [units.display_only, (count: number) => t("{{count}} units for display, not for sale", { count })],
  ] as const;
  return parts
    .flatMap(([count, words]) => (count === undefined || count === 0 ? [] : [words(count)]))
    .join(", ");
}

/** Why what was scanned was not counted. */
export function refusedWords(t: TFunction, { code, detail }: Pick<Refusal, "code" | "detail">): string {
  switch (code) {
    case "scanned_before":
      return t("This very item was scanned before.");
    case "not_bought":
      return t("It was not bought in this order. Take it back on its own.");
    case "none_left":
      return t("All units of it have come back or are counted here.");
    default:
      return `${detail}.`;
  }
}
