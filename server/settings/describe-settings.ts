import {
  DEFAULT_TRACKING_SETTINGS,
  TRACKING_SETTING_NAMES,
  trackingSettingsSchema,
} from "../../domain/tracking/tracking-settings.ts";

/** Every setting of item tracking with what it means and what holds where nobody sets it. */
export function describeSettings() {
  return TRACKING_SETTING_NAMES.map((name) => ({
    name,
    description: trackingSettingsSchema.shape[name].description ?? "",
    default: DEFAULT_TRACKING_SETTINGS[name],
  }));
}
