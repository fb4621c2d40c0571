import type { ReaderWithHealth } from "../../../domain/api/master-data-answers.ts";
import { Badge, type Tone } from "../ui/badge.tsx";
import type { IconName } from "../ui/icon.tsx";

export type Status = "online" | "silent" | "offline" | "unassigned";

const LOOKS: Record<Status, { tone: Tone; icon: IconName; label: string }> = {
  online: { tone: "good", icon: "check", label: "Online" },
  silent: { tone: "warn", icon: "empty", label: "Silent" },
  offline: { tone: "bad", icon: "close", label: "Offline" },
  unassigned: { tone: "accent", icon: "question", label: "Unassigned" },
};

/** A reader that has zones but was never heard is offline. */
export function statusOf(reader: ReaderWithHealth): Status {
  if (!reader.isAssigned) return "unassigned";
  const status = reader.health?.status ?? "offline";
  // Health is told every 2 s and may be a moment behind an assignment.
  return status === "unassigned" ? "online" : status;
}

export function ReaderStatus({ reader }: { reader: ReaderWithHealth }) {
  const look = LOOKS[statusOf(reader)];
  return (
    <Badge tone={look.tone} icon={look.icon}>
      {look.label}
    </Badge>
  );
}
