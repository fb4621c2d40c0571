import type { TFunction } from "i18next";
import type { MovementReason } from "../../../domain/movement.ts";

/** Why stock changed, in the reader's language. */
export function movementWords(reason: MovementReason, t: TFunction): string {
  switch (reason) {
    case "received":
      return t("Received");
    case "sold":
      return t("Sold");
    case "returned":
      return t("Returned");
    case "transferred_out":
      return t("Transferred out");
    case "transferred_in":
      return t("Transferred in");
    case "counted":
      return t("Counted");
    case "found":
      return t("Found by reads");
    case "missing":
      return t("Missing");
    case "left":
      return t("Left without a sale");
    case "damaged":
      return t("Damaged");
    case "repaired":
      return t("Repaired");
    case "adjusted":
      return t("Adjusted");
    case "state_changed":
      return t("State changed");
    case "reversed":
      return t("Reversed");
    default:
      return reason satisfies never;
  }
}
