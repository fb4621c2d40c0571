import type { StockBook } from "../domain/tracking/stock-book.ts";
import { effectiveTracking, type TrackingConfiguration } from "../domain/tracking/tracking-configuration.ts";
import type { Committer } from "./pipeline/committer.ts";

/**
 * Brings settings of tracking into force. What is taken from then on is judged by them; the ordinal from which on is
 * committed with the batch, so that a replay can use them where they were used.
 */
export function createTrackingConfigurator(deps: {
  book: Pick<StockBook, "configureLocation">;
  committer: Pick<Committer, "current" | "touched">;
  nextOrdinal(): number;
}) {
  const configured = new Set<string>();
  let inForce: { configuration: TrackingConfiguration; text: string } | null = null;
  let isStarted = false;

  function note(configuration: TrackingConfiguration): void {
    const ordinal = deps.nextOrdinal();
    deps.committer.current.trackerChanges.push({ kind: "configured", ordinal, configuration });
    deps.committer.touched();
  }

  return {
    /** Call it in the step in which the settings begin to count. Those that are in force already are no change. */
    apply(configuration: TrackingConfiguration, locationIds: ReadonlySet<string>): void {
      const text = JSON.stringify(configuration);
      const isChanged = text !== inForce?.text;
      for (const locationId of locationIds) {
        // A location that is new has its settings from its first read on.
        if (!isChanged && configured.has(locationId)) continue;
        deps.book.configureLocation(locationId, effectiveTracking(configuration, locationId));
        configured.add(locationId);
      }
      inForce = { configuration, text };
      if (isChanged && isStarted) note(configuration);
    },
    /** Ordinals go on where the ledger ended: notes the start, and what is in force. */
    start(): void {
      isStarted = true;
      deps.committer.current.trackerChanges.push({ kind: "started", ordinal: deps.nextOrdinal() });
      if (inForce !== null) note(inForce.configuration);
    },
  };
}
