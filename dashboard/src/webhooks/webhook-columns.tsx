import type { TFunction } from "i18next";
import type { Webhook, WebhookDelivery } from "../../../domain/webhooks/webhook.ts";
import { formatWhole } from "../format/number.ts";
import { Age } from "../ui/age.tsx";
import { Badge, type Tone } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import type { Column } from "../ui/data-table.tsx";
import type { IconName } from "../ui/icon.tsx";

/** How a webhook is: it hears, it fails, or it was switched off and why. */
export function WebhookState({ t, webhook }: { t: TFunction; webhook: Webhook }) {
  if (webhook.isEnabled) {
    return webhook.failingSince === null ? (
      <Badge tone="good" icon="check">
        {t("Hears")}
      </Badge>
    ) : (
      <Badge tone="warn" icon="warning">
        {t("Fails")}
      </Badge>
    );
  }
  const reason = {
    by_person: t("Switched off"),
    failing: t("Switched off: it failed"),
    gone: t("Switched off: gone"),
  }[webhook.disabledReason ?? "by_person"];
  return (
    <Badge tone={webhook.disabledReason === "by_person" ? "calm" : "bad"} icon="block">
      {reason}
    </Badge>
  );
}

export function webhookColumns(t: TFunction, onOpen: (webhook: Webhook) => void): Column<Webhook>[] {
  return [
    {
      label: t("Address"),
      look: "wide",
      cell: (webhook) => (
        <>
          <div className="strong webhook-url">{webhook.url}</div>
          <div className="muted">{webhook.eventTypes.join(", ")}</div>
        </>
      ),
    },
    { label: t("State"), cell: (webhook) => <WebhookState t={t} webhook={webhook} /> },
    {
      label: t("Failing since"),
      cell: ({ failingSince }) =>
        failingSince === null ? <span className="muted">–</span> : <Age atMs={Date.parse(failingSince)} />,
    },
    { label: t("Waiting"), look: "number", cell: ({ pending }) => formatWhole(pending) },
    {
      label: t("Deliveries"),
      look: "actions",
      cell: (webhook) => <Button onClick={() => onOpen(webhook)}>{t("Deliveries")}</Button>,
    },
  ];
}

const LOOKS: Record<WebhookDelivery["status"], { tone: Tone; icon: IconName }> = {
  pending: { tone: "warn", icon: "hold" },
  delivered: { tone: "good", icon: "check" },
  failed: { tone: "bad", icon: "warning" },
};

export function deliveryStatusWords(t: TFunction): Record<WebhookDelivery["status"], string> {
  return { pending: t("On its way"), delivered: t("Delivered"), failed: t("Given up") };
}

export function deliveryColumns(
  t: TFunction,
  onAgain: ((delivery: WebhookDelivery) => void) | null,
): Column<WebhookDelivery>[] {
  return [
    {
      label: t("Event"),
      look: "wide",
      cell: (delivery) => (
        <>
          <div className="strong">{delivery.eventType}</div>
          <div className="muted webhook-url">
            {delivery.error === "" ? delivery.deliveryId : delivery.error}
          </div>
        </>
      ),
    },
    {
      label: t("State"),
      cell: ({ status }) => <Badge {...LOOKS[status]}>{deliveryStatusWords(t)[status]}</Badge>,
    },
    {
      label: t("Answer"),
      look: "number",
      cell: ({ responseCode }) => responseCode ?? <span className="muted">–</span>,
    },
    { label: t("Attempts"), look: "number", cell: ({ attempts }) => formatWhole(attempts) },
    { label: t("Made"), look: "number", cell: ({ createdAt }) => <Age atMs={Date.parse(createdAt)} /> },
    {
      label: t("Send again"),
      look: "actions",
      cell: (delivery) =>
        onAgain === null || delivery.status === "pending" ? null : (
          <Button onClick={() => onAgain(delivery)}>{t("Send again")}</Button>
        ),
    },
  ];
}
