import type { TFunction } from "i18next";
import type { ItemStep } from "../../../domain/api/items.ts";
import type { MovementReason } from "../../../domain/movement.ts";
import type { IconName } from "../ui/icon.tsx";

const EVENTS: Record<string, { icon: IconName; words: (t: TFunction) => string }> = {
  sale: { icon: "check", words: (t) => t("Sold") },
  return: { icon: "up", words: (t) => t("Returned") },
  exchange: { icon: "up", words: (t) => t("Exchanged") },
  void: { icon: "block", words: (t) => t("Sale or return taken back") },
  receipt: { icon: "down", words: (t) => t("Received") },
  adjustment: { icon: "key", words: (t) => t("Adjusted by a person") },
  position: { icon: "key", words: (t) => t("Imported book") },
  transfer_out: { icon: "signOut", words: (t) => t("Shipped") },
  transfer_in: { icon: "down", words: (t) => t("Received from a transfer") },
  transfer_seen: { icon: "signOut", words: (t) => t("Seen at another location") },
  state_change: { icon: "key", words: (t) => t("State changed") },
  count_started: { icon: "search", words: (t) => t("A count began") },
  count_reads: { icon: "search", words: (t) => t("Counted") },
  count_ended: { icon: "search", words: (t) => t("Settled by a count") },
  count_decided: { icon: "search", words: (t) => t("Settled by a count") },
  item_seen: { icon: "readers", words: (t) => t("Seen") },
  item_moved: { icon: "readers", words: (t) => t("Moved") },
  item_transferred: { icon: "readers", words: (t) => t("Seen at another location") },
  item_exiting: { icon: "signOut", words: (t) => t("At the exit") },
  item_left: { icon: "warning", words: (t) => t("Left without a sale") },
  item_missing: { icon: "question", words: (t) => t("Not seen where it should be: missing") },
};

/** What happened, in words. An event that this page does not know keeps its own name. */
export function stepWords(step: ItemStep, t: TFunction): { icon: IconName; words: string } {
  const known = EVENTS[step.eventType];
  if (known === undefined) return { icon: "question", words: step.eventType };
  const isFirst = step.from === null && step.eventType === "item_seen";
  return { icon: known.icon, words: isFirst ? t("First seen") : known.words(t) };
}

const REASONS: Record<MovementReason, (t: TFunction) => string> = {
  received: (t) => t("received"),
  sold: (t) => t("sold"),
  returned: (t) => t("returned"),
  transferred_out: (t) => t("transferred out"),
  transferred_in: (t) => t("transferred in"),
  counted: (t) => t("counted"),
  found: (t) => t("found"),
  missing: (t) => t("missing"),
  left: (t) => t("left"),
  damaged: (t) => t("damaged"),
  repaired: (t) => t("repaired"),
  adjusted: (t) => t("adjusted"),
  state_changed: (t) => t("state changed"),
  reversed: (t) => t("reversed"),
};

/** `+1 received`, as the ledger has it. */
export function lineWords({ quantity, reason }: ItemStep["movements"][number], t: TFunction): string {
  return `${quantity > 0 ? "+" : "−"}${Math.abs(quantity)} ${REASONS[reason](t)}`;
}
