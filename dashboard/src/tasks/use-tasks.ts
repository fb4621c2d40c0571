import { useQuery } from "@tanstack/react-query";
import type { TaskQuery } from "../../../client/task-calls.ts";
import { useLive } from "../live/live-context.tsx";
import { usePages } from "../live/use-pages.ts";

const REFRESH_MS = 5_000;
const PAGE_ROWS = 50;

/** Tasks of stores, what waits longest first; read again every 5 s. */
export function useTasks(query: TaskQuery) {
  const { client } = useLive();
  return usePages(["tasks", query], (page) => client.tasks.list({ ...query, ...page, limit: PAGE_ROWS }), {
    refetchInterval: REFRESH_MS,
  });
}

/** One task, also one that ended long ago. */
export function useTask(taskId: string) {
  const { client } = useLive();
  return useQuery({
    queryKey: ["task", taskId],
    queryFn: ({ signal }) => client.tasks.get(taskId, signal),
    refetchInterval: REFRESH_MS,
  });
}
