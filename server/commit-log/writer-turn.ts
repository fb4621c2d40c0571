import type { WriterLease } from "../../sql/leases/writer-lease.ts";

/** While this server grants: what another log of the same writer needs. `ended` aborts when it no longer does. */
export type WriterTurn = {
  epoch: number;
  lease: Pick<WriterLease, "mayWrite" | "isStillHeld">;
  ended: AbortSignal;
};

/** Resolves when the signal aborts; at once when it has. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
