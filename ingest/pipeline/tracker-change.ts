import type { NewlyKnown } from "../newly-known.ts";
import type { TrackingConfiguration } from "../../domain/tracking/tracking-configuration.ts";

/**
 * What changed for the item tracker beside reads and events. `ordinal` is its place among them: what has a higher one came
 * after it. A replay does the same at the same place.
 */
export type TrackerChange = { ordinal: number } & (
  | { kind: "started" }
  /** These settings hold for what is taken from here on. */
  | { kind: "configured"; configuration: TrackingConfiguration }
  /** Reads that had waited for a zone were taken; of these readers (`location/reader`), or of all that were assigned. */
  | { kind: "took_waiting"; readers: readonly string[] | null }
  /** Reads that had waited for their product were taken; of these products and mapped tags, or of all that were known. */
  | { kind: "took_newly_known"; news: NewlyKnown | null }
);

export const TRACKER_CHANGE_COLUMNS = ["ordinal", "kind", "detail", "recorded_at"] as const;

/** One row of `tracker_changes`. */
export function trackerChangeRow(change: TrackerChange, recordedAtMs: number) {
  return [change.ordinal, change.kind, detailOf(change), (recordedAtMs / 1000).toFixed(3)];
}

function detailOf(change: TrackerChange): string {
  switch (change.kind) {
    case "started":
      return "{}";
    case "configured":
      return JSON.stringify(change.configuration);
    case "took_waiting":
      return JSON.stringify({ readers: change.readers });
    case "took_newly_known":
      return JSON.stringify({ news: change.news });
    default:
      return change satisfies never;
  }
}
