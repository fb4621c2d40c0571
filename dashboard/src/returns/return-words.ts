import type { TFunction } from "i18next";
import type { Return, ReturnFlag, ReturnLine } from "../../../domain/returns/return.ts";
import type { Tone } from "../ui/badge.tsx";
import type { IconName } from "../ui/icon.tsx";

type Look = { label: string; tone: Tone; icon: IconName };

export function statusLooks(t: TFunction): Record<Return["status"], Look> {
  return {
    taking: { label: t("On its way to the ledger"), tone: "accent", icon: "hold" },
    inspect: { label: t("To be looked at"), tone: "warn", icon: "search" },
    done: { label: t("Done"), tone: "good", icon: "check" },
    refused: { label: t("Refused"), tone: "bad", icon: "block" },
  };
}

export function flagWords(t: TFunction): Record<ReturnFlag, string> {
  return {
    unlinked: t("Nothing says where it was bought"),
    not_sold_by_us: t("No sale of this item is known"),
    already_returned: t("It had come back already"),
    other_order: t("Sold in another order"),
  };
}

export function reasonWords(t: TFunction): Record<ReturnLine["reason"], string> {
  return {
    changed_mind: t("changed their mind"),
    wrong_size: t("wrong size"),
    wrong_colour: t("wrong colour"),
    not_as_described: t("not as described"),
    defective: t("defective"),
    damaged_in_transit: t("damaged on the way"),
    wrong_item: t("wrong item"),
    late_delivery: t("came too late"),
    unwanted_gift: t("unwanted gift"),
    warranty: t("warranty"),
    other: t("another reason"),
  };
}

/** States in which units of a return can be; others by their own name. */
export function unitWord(t: TFunction, state: string): string {
  switch (state) {
    case "sellable":
      return t("sellable");
    case "inspect":
      return t("to be looked at");
    case "damaged":
      return t("damaged");
    case "display_only":
      return t("on display");
    default:
      return state;
  }
}
