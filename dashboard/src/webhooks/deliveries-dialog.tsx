import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  deliveryStatusSchema,
  type Webhook,
  type WebhookDelivery,
} from "../../../domain/webhooks/webhook.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { SelectField } from "../ui/field.tsx";
import { Notice } from "../ui/notice.tsx";
import { PagedTable } from "../ui/paged-table.tsx";
import { useDeliveries, useSendAgain } from "./use-webhooks.ts";
import { deliveryColumns, deliveryStatusWords, WebhookState } from "./webhook-columns.tsx";

/** What was sent to one webhook, how it was answered, and once more on demand. */
export function DeliveriesDialog({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const { t } = useTranslation();
  const [status, setStatus] = useState<WebhookDelivery["status"] | null>(null);
  const query = useDeliveries(webhook.webhookId, status);
  const { again, test } = useSendAgain(webhook.webhookId);
  const words = deliveryStatusWords(t);
  return (
    <Dialog
      title={t("Deliveries")}
      isDrawer
      onClose={onClose}
      foot={
        <Button disabled={!webhook.isEnabled || test.isPending} onClick={() => test.mutate()}>
          {t("Send a test")}
        </Button>
      }
    >
      <div className="webhook-deliveries">
        <div className="toolbar">
          <WebhookState t={t} webhook={webhook} />
          <span className="webhook-url muted">{webhook.url}</span>
          <SelectField
            label={t("State")}
            isLabelHidden
            value={status ?? ""}
            choices={[
              { value: "", label: t("All") },
              ...deliveryStatusSchema.options.map((value) => ({ value, label: words[value] })),
            ]}
            onChange={(value) => setStatus(deliveryStatusSchema.safeParse(value).data ?? null)}
          />
        </div>
        <PagedTable
          label={t("Deliveries")}
          query={query}
          columns={deliveryColumns(
            t,
            webhook.isEnabled ? ({ deliveryId }) => again.mutate(deliveryId) : null,
          )}
          keyOf={(delivery) => delivery.deliveryId}
          loading={t("Loading deliveries")}
          failed={{ title: t("Deliveries can't be shown"), words: t("They are sent all the same.") }}
          empty={<Notice icon="mail" title={t("Nothing of this kind was sent in 30 days")} />}
        />
      </div>
    </Dialog>
  );
}
