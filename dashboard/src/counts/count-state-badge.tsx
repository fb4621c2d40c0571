import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { Count } from "../../../domain/api/counts.ts";
import { Badge, type Tone } from "../ui/badge.tsx";
import type { IconName } from "../ui/icon.tsx";

type Look = { tone: Tone; icon: IconName; label: string };

const looks = (t: TFunction): Record<Count["state"], Look> => ({
  open: { tone: "accent", icon: "count", label: t("Being counted") },
  held: { tone: "bad", icon: "warning", label: t("Held for you") },
  applied: { tone: "good", icon: "check", label: t("Applied") },
  rejected: { tone: "calm", icon: "block", label: t("Rejected") },
  expired: { tone: "calm", icon: "empty", label: t("Never ended") },
});

export function CountStateBadge({ state }: { state: Count["state"] }) {
  const { t } = useTranslation();
  const { tone, icon, label } = looks(t)[state];
  return (
    <Badge tone={tone} icon={icon}>
      {label}
    </Badge>
  );
}
