import { useTranslation } from "react-i18next";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useLive } from "../live/live-context.tsx";
import { usePages } from "../live/use-pages.ts";
import { showToast } from "../ui/toasts.tsx";

const REFRESH_MS = 10_000;
const PAGE_ROWS = 20;

/** Fetches of all feeds, the newest first. */
export function useFeedRuns() {
  const { client } = useLive();
  return usePages(["feeds", "runs"], (page) => client.feeds.runs({ ...page, limit: PAGE_ROWS }), {
    refetchInterval: REFRESH_MS,
  });
}

/** Rehearsals of the audit, the newest first. */
export function useFeedAudits() {
  const { client } = useLive();
  return usePages(["feeds", "audits"], (page) => client.feeds.audits({ ...page, limit: PAGE_ROWS }));
}

export function useFeedAudit(auditId: string) {
  const { client } = useLive();
  return useQuery({
    queryKey: ["feeds", "audit", auditId],
    queryFn: ({ signal }) => client.feeds.audit(auditId, signal),
  });
}

/** Draws the products of a new rehearsal. */
export function useDrawAudit(onDrawn: (auditId: string) => void) {
  const { t } = useTranslation();
  const { client } = useLive();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (locationId: string) => client.feeds.drawAudit({ locationId }),
    onSuccess: ({ auditId }) => onDrawn(auditId),
    onError: (error) => showToast("bad", t("Nothing was drawn"), error.message),
    onSettled: () => queries.invalidateQueries({ queryKey: ["feeds", "audits"] }),
  });
}

/** Takes down what was found of one product. */
export function useFound(auditId: string) {
  const { client } = useLive();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (found: { gtin: string; quantity: number }[]) => client.feeds.takeFound(auditId, found),
    onSuccess: (audit) => queries.setQueryData(["feeds", "audit", auditId], audit),
    onSettled: () => queries.invalidateQueries({ queryKey: ["feeds", "audits"] }),
  });
}
