import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { loadAllPages } from "../live/load-all-pages.ts";
import { useLive } from "../live/live-context.tsx";
import { addSamples, type RateHistory } from "./rate-history.ts";

/** The server hears of readers every 2 s. */
const REFRESH_MS = 2000;

/** Readers with their health, read again every 2 s, and how their rates went since the page was opened. */
export function useReaders() {
  const { client } = useLive();
  const query = useQuery({
    queryKey: ["readers"],
    queryFn: ({ signal }) => loadAllPages((page) => client.readers.list({ ...page, signal })),
    refetchInterval: REFRESH_MS,
    structuralSharing: false,
  });
  const [sampled, setSampled] = useState<{ atMs: number; history: RateHistory }>({
    atMs: 0,
    history: new Map(),
  });
  if (query.data !== undefined && query.dataUpdatedAt !== sampled.atMs) {
    setSampled({ atMs: query.dataUpdatedAt, history: addSamples(sampled.history, query.data) });
  }
  return { query, history: sampled.history };
}
