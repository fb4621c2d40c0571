import type { TFunction } from "i18next";
import type {
  ExplainHold,
  ExplainRule,
  ExplainStep,
  ExplainTerm,
} from "../../../domain/explain/explanation.ts";
import { formatWhole } from "../format/number.ts";
import type { IconName } from "../ui/icon.tsx";

export const TERM_LABELS: Record<ExplainTerm["term"], (t: TFunction) => string> = {
  sellable: (t) => t("Sellable"),
  uncertain: (t) => t("Not certain enough"),
  reserved: (t) => t("Reserved"),
  safety_stock: (t) => t("Safety stock"),
  allocated: (t) => t("Allocated to other channels"),
  not_below_zero: (t) => t("Never below 0"),
  cap: (t) => t("Cut to what the channel is shown"),
};

const HOLD_LABELS: Partial<Record<ExplainHold["status"], (t: TFunction) => string>> = {
  held: (t) => t("Held"),
  confirmed: (t) => t("Confirmed"),
  picked: (t) => t("Picked"),
};

/** `2 Held by web until 14:30`: the units that a reservation takes. `until` in words, null without an end. */
export function holdWords(
  { units, status, channel }: ExplainHold,
  until: string | null,
  t: TFunction,
): string {
  const said = { units: formatWhole(units), status: HOLD_LABELS[status]?.(t) ?? status, channel };
  return until === null
    ? t("{{units}} {{status}} by {{channel}}", said)
    : t("{{units}} {{status}} by {{channel}} until {{time}}", { ...said, time: until });
}

/** `2 by cap rule r-1`: the units that a rule takes. */
export function ruleWords({ kind, units, ruleId }: ExplainRule, t: TFunction): string {
  const said = { units: formatWhole(units), rule: ruleId };
  switch (kind) {
    case "safety_stock":
      return t("{{units}} by safety stock rule {{rule}}", said);
    case "allocation":
      return t("{{units}} by allocation rule {{rule}}", said);
    case "cap":
      return t("{{units}} by cap rule {{rule}}", said);
    default:
      return kind satisfies never;
  }
}

const REASONS: Record<
  NonNullable<ExplainStep["reason"]>,
  { icon: IconName; words: (t: TFunction) => string }
> = {
  received: { icon: "down", words: (t) => t("Received") },
  sold: { icon: "check", words: (t) => t("Sold") },
  returned: { icon: "up", words: (t) => t("Returned") },
  transferred_out: { icon: "signOut", words: (t) => t("Transferred out") },
  transferred_in: { icon: "down", words: (t) => t("Transferred in") },
  counted: { icon: "count", words: (t) => t("Difference of a count") },
  found: { icon: "readers", words: (t) => t("Found by a reader") },
  missing: { icon: "question", words: (t) => t("Missing") },
  left: { icon: "warning", words: (t) => t("Left without a sale") },
  damaged: { icon: "block", words: (t) => t("Damaged") },
  repaired: { icon: "check", words: (t) => t("Repaired") },
  adjusted: { icon: "key", words: (t) => t("Adjusted") },
  state_changed: { icon: "key", words: (t) => t("State changed") },
  reversed: { icon: "block", words: (t) => t("Reversed") },
};

/** What a step was, in words. */
export function stepWords({ kind, reason }: ExplainStep, t: TFunction): { icon: IconName; words: string } {
  if (kind === "count" || reason === null) return { icon: "count", words: t("Counted") };
  const { icon, words } = REASONS[reason];
  return { icon, words: words(t) };
}
