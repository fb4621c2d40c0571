import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  deliveryStatusSchema,
  type Webhook,
  type WebhookDelivery,
} from "../../../domain/webhooks/webhook.ts";
import { TableSkeleton } from "../stock/table-skeleton.tsx";
import { Button } from "../ui/button.tsx";
import { DataTable } from "../ui/data-table.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { SelectField } from "../ui/field.tsx";
import { MoreButton } from "../ui/more-button.tsx";
import { Notice } from "../ui/notice.tsx";
import { Failed, StaleNote } from "../ui/query-state.tsx";
import { useDeliveries, useSendAgain } from "./use-webhooks.ts";
import { deliveryColumns, deliveryStatusWords, WebhookState } from "./webhook-columns.tsx";

/** What was sent to one webhook, how it was answered, and once more on demand. */
export function DeliveriesDialog({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const { t } = useTranslation();
  const [status, setStatus] = useState<WebhookDelivery["status"] | null>(null);
  const query = useDeliveries(webhook.webhookId, status);
  const { again, test } = useSendAgain(webhook.webhookId);
  const deliveries = query.data?.pages.flatMap((page) => page.items) ?? [];
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
        {query.data === undefined ? null : <StaleNote error={query.error} />}
        {query.isPending ? <TableSkeleton label={t("Loading deliveries")} /> : null}
        {query.error !== null && query.data === undefined ? (
          <Failed
            title={t("Deliveries can't be shown")}
            error={query.error}
            onRetry={() => void query.refetch()}
          >
            {t("They are sent all the same.")}
          </Failed>
        ) : null}
        {query.data !== undefined && deliveries.length === 0 ? (
          <Notice icon="mail" title={t("Nothing of this kind was sent in 30 days")} />
        ) : null}
        {deliveries.length === 0 ? null : (
          <>
            <DataTable
              label={t("Deliveries")}
              columns={deliveryColumns(
                t,
                webhook.isEnabled ? ({ deliveryId }) => again.mutate(deliveryId) : null,
              )}
              rows={deliveries}
              keyOf={(delivery) => delivery.deliveryId}
            />
            <MoreButton
              shown={deliveries.length}
              total={null}
              isLoading={query.isFetchingNextPage}
              onMore={query.hasNextPage ? () => void query.fetchNextPage() : null}
            />
          </>
        )}
      </div>
    </Dialog>
  );
}
