import { createContext, useContext, useSyncExternalStore } from "react";
import type { Store } from "../work/create-store.ts";
import type { Work } from "../work/work-board.ts";

export const StoreContext = createContext<Store | null>(null);

export function useStore(): Store {
  const store = useContext(StoreContext);
  if (store === null) throw new Error("useStore needs a StoreApp above it");
  return store;
}

/** What there is to show, as it changes. */
export function useWork(): Work {
  const { board } = useStore();
  return useSyncExternalStore(board.subscribe, board.work);
}
