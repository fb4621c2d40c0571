import { useSyncExternalStore } from "react";

const QUERY = "(prefers-reduced-motion: no-preference)";

function subscribe(listener: () => void): () => void {
  const media = matchMedia(QUERY);
  media.addEventListener("change", listener);
  return () => media.removeEventListener("change", listener);
}

/** False for who asked their system for less motion: a plot then changes at once. */
export function useIsMoving(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(QUERY).matches);
}
