import type { ItemStep } from "../../../domain/api/items.ts";
import type { IconName } from "../ui/icon.tsx";

const EVENTS: Record<string, { icon: IconName; words: string }> = {
  sale: { icon: "check", words: "Sold" },
  return: { icon: "up", words: "Returned" },
  exchange: { icon: "up", words: "Exchanged" },
  void: { icon: "block", words: "Sale or return taken back" },
  receipt: { icon: "down", words: "Received" },
  adjustment: { icon: "key", words: "Adjusted by a person" },
  position: { icon: "key", words: "Imported book" },
  transfer_out: { icon: "signOut", words: "Shipped" },
  transfer_in: { icon: "down", words: "Received from a transfer" },
  transfer_seen: { icon: "signOut", words: "Seen at another location" },
  state_change: { icon: "key", words: "State changed" },
  count_started: { icon: "search", words: "A count began" },
  count_reads: { icon: "search", words: "Counted" },
  count_ended: { icon: "search", words: "Settled by a count" },
  count_decided: { icon: "search", words: "Settled by a count" },
  item_seen: { icon: "readers", words: "Seen" },
  item_moved: { icon: "readers", words: "Moved" },
  item_transferred: { icon: "readers", words: "Seen at another location" },
  item_exiting: { icon: "signOut", words: "At the exit" },
  item_left: { icon: "warning", words: "Left without a sale" },
  item_missing: { icon: "question", words: "Not seen where it should be: missing" },
};

/** What happened, in words. An event that this page does not know keeps its own name. */
export function stepWords(step: ItemStep): { icon: IconName; words: string } {
  const known = EVENTS[step.eventType];
  if (known === undefined) return { icon: "question", words: step.eventType };
  const isFirst = step.from === null && step.eventType === "item_seen";
  return isFirst ? { ...known, words: "First seen" } : known;
}

const REASONS: Record<string, string> = {
  transferred_out: "transferred out",
  transferred_in: "transferred in",
  state_changed: "state changed",
};

/** `+1 received`, as the ledger has it. */
export function lineWords({ quantity, reason }: ItemStep["movements"][number]): string {
  return `${quantity > 0 ? "+" : "−"}${Math.abs(quantity)} ${REASONS[reason] ?? reason}`;
}
