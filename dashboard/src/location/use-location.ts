import { useQuery } from "@tanstack/react-query";
import { useLive } from "../live/live-context.tsx";

const OFTEN_MS = 5_000;
const SELDOM_MS = 60_000;
const TASK_ROWS = 10;

/** When the location is open, of a week. */
export function useOpening(locationId: string) {
  const { client } = useLive();
  return useQuery({
    queryKey: ["opening", locationId],
    queryFn: ({ signal }) => client.locations.opening(locationId, { days: 7, signal }),
    refetchInterval: SELDOM_MS,
  });
}

/** Work that is open or accepted there, what waits longest first. */
export function useOpenTasks(locationId: string) {
  const { client } = useLive();
  return useQuery({
    queryKey: ["tasks", "few", locationId],
    queryFn: ({ signal }) => client.tasks.list({ location: locationId, limit: TASK_ROWS, signal }),
    refetchInterval: OFTEN_MS,
  });
}
