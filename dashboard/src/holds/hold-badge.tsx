import type { Reservation } from "../../../domain/reservations/reservation.ts";
import { Badge, type Tone } from "../ui/badge.tsx";
import type { IconName } from "../ui/icon.tsx";

const LOOKS: Record<Reservation["status"], { tone: Tone; icon: IconName; label: string }> = {
  held: { tone: "accent", icon: "hold", label: "Held" },
  confirmed: { tone: "good", icon: "check", label: "Confirmed" },
  picked: { tone: "good", icon: "check", label: "Picked" },
  fulfilled: { tone: "calm", icon: "check", label: "Handed over" },
  released: { tone: "calm", icon: "block", label: "Released" },
  expired: { tone: "calm", icon: "empty", label: "Expired" },
  short: { tone: "bad", icon: "warning", label: "Short" },
  transferred: { tone: "calm", icon: "signOut", label: "Held elsewhere" },
};

export const HOLD_STATUS_LABELS = Object.entries(LOOKS).map(([value, { label }]) => ({ value, label }));

/** Where a reservation stands; at risk says more than its status. */
export function HoldBadge({ hold }: { hold: Reservation }) {
  const { tone, icon, label } = hold.isAtRisk
    ? ({ tone: "bad", icon: "warning", label: "At risk" } as const)
    : LOOKS[hold.status];
  return (
    <Badge tone={tone} icon={icon}>
      {label}
    </Badge>
  );
}
