import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from "react";
import type { OnhandClient } from "../../../client/onhand-client.ts";
import { createLiveStock, type LiveStatus, type LiveStock } from "./live-stock.ts";
import type { StockRow } from "./row-store.ts";
import { whenQuiet } from "./when-quiet.ts";

/** `isOpen`: whether this person may see stock live; else its rows stay empty. */
type Live = { client: OnhandClient; stock: LiveStock; isOpen: boolean };

const LiveContext = createContext<Live | null>(null);

type LiveProviderProps = {
  client: OnhandClient;
  isOpen: boolean;
  onSessionEnded: () => void;
  children: ReactNode;
};

/** Opens the one stream of the page for everything below it. */
export function LiveProvider({ client, isOpen, onSessionEnded, children }: LiveProviderProps) {
  const [live] = useState<Live>(() => ({ client, stock: createLiveStock({ client }), isOpen }));
  const queries = useQueryClient();
  useEffect(() => {
    if (!live.isOpen) return undefined;
    // Home shows no rows: the first hundred thousand do not keep what it shows waiting.
    return location.pathname === "/" ? whenQuiet(queries, live.stock.start) : live.stock.start();
  }, [live, queries]);
  useEffect(() => {
    return live.stock.subscribeStatus(() => {
      if (live.stock.status().problem?.code === "unauthenticated") onSessionEnded();
    });
  }, [live, onSessionEnded]);
  return <LiveContext value={live}>{children}</LiveContext>;
}

export function useLive(): Live {
  const live = useContext(LiveContext);
  if (live === null) throw new Error("useLive needs a LiveProvider above it");
  return live;
}

export function useLiveStatus(): LiveStatus {
  const { stock } = useLive();
  return useSyncExternalStore(stock.subscribeStatus, stock.status);
}

/** One row, re-rendered only when it changes. */
export function useStockRow(key: string): StockRow | undefined {
  const { rows } = useLive().stock;
  return useSyncExternalStore(
    (listener) => rows.subscribeRow(key, listener),
    () => rows.getRow(key),
  );
}
