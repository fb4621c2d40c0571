import type { Count } from "../../../domain/api/counts.ts";
import { Badge, type Tone } from "../ui/badge.tsx";
import type { IconName } from "../ui/icon.tsx";

const LOOKS: Record<Count["state"], { tone: Tone; icon: IconName; label: string }> = {
  open: { tone: "accent", icon: "count", label: "Counting" },
  held: { tone: "bad", icon: "warning", label: "Held for you" },
  applied: { tone: "good", icon: "check", label: "Applied" },
  rejected: { tone: "calm", icon: "block", label: "Rejected" },
  expired: { tone: "calm", icon: "empty", label: "Never ended" },
};

export function CountStateBadge({ state }: { state: Count["state"] }) {
  const { tone, icon, label } = LOOKS[state];
  return (
    <Badge tone={tone} icon={icon}>
      {label}
    </Badge>
  );
}
