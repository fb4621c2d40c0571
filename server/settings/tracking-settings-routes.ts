import { z } from "zod";
import { pageQuerySchema } from "../../domain/api/paging.ts";
import {
  setTrackingSchema,
  type SettingsChange,
  settingsHistorySchema,
  trackingAnswerSchema,
  type TrackingScope,
  trackingScopeSchema,
} from "../../domain/api/tracking-settings-answers.ts";
import { idSchema } from "../../domain/identifiers.ts";
import { effectiveTracking } from "../../domain/tracking/tracking-configuration.ts";
import type { TrackingOverrides } from "../../domain/tracking/tracking-settings.ts";
import { decodeCursor, toPage } from "../http/cursor.ts";
import { type Caller, defineRoute, type Route } from "../http/route.ts";
import type { NoteChange } from "../master-data/change.ts";
import type { LocationStore } from "../master-data/location-store.ts";
import { HttpProblem } from "../problems.ts";
import { changedSettings } from "./changed-settings.ts";
import { describeSettings } from "./describe-settings.ts";
import {
  overridesOf,
  readPointsOf,
  type StoredChange,
  type TrackingSettingsStore,
} from "./tracking-settings-store.ts";

const TAG = "Settings";
const paramsSchema = z.object({ locationId: idSchema });
/** How a history is asked for the company's own settings, which belong to no location. */
const COMPANY = "company";

/** Settings of item tracking for the company and its locations, with their history. */
export function createTrackingSettingsRoutes(deps: {
  store: TrackingSettingsStore;
  locations: LocationStore;
  noteChange: NoteChange;
}): Route[] {
  const { store } = deps;

  async function load() {
    const [stored, inUse] = await Promise.all([store.load(), store.inUse()]);
    const overrides = overridesOf(stored);
    const base = inUse?.configuration.base ?? {};
    const scopeOf = (locationId: string): TrackingScope => {
      const own = overrides.find((scope) => scope.locationId === locationId);
      return {
        locationId: locationId === "" ? null : locationId,
        overrides: own?.overrides ?? {},
        effective: effectiveTracking({ base, overrides }, locationId),
        lastChange: own?.lastChange ?? null,
      };
    };
    return { stored, inUse, overrides, base, scopeOf };
  }

  /** Null takes back what was set. Setting what is set already is no change. */
  async function save(
    caller: Caller,
    locationId: string,
    overrides: TrackingOverrides | null,
    note: string,
  ): Promise<{ body: TrackingScope }> {
    if (locationId !== "" && (await deps.locations.find(locationId)) === null) {
      throw new HttpProblem("location_not_found", `There is no location ${locationId}.`);
    }
    const before = await load();
    const own = before.overrides.find((scope) => scope.locationId === locationId);
    const isSame =
      own === undefined
        ? overrides === null || Object.keys(overrides).length === 0
        : overrides !== null && changedSettings(own.overrides, overrides).length === 0;
    if (isSame) return { body: before.scopeOf(locationId) };
    const place = { locationId, readerId: "", antenna: -1 };
    await store.save(place, overrides, { changedBy: caller.keyId, note });
    await deps.noteChange(caller, {
      area: "tracking",
      action: overrides === null ? "tracking.reset" : "tracking.set",
      subject: locationId === "" ? COMPANY : locationId,
      detail: { overrides, note },
    });
    return { body: (await load()).scopeOf(locationId) };
  }

  return [
    defineRoute({
      method: "GET",
      path: "/v1/settings/tracking",
      tag: TAG,
      summary:
        "Settings of item tracking: what they mean, what is set for the company and per location, what holds",
      roles: ["merchandiser", "admin"],
      answer: { schema: trackingAnswerSchema, description: "All settings" },
      async handle() {
        const { stored, inUse, overrides, base, scopeOf } = await load();
        const isCurrent =
          inUse !== null &&
          isSameJson(
            [inUse.configuration.overrides, inUse.configuration.readPoints],
            [
              overrides.map(({ locationId, overrides: own }) => ({ locationId, overrides: own })),
              readPointsOf(stored).map(({ point }) => point),
            ],
          );
        return {
          body: {
            settings: describeSettings(),
            base,
            company: scopeOf(""),
            locations: overrides
              .filter(({ locationId }) => locationId !== "")
              .map(({ locationId }) => scopeOf(locationId)),
            inUse: inUse === null ? null : { since: inUse.since, ordinal: inUse.ordinal, isCurrent },
          },
        };
      },
    }),
    defineRoute({
      method: "PUT",
      path: "/v1/settings/tracking",
      tag: TAG,
      summary: "Set the company's settings of item tracking; those that are absent have their defaults again",
      description: "Takes effect within a second, for what is taken in from then on. See `inUse`.",
      roles: ["admin"],
      body: setTrackingSchema,
      answer: { schema: trackingScopeSchema, description: "What holds for the company now" },
      handle: ({ body: { note, ...overrides }, caller }) => save(caller, "", overrides, note),
    }),
    defineRoute({
      method: "PUT",
      path: "/v1/settings/tracking/:locationId",
      tag: TAG,
      summary:
        "Set a location's own settings of item tracking; those that are absent are the company's again",
      roles: ["admin"],
      params: paramsSchema,
      body: setTrackingSchema,
      answer: { schema: trackingScopeSchema, description: "What holds at the location now" },
      problems: ["location_not_found"],
      handle: ({ params, body: { note, ...overrides }, caller }) =>
        save(caller, params.locationId, overrides, note),
    }),
    defineRoute({
      method: "DELETE",
      path: "/v1/settings/tracking/:locationId",
      tag: TAG,
      summary: "Take a location's own settings of item tracking back: it has the company's again",
      roles: ["admin"],
      params: paramsSchema,
      answer: { schema: trackingScopeSchema, description: "What holds at the location now" },
      problems: ["location_not_found"],
      handle: ({ params, caller }) => save(caller, params.locationId, null, ""),
    }),
    defineRoute({
      method: "GET",
      path: "/v1/settings/tracking/history",
      tag: TAG,
      summary: "Who changed which settings of item tracking and of read points when, newest first",
      description: `\`location\` names one location, or \`${COMPANY}\` for what holds everywhere.`,
      roles: ["merchandiser", "admin"],
      query: pageQuerySchema.omit({ query: true }).extend({ location: idSchema.optional() }),
      answer: { schema: settingsHistorySchema, description: "A page" },
      problems: ["invalid_cursor"],
      async handle({ query }) {
        const [before = null] = decodeCursor(query.cursor, ["number"]) ?? [];
        const locationId = query.location === COMPANY ? "" : (query.location ?? null);
        const rows = await store.history({
          locationId,
          before: before === null ? null : Number(before),
          limit: query.limit,
        });
        const page = toPage(rows, query.limit, (row) => [row.version]);
        return { body: { ...page, items: page.items.map(toChange) } };
      },
    }),
  ];
}

function toChange(row: StoredChange): SettingsChange {
  const isReadPoint = row.readerId !== "";
  return {
    changedAt: row.changedAt,
    changedBy: row.changedBy,
    note: row.note,
    scope: isReadPoint ? "read_point" : row.locationId === "" ? "company" : "location",
    locationId: row.locationId,
    readerId: row.readerId,
    antenna: row.antenna === -1 ? null : row.antenna,
    changes: changedSettings(row.before, row.settings),
  };
}

function isSameJson(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
