import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { ReconciliationOutcome } from "../../../domain/api/reconciliation.ts";
import { Badge, type Tone } from "../ui/badge.tsx";
import type { IconName } from "../ui/icon.tsx";

const LOOKS: Record<ReconciliationOutcome, { tone: Tone; icon: IconName; label: (t: TFunction) => string }> =
  {
    equal: { tone: "good", icon: "check", label: (t) => t("Equal") },
    mended: { tone: "warn", icon: "warning", label: (t) => t("Differed, put right") },
    different: { tone: "bad", icon: "warning", label: (t) => t("Differs") },
    failed: { tone: "warn", icon: "question", label: (t) => t("Not checked") },
  };

export function OutcomeBadge({ outcome }: { outcome: ReconciliationOutcome }) {
  const { t } = useTranslation();
  const { tone, icon, label } = LOOKS[outcome];
  return (
    <Badge tone={tone} icon={icon}>
      {label(t)}
    </Badge>
  );
}
