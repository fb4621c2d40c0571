import { useTranslation } from "react-i18next";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Count } from "../../../domain/api/counts.ts";
import { useLive } from "../live/live-context.tsx";
import { usePages } from "../live/use-pages.ts";
import { showToast } from "../ui/toasts.tsx";

const REFRESH_MS = 5_000;
const PAGE_ROWS = 50;

export function useCounts(locationId: string) {
  const { client } = useLive();
  return usePages(
    ["counts", "list", locationId],
    (page) =>
      client.counts.list({
        ...page,
        limit: PAGE_ROWS,
        ...(locationId === "" ? {} : { location: locationId }),
      }),
    { refetchInterval: REFRESH_MS },
  );
}

export function useCount({ locationId, countId }: Pick<Count, "locationId" | "countId">) {
  const { client } = useLive();
  return useQuery({
    queryKey: ["counts", "one", locationId, countId],
    queryFn: ({ signal }) => client.counts.get(locationId, countId, signal),
  });
}

/** A person's word on a count that is held. */
export function useDecision(onDone: () => void) {
  const { t } = useTranslation();
  const { client } = useLive();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (wish: { count: Count; decision: "accept" | "reject"; note: string }) =>
      client.counts.decide(wish.count.countId, {
        locationId: wish.count.locationId,
        decision: wish.decision,
        ...(wish.note === "" ? {} : { note: wish.note }),
      }),
    onSuccess: (_, { decision }) => {
      showToast(
        "good",
        decision === "accept" ? t("The count is applied") : t("The count is rejected"),
        decision === "accept" ? t("Its differences are in the ledger.") : t("Stock is as it was."),
      );
      onDone();
    },
    onError: (error) => showToast("bad", t("Nothing was decided"), error.message),
    onSettled: () => queries.invalidateQueries({ queryKey: ["counts"] }),
  });
}
