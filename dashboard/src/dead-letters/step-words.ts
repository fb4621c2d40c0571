import type { TFunction } from "i18next";
import type { DeadLetterDetail } from "../../../domain/api/dead-letters.ts";

type Step = DeadLetterDetail["steps"][number];

/** What became of a letter at a step. */
export function stepWords(t: TFunction, action: Step["action"], status: Step["status"]): string {
  if (action === "discard") return t("Discarded");
  if (action === "reopen") return t("Open again");
  switch (status) {
    case "accepted":
    case "late":
      return t("Taken in");
    case "duplicate":
      return t("It was in the ledger already");
    case "rejected":
      return t("Still refused");
    case "unknown":
    case null:
      return t("No answer yet: it is open as before");
    default:
      return status satisfies never;
  }
}
