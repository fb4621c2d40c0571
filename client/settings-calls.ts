import type { z } from "zod";
import {
  readPointsAnswerSchema,
  readPointSchema,
  type setReadPointSchema,
  settingsHistorySchema,
  trackingAnswerSchema,
  trackingScopeSchema,
} from "../domain/api/tracking-settings-answers.ts";
import type { TrackingOverrides } from "../domain/tracking/tracking-settings.ts";
import type { Call } from "./http.ts";

/** A reader, or one antenna of it. */
export type ReadPointId = { locationId: string; readerId: string; antenna: number | null };

/** Settings of item tracking. They take effect within a second, for what is taken in from then on. */
export function createSettingsCalls(call: Call) {
  return {
    /** All settings with their meaning, what is set for the company and per location, and since when ingest uses it. */
    tracking: (signal?: AbortSignal) =>
      call("GET", "/v1/settings/tracking", trackingAnswerSchema, signal === undefined ? {} : { signal }),
    /** Sets all that a location (null: the company) sets of its own; what is absent is inherited. */
    setTracking: (locationId: string | null, overrides: TrackingOverrides, note: string) =>
      call(
        "PUT",
        locationId === null
          ? "/v1/settings/tracking"
          : `/v1/settings/tracking/${encodeURIComponent(locationId)}`,
        trackingScopeSchema,
        { body: { ...overrides, note } },
      ),
    /** Who changed what when, newest first. */
    history: (query: { cursor?: string; limit?: number }, signal?: AbortSignal) =>
      call("GET", "/v1/settings/tracking/history", settingsHistorySchema, {
        query,
        ...(signal === undefined ? {} : { signal }),
      }),
    /** Read points that tell near tags from stray ones by a rule of their own. */
    readPoints: (signal?: AbortSignal) =>
      call("GET", "/v1/settings/read-points", readPointsAnswerSchema, signal === undefined ? {} : { signal }),
    setReadPoint: (id: ReadPointId, rule: z.input<typeof setReadPointSchema>) =>
      call("PUT", readPointPath(id), readPointSchema, { body: rule }),
    removeReadPoint: (id: ReadPointId) => call("DELETE", readPointPath(id), readPointSchema),
  };
}

function readPointPath({ locationId, readerId, antenna }: ReadPointId): string {
  const reader = `/v1/settings/read-points/${encodeURIComponent(locationId)}/${encodeURIComponent(readerId)}`;
  return antenna === null ? reader : `${reader}/${antenna}`;
}
