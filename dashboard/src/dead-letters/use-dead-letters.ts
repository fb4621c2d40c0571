import { useTranslation } from "react-i18next";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { DeadLetterQuery } from "../../../client/dead-letter-calls.ts";
import { useLive } from "../live/live-context.tsx";
import { usePages } from "../live/use-pages.ts";
import { showToast } from "../ui/toasts.tsx";
import { stepWords } from "./step-words.ts";

const REFRESH_MS = 5_000;
const JOB_REFRESH_MS = 500;
const PAGE_ROWS = 100;

export function useGroups() {
  const { client } = useLive();
  return useQuery({
    queryKey: ["dead-letters", "groups"],
    queryFn: ({ signal }) => client.deadLetters.groups({ signal }),
    refetchInterval: REFRESH_MS,
  });
}

export function useDeadLetters(filter: DeadLetterQuery) {
  const { client } = useLive();
  return usePages(
    ["dead-letters", "list", filter],
    (page) => client.deadLetters.list({ ...filter, ...page, limit: PAGE_ROWS }),
    { refetchInterval: REFRESH_MS },
  );
}

export function useDeadLetter(deadLetterId: string) {
  const { client } = useLive();
  return useQuery({
    queryKey: ["dead-letters", "one", deadLetterId],
    queryFn: ({ signal }) => client.deadLetters.get(deadLetterId, signal),
  });
}

/** A step on one letter; whatever shows letters is read again after it. */
export function useStep() {
  const { t } = useTranslation();
  const { client } = useLive();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (wish: Wish) => {
      switch (wish.action) {
        case "replay":
          return client.deadLetters.replay(wish.deadLetterId, wish.isHistorical);
        case "discard":
          return client.deadLetters.discard(wish.deadLetterId, wish.note);
        case "reopen":
          return client.deadLetters.reopen(wish.deadLetterId);
        default:
          return wish satisfies never;
      }
    },
    onSuccess: ({ state, step }) => {
      const isSettled = state !== "open" || step.action === "reopen";
      showToast(isSettled ? "good" : "bad", stepWords(t, step.action, step.status), step.detail);
    },
    onError: (error) => showToast("bad", t("Nothing was changed"), error.message),
    onSettled: () => queries.invalidateQueries({ queryKey: ["dead-letters"] }),
  });
}

export type Wish =
  | { action: "replay"; deadLetterId: string; isHistorical: boolean }
  | { action: "discard"; deadLetterId: string; note: string }
  | { action: "reopen"; deadLetterId: string };

/** A replay of many: begins it, and follows it to its end. */
export function useReplayMany() {
  const { t } = useTranslation();
  const { client } = useLive();
  const queries = useQueryClient();
  const [jobId, setJobId] = useState<string | null>(null);
  const begin = useMutation({
    mutationFn: (wish: { filter: Omit<DeadLetterQuery, "state">; isHistorical: boolean }) =>
      client.deadLetters.replayMany(wish.filter, wish.isHistorical),
    onSuccess: (job) => setJobId(job.jobId),
    onError: (error) => showToast("bad", t("The replay did not begin"), error.message),
  });
  const job = useQuery({
    queryKey: ["dead-letter-replay", jobId],
    queryFn: async ({ signal }) => {
      const now = await client.deadLetters.replayJob(jobId ?? "", signal);
      if (now.state !== "running") await queries.invalidateQueries({ queryKey: ["dead-letters"] });
      return now;
    },
    enabled: jobId !== null,
    refetchInterval: ({ state }) => (state.data?.state === "running" ? JOB_REFRESH_MS : false),
  });
  const stop = () => {
    if (jobId !== null) void client.deadLetters.stopReplay(jobId).then(() => job.refetch());
  };
  return { begin, job: job.data ?? null, stop, close: () => setJobId(null) };
}
