import { useTranslation } from "react-i18next";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { RuleInput } from "../../../client/rule-calls.ts";
import { useLive } from "../live/live-context.tsx";
import { usePages } from "../live/use-pages.ts";
import { showToast } from "../ui/toasts.tsx";

const REFRESH_MS = 15_000;

export function useRules() {
  const { client } = useLive();
  return useQuery({
    queryKey: ["rules", "list"],
    queryFn: ({ signal }) => client.rules.list(signal),
    refetchInterval: REFRESH_MS,
  });
}

export function useLocationGroups() {
  const { client } = useLive();
  return useQuery({
    queryKey: ["rules", "groups"],
    queryFn: ({ signal }) => client.rules.groups(signal),
    refetchInterval: REFRESH_MS,
  });
}

export function useRuleChanges() {
  const { client } = useLive();
  return usePages(["rules", "changes"], (page) => client.rules.changes(page));
}

/** What a rule would change; `rule` null while it is not complete. */
export function useRulePreview(ruleId: string, rule: RuleInput | null) {
  const { client } = useLive();
  return useQuery({
    queryKey: ["rules", "preview", ruleId, rule],
    queryFn: ({ signal }) => client.rules.preview({ ruleId, rule }, signal),
    enabled: rule !== null,
    placeholderData: keepPreviousData,
    retry: false,
  });
}

/** One change of rules or groups; all that shows them is read again after it. */
export function useRuleChange<Wish>(change: {
  run: (client: ReturnType<typeof useLive>["client"], wish: Wish) => Promise<unknown>;
  said: (wish: Wish) => string;
  onDone?: () => void;
}) {
  const { t } = useTranslation();
  const { client } = useLive();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (wish: Wish) => change.run(client, wish),
    onSuccess: (_, wish) => {
      showToast("good", change.said(wish), t("It holds at once, for everybody who asks."));
      change.onDone?.();
    },
    onError: (error) => {
      if (change.onDone === undefined) showToast("bad", t("Nothing was changed"), error.message);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ["rules"] }),
  });
}
