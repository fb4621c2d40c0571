import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { WebhookDelivery } from "../../../domain/webhooks/webhook.ts";
import { useLive } from "../live/live-context.tsx";
import { usePages } from "../live/use-pages.ts";
import { showToast } from "../ui/toasts.tsx";

const REFRESH_MS = 5_000;
const PAGE_ROWS = 25;

export function useWebhooks() {
  const { client } = useLive();
  return useQuery({
    queryKey: ["webhooks"],
    queryFn: ({ signal }) => client.webhooks.list(signal),
    refetchInterval: REFRESH_MS,
  });
}

/** What was sent to one, the newest first; 30 days. */
export function useDeliveries(webhookId: string, status: WebhookDelivery["status"] | null) {
  const { client } = useLive();
  const filter = status === null ? {} : { status };
  return usePages(
    ["webhooks", webhookId, "deliveries", filter],
    (page) => client.webhooks.deliveries(webhookId, { ...filter, ...page, limit: PAGE_ROWS }),
    { refetchInterval: REFRESH_MS },
  );
}

/** Sends one delivery again, or a test. */
export function useSendAgain(webhookId: string) {
  const { client } = useLive();
  const { t } = useTranslation();
  const queries = useQueryClient();
  const after = {
    onSuccess: () => showToast("good", t("It is on its way"), t("The list says how it was answered.")),
    onError: (error: Error) => showToast("bad", t("Nothing was sent"), error.message),
    onSettled: () => queries.invalidateQueries({ queryKey: ["webhooks", webhookId] }),
  };
  const again = useMutation({
    mutationFn: (deliveryId: string) => client.webhooks.redeliver(webhookId, deliveryId),
    ...after,
  });
  const test = useMutation({ mutationFn: () => client.webhooks.test(webhookId), ...after });
  return { again, test };
}
