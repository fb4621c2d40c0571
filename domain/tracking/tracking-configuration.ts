import { z } from "zod";
import {
  DEFAULT_TRACKING_SETTINGS,
  type ReadPointSettings,
  readPointSettingsSchema,
  type TrackingOverrides,
  trackingOverridesSchema,
  type TrackingSettings,
} from "./tracking-settings.ts";

/** What a location or the company has set of its own; `locationId` is "" for the company. */
export const scopedOverridesSchema = z.object({ locationId: z.string(), overrides: trackingOverridesSchema });
export type ScopedOverrides = { locationId: string; overrides: TrackingOverrides };

/**
 * All settings of item tracking that are in use at one time. `base` are the company's values of the environment, below
 * those that people set: default ← base ← company ← location.
 */
export const trackingConfigurationSchema = z.object({
  base: trackingOverridesSchema,
  overrides: z.array(scopedOverridesSchema),
  readPoints: z.array(readPointSettingsSchema),
});
export type TrackingConfiguration = {
  base: TrackingOverrides;
  overrides: readonly ScopedOverrides[];
  readPoints: readonly ReadPointSettings[];
};

/** The settings in use at a location; "" asks for those of the company. */
export function effectiveTracking(
  configuration: Pick<TrackingConfiguration, "base" | "overrides">,
  locationId: string,
): TrackingSettings {
  const of = (id: string) => configuration.overrides.find((scope) => scope.locationId === id)?.overrides;
  return {
    ...DEFAULT_TRACKING_SETTINGS,
    ...configuration.base,
    ...of(""),
    ...(locationId === "" ? undefined : of(locationId)),
  };
}
