import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { ItemRow } from "../../../domain/api/items.ts";
import { Badge, type Tone } from "../ui/badge.tsx";
import type { IconName } from "../ui/icon.tsx";

export const STATUS_LOOKS: Record<
  ItemRow["status"],
  { tone: Tone; icon: IconName; label: (t: TFunction) => string }
> = {
  present: { tone: "good", icon: "check", label: (t) => t("Present") },
  exiting: { tone: "warn", icon: "signOut", label: (t) => t("At the exit") },
  sold: { tone: "accent", icon: "check", label: (t) => t("Sold") },
  left: { tone: "bad", icon: "signOut", label: (t) => t("Left") },
  missing: { tone: "bad", icon: "question", label: (t) => t("Missing") },
  in_transit: { tone: "calm", icon: "stock", label: (t) => t("In transit") },
};

/** What is believed of an item. */
export function StatusBadge({ status }: { status: ItemRow["status"] }) {
  const { t } = useTranslation();
  const { tone, icon, label } = STATUS_LOOKS[status];
  return (
    <Badge tone={tone} icon={icon}>
      {label(t)}
    </Badge>
  );
}
