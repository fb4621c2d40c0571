import { z } from "zod";
import type { ReadPointSettings } from "../../domain/tracking/tracking-settings.ts";
import { createVersionClock } from "../../server/master-data/version-clock.ts";
import { createTrackingSettingsStore } from "../../server/settings/tracking-settings-store.ts";
import type { SystemConnection } from "../platform/connect-to-system.ts";

const NOTE = "Found by a walk test (onhand calibrate)";

/** Saves the rules: through the API of a system that runs, else in the database, and tells processes that share it. */
export async function applyPoints(
  system: SystemConnection,
  points: readonly ReadPointSettings[],
): Promise<void> {
  if (system.mode === "remote") {
    for (const point of points) await put(system, point);
    return;
  }
  const nextVersion = createVersionClock(Date.now);
  const store = createTrackingSettingsStore({ db: system.db, nextVersion, nowMs: Date.now });
  for (const { locationId, readerId, antenna, ...rule } of points) {
    const place = { locationId, readerId, antenna: antenna ?? -1 };
    await store.save(place, rule, { changedBy: "onhand calibrate", note: NOTE });
  }
  system.noteChange(["tracking"]);
}

async function put(
  { url, token }: { url: string; token: string },
  { locationId, readerId, antenna, ...rule }: ReadPointSettings,
): Promise<void> {
  const end = antenna === null ? "" : `/${antenna}`;
  const path = `/v1/settings/read-points/${encodeURIComponent(locationId)}/${encodeURIComponent(readerId)}${end}`;
  const response = await fetch(new URL(path, url), {
    method: "PUT",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ ...rule, note: NOTE }),
    signal: AbortSignal.timeout(30_000),
  });
  if (response.ok) return;
  const problem = z
    .object({ title: z.string(), detail: z.string().default("") })
    .safeParse(await response.json());
  const why = problem.success ? `${problem.data.title}: ${problem.data.detail}` : `status ${response.status}`;
  throw new Error(`The rule of ${locationId}/${readerId}${end} was not taken: ${why}`);
}
