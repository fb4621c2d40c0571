import { useTranslation } from "react-i18next";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useLive } from "../live/live-context.tsx";
import { showToast } from "../ui/toasts.tsx";

const REFRESH_MS = 5_000;

/** The running check that memory equals the ledger. */
export function useLedgerCheck() {
  const { client } = useLive();
  return useQuery({
    queryKey: ["reconciliation"],
    queryFn: ({ signal }) => client.reconciliation.get({ signal }),
    refetchInterval: REFRESH_MS,
  });
}

/** Checks one location now. */
export function useCheckNow() {
  const { t } = useTranslation();
  const { client } = useLive();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (locationId: string) => client.reconciliation.check(locationId),
    onError: (error) => showToast("bad", t("It could not be checked"), error.message),
    onSettled: () => queries.invalidateQueries({ queryKey: ["reconciliation"] }),
  });
}
