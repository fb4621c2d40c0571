import type {
  ExplainHold,
  ExplainRule,
  ExplainStep,
  ExplainTerm,
} from "../../../domain/explain/explanation.ts";
import type { IconName } from "../ui/icon.tsx";

export const TERM_LABELS: Record<ExplainTerm["term"], string> = {
  sellable: "Sellable",
  uncertain: "Not certain enough",
  reserved: "Reserved",
  safety_stock: "Safety stock",
  allocated: "Allocated to other channels",
  not_below_zero: "Never below 0",
  cap: "Cut to what the channel is shown",
};

export const RULE_LABELS: Record<ExplainRule["kind"], string> = {
  safety_stock: "Safety stock",
  allocation: "Allocation",
  cap: "Cap",
};

export const HOLD_LABELS: Partial<Record<ExplainHold["status"], string>> = {
  held: "Held",
  confirmed: "Confirmed",
  picked: "Picked",
};

const REASONS: Record<NonNullable<ExplainStep["reason"]>, { icon: IconName; words: string }> = {
  received: { icon: "down", words: "Received" },
  sold: { icon: "check", words: "Sold" },
  returned: { icon: "up", words: "Returned" },
  transferred_out: { icon: "signOut", words: "Transferred out" },
  transferred_in: { icon: "down", words: "Transferred in" },
  counted: { icon: "count", words: "Difference of a count" },
  found: { icon: "readers", words: "Found by a reader" },
  missing: { icon: "question", words: "Missing" },
  left: { icon: "warning", words: "Left without a sale" },
  damaged: { icon: "block", words: "Damaged" },
  repaired: { icon: "check", words: "Repaired" },
  adjusted: { icon: "key", words: "Adjusted" },
  state_changed: { icon: "key", words: "State changed" },
  reversed: { icon: "block", words: "Taken back" },
};

/** What a step was, in words. */
export function stepWords({ kind, reason }: ExplainStep): { icon: IconName; words: string } {
  if (kind === "count" || reason === null) return { icon: "count", words: "Counted" };
  return REASONS[reason];
}
