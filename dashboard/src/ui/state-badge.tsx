import type { AvailabilityItem } from "../../../domain/availability/availability-item.ts";
import { Badge, type Tone } from "./badge.tsx";
import type { IconName } from "./icon.tsx";

type Reason = AvailabilityItem["reasonCode"];

export const REASON_LABELS: Record<Reason, string> = {
  in_stock: "In stock",
  out_of_stock: "Out of stock",
  reserved: "Reserved",
  safety_stock: "Safety stock",
  allocated: "Allocated",
  uncertain: "Uncertain",
  display_only: "On display only",
  not_sellable: "Not sellable",
  no_record: "No record",
};

const LOOKS: Record<Reason, { tone: Tone; icon: IconName }> = {
  in_stock: { tone: "good", icon: "check" },
  out_of_stock: { tone: "bad", icon: "empty" },
  reserved: { tone: "warn", icon: "block" },
  safety_stock: { tone: "warn", icon: "block" },
  allocated: { tone: "warn", icon: "block" },
  uncertain: { tone: "warn", icon: "question" },
  display_only: { tone: "warn", icon: "block" },
  not_sellable: { tone: "warn", icon: "block" },
  no_record: { tone: "calm", icon: "question" },
};

/** Why the available number is what it is. */
export function StateBadge({ reason }: { reason: Reason }) {
  return (
    <Badge tone={LOOKS[reason].tone} icon={LOOKS[reason].icon}>
      {REASON_LABELS[reason]}
    </Badge>
  );
}
