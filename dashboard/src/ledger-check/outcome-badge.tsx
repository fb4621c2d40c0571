import type { ReconciliationOutcome } from "../../../domain/api/reconciliation.ts";
import { Badge, type Tone } from "../ui/badge.tsx";
import type { IconName } from "../ui/icon.tsx";

const LOOKS: Record<ReconciliationOutcome, { tone: Tone; icon: IconName; label: string }> = {
  equal: { tone: "good", icon: "check", label: "Equal" },
  mended: { tone: "warn", icon: "warning", label: "Differed, put right" },
  different: { tone: "bad", icon: "warning", label: "Differs" },
  failed: { tone: "warn", icon: "question", label: "Not checked" },
};

export function OutcomeBadge({ outcome }: { outcome: ReconciliationOutcome }) {
  const { tone, icon, label } = LOOKS[outcome];
  return (
    <Badge tone={tone} icon={icon}>
      {label}
    </Badge>
  );
}
