import { useQuery } from "@tanstack/react-query";
import { useLive } from "../live/live-context.tsx";

/** The server looks at its memory every 5 seconds. */
const REFRESH_MS = 5_000;

/** What needs somebody, at one place or (empty) at all. */
export function useAttention(location: string) {
  const { client } = useLive();
  return useQuery({
    queryKey: ["attention", location],
    queryFn: ({ signal }) => client.attention({ signal, ...(location === "" ? {} : { location }) }),
    refetchInterval: REFRESH_MS,
  });
}
