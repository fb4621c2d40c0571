import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { Reservation } from "../../../domain/reservations/reservation.ts";
import { Badge, type Tone } from "../ui/badge.tsx";
import type { Choice } from "../ui/field.tsx";
import type { IconName } from "../ui/icon.tsx";

type Look = { tone: Tone; icon: IconName; label: (t: TFunction) => string };

const LOOKS: Record<Reservation["status"], Look> = {
  held: { tone: "accent", icon: "hold", label: (t) => t("Held") },
  confirmed: { tone: "good", icon: "check", label: (t) => t("Confirmed") },
  picked: { tone: "good", icon: "check", label: (t) => t("Picked") },
  fulfilled: { tone: "calm", icon: "check", label: (t) => t("Handed over") },
  released: { tone: "calm", icon: "block", label: (t) => t("Released") },
  expired: { tone: "calm", icon: "empty", label: (t) => t("Expired") },
  short: { tone: "bad", icon: "warning", label: (t) => t("Short") },
  transferred: { tone: "calm", icon: "signOut", label: (t) => t("Held elsewhere") },
};

const AT_RISK: Look = { tone: "bad", icon: "warning", label: (t) => t("At risk") };

/** The states that a reservation can be in, to choose from. */
export const holdStatusChoices = (t: TFunction): Choice[] =>
  Object.entries(LOOKS).map(([value, { label }]) => ({ value, label: label(t) }));

/** Where a reservation stands; at risk says more than its status. */
export function HoldBadge({ hold }: { hold: Reservation }) {
  const { t } = useTranslation();
  const { tone, icon, label } = hold.isAtRisk ? AT_RISK : LOOKS[hold.status];
  return (
    <Badge tone={tone} icon={icon}>
      {label(t)}
    </Badge>
  );
}
