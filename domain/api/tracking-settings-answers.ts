import { z } from "zod";
import { idSchema } from "../identifiers.ts";
import {
  readPointSettingsSchema,
  trackingOverridesSchema,
  trackingSettingsSchema,
} from "../tracking/tracking-settings.ts";
import { pageSchema } from "./paging.ts";

const noteSchema = z.string().max(1000).default("").describe("Why, for the history");
const changeShape = { changedAt: z.string(), changedBy: z.string(), note: z.string() };

/** Body of `PUT /v1/settings/tracking` and `…/{locationId}`: all that is set there; what is absent is inherited. */
export const setTrackingSchema = trackingOverridesSchema.extend({ note: noteSchema });

/** Body of `PUT /v1/settings/read-points/{locationId}/{readerId}[/{antenna}]`. */
export const setReadPointSchema = readPointSettingsSchema
  .omit({ locationId: true, readerId: true, antenna: true })
  .extend({ note: noteSchema })
  .strict();

/** What the company (`locationId` null) or a location has set, and what holds there. `lastChange` is null where nothing was. */
export const trackingScopeSchema = z.object({
  locationId: idSchema.nullable(),
  overrides: trackingOverridesSchema,
  effective: trackingSettingsSchema,
  lastChange: z.object(changeShape).nullable(),
});
export type TrackingScope = z.infer<typeof trackingScopeSchema>;

/** `GET /v1/settings/tracking`. */
export const trackingAnswerSchema = z.object({
  /** Every setting, with what it means and its value where nobody sets it. */
  settings: z.array(
    z.object({ name: z.string(), description: z.string(), default: z.union([z.number(), z.boolean()]) }),
  ),
  /** The company's values of ingest's environment (TRACKING_…), below those that people set here. */
  base: trackingOverridesSchema,
  company: trackingScopeSchema,
  /** Locations that set something of their own; the others have the company's. */
  locations: z.array(trackingScopeSchema),
  /** Since when ingest uses what it uses, and whether that is what is set now; null before it ran. */
  inUse: z.object({ since: z.string(), ordinal: z.number(), isCurrent: z.boolean() }).nullable(),
});
export type TrackingAnswer = z.infer<typeof trackingAnswerSchema>;

export const readPointSchema = readPointSettingsSchema.extend({ lastChange: z.object(changeShape) });
export type ReadPoint = z.infer<typeof readPointSchema>;

/** `GET /v1/settings/read-points`, ordered by location, reader and antenna. */
export const readPointsAnswerSchema = z.object({ items: z.array(readPointSchema) });

const valueSchema = z.union([z.number(), z.boolean(), z.null()]);

/** One change of settings; `from` and `to` are null where the level above holds. */
export const settingsChangeSchema = z.object({
  ...changeShape,
  scope: z.enum(["company", "location", "read_point"]),
  locationId: z.string(),
  readerId: z.string(),
  antenna: z.number().nullable(),
  changes: z.array(z.object({ name: z.string(), from: valueSchema, to: valueSchema })),
});
export type SettingsChange = z.infer<typeof settingsChangeSchema>;

/** `GET /v1/settings/tracking/history`, newest first. */
export const settingsHistorySchema = pageSchema(settingsChangeSchema);
