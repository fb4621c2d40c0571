import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { ReaderWithHealth } from "../../../domain/api/master-data-answers.ts";
import { Badge, type Tone } from "../ui/badge.tsx";
import type { IconName } from "../ui/icon.tsx";

export type Status = "online" | "silent" | "offline" | "unassigned";

const LOOKS: Record<Status, { tone: Tone; icon: IconName; label: (t: TFunction) => string }> = {
  online: { tone: "good", icon: "check", label: (t) => t("Online") },
  silent: { tone: "warn", icon: "empty", label: (t) => t("Silent") },
  offline: { tone: "bad", icon: "close", label: (t) => t("Offline") },
  unassigned: { tone: "accent", icon: "question", label: (t) => t("Unassigned") },
};

/** A reader that has zones but was never heard is offline. */
export function statusOf(reader: ReaderWithHealth): Status {
  if (!reader.isAssigned) return "unassigned";
  const status = reader.health?.status ?? "offline";
  // Health is told every 2 s and may be a moment behind an assignment.
  return status === "unassigned" ? "online" : status;
}

export function ReaderStatus({ reader }: { reader: ReaderWithHealth }) {
  const { t } = useTranslation();
  const look = LOOKS[statusOf(reader)];
  return (
    <Badge tone={look.tone} icon={look.icon}>
      {look.label(t)}
    </Badge>
  );
}
