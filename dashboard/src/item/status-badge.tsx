import type { ItemRow } from "../../../domain/api/items.ts";
import { Badge, type Tone } from "../ui/badge.tsx";
import type { IconName } from "../ui/icon.tsx";

export const STATUS_LOOKS: Record<ItemRow["status"], { tone: Tone; icon: IconName; label: string }> = {
  present: { tone: "good", icon: "check", label: "Present" },
  exiting: { tone: "warn", icon: "signOut", label: "At the exit" },
  sold: { tone: "accent", icon: "check", label: "Sold" },
  left: { tone: "bad", icon: "signOut", label: "Left" },
  missing: { tone: "bad", icon: "question", label: "Missing" },
  in_transit: { tone: "calm", icon: "stock", label: "In transit" },
};

/** What is believed of an item. */
export function StatusBadge({ status }: { status: ItemRow["status"] }) {
  const { tone, icon, label } = STATUS_LOOKS[status];
  return (
    <Badge tone={tone} icon={icon}>
      {label}
    </Badge>
  );
}
