import { useTranslation } from "react-i18next";
import type { FulfilmentStatus } from "../../../domain/orders/order.ts";
import { Badge, type Tone } from "../ui/badge.tsx";
import type { IconName } from "../ui/icon.tsx";
import { statusWords } from "./order-words.ts";

const LOOKS: Record<FulfilmentStatus, { tone: Tone; icon: IconName }> = {
  allocated: { tone: "accent", icon: "hold" },
  sent_to_store: { tone: "accent", icon: "hold" },
  accepted: { tone: "accent", icon: "check" },
  picking: { tone: "accent", icon: "search" },
  ready: { tone: "good", icon: "check" },
  arrived: { tone: "warn", icon: "warning" },
  shipped: { tone: "good", icon: "check" },
  collected: { tone: "calm", icon: "check" },
  delivered: { tone: "calm", icon: "check" },
  short: { tone: "bad", icon: "warning" },
  cancelled: { tone: "calm", icon: "block" },
  no_show: { tone: "warn", icon: "empty" },
  returned: { tone: "calm", icon: "back" },
};

/** Where an order, or a part of it, stands. */
export function OrderStatusBadge({ status }: { status: FulfilmentStatus }) {
  const { t } = useTranslation();
  const { tone, icon } = LOOKS[status];
  return (
    <Badge tone={tone} icon={icon}>
      {statusWords(t)[status]}
    </Badge>
  );
}
