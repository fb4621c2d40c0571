import type { ApiProblem } from "../../../client/api-problem.ts";
import {
  type BoughtIn,
  type RETURN_REASONS,
  type ReturnFlag,
  type ReturnLine,
  returnFlagSchema,
} from "../../../domain/returns/return.ts";
import { unitsText } from "../tasks/task-words.ts";

export type ReturnReason = (typeof RETURN_REASONS)[number];
export type ReturnCondition = ReturnLine["condition"];

export const RETURN_REASON_WORDS: Record<ReturnReason, string> = {
  changed_mind: "Changed their mind",
  wrong_size: "Wrong size",
  wrong_colour: "Wrong colour",
  not_as_described: "Not as described",
  defective: "Does not work",
  damaged_in_transit: "Damaged on the way",
  wrong_item: "Got the wrong item",
  late_delivery: "Came too late",
  unwanted_gift: "Gift that is not wanted",
  warranty: "Warranty",
  other: "Another reason",
};

export const CONDITION_CHOICES: readonly { value: ReturnCondition; title: string; detail: string }[] = [
  { value: "sellable", title: "As new", detail: "Can be sold again at once" },
  { value: "inspect", title: "Needs a look", detail: "Not for sale before somebody has looked" },
  { value: "damaged", title: "Damaged", detail: "Not for sale" },
];

const FLAG_WORDS: Record<ReturnFlag, string> = {
  unlinked: "Nothing says where it was bought.",
  not_sold_by_us: "No sale of this very item is known.",
  already_returned: "This very item has come back before.",
  other_order: "This very item was sold in another order.",
};

/** What does not fit, of a problem `return_not_clear`: each once. */
export function unclearWords({ members }: Pick<ApiProblem, "members">): string[] {
  const flags: unknown[] = Array.isArray(members["flags"]) ? members["flags"] : [];
  const words = flags.flatMap((one) => {
    const named: unknown = typeof one === "object" && one !== null ? Reflect.get(one, "flag") : null;
    const flag = returnFlagSchema.safeParse(named);
    return flag.success ? [FLAG_WORDS[flag.data]] : [];
  });
  return [...new Set(words)];
}

export function boughtText({ kind, id, channel }: BoughtIn): string {
  switch (kind) {
    case "order":
    case "imported_order":
      return channel === null ? `Order ${id}` : `Order ${id} · ${channel}`;
    case "sale":
      return `Receipt ${id}`;
    case "unknown":
      return "Without an order number";
    default:
      return kind satisfies never;
  }
}

/** Where the units of a line are now: `1 unit can be sold, 2 units wait for a look`. */
export function unitsNowText({ units }: Pick<ReturnLine, "units">): string {
  const parts = [
    [units.sellable, "can be sold"],
    [units.inspect, units.inspect === 1 ? "waits for a look" : "wait for a look"],
    [units.damaged, "damaged, not for sale"],
    [units.display_only, "for display, not for sale"],
  ] as const;
  return parts
    .flatMap(([count, words]) => (count === undefined || count === 0 ? [] : [`${unitsText(count)} ${words}`]))
    .join(", ");
}
