import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { AvailabilityItem } from "../../../domain/availability/availability-item.ts";
import { Badge, type Tone } from "./badge.tsx";
import type { IconName } from "./icon.tsx";

type Reason = AvailabilityItem["reasonCode"];

export function reasonLabel(t: TFunction, reason: Reason): string {
  switch (reason) {
    case "in_stock":
      return t("In stock");
    case "out_of_stock":
      return t("Out of stock");
    case "reserved":
      return t("Reserved");
    case "safety_stock":
      return t("Safety stock");
    case "allocated":
      return t("Allocated");
    case "uncertain":
      return t("Uncertain");
    case "display_only":
      return t("On display only");
    case "not_sellable":
      return t("Not sellable");
    case "no_record":
      return t("No record");
    default:
      return reason satisfies never;
  }
}

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
  const { t } = useTranslation();
  return (
    <Badge tone={LOOKS[reason].tone} icon={LOOKS[reason].icon}>
      {reasonLabel(t, reason)}
    </Badge>
  );
}
