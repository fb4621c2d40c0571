import { z } from "zod";
import {
  TRACKING_SETTING_NAMES,
  type TrackingOverrides,
  trackingOverridesSchema,
  trackingSettingsSchema,
} from "../../../domain/tracking/tracking-settings.ts";
import { toShown, toStored, valueWords } from "./setting-words.ts";

export type SettingName = (typeof TRACKING_SETTING_NAMES)[number];

/** What stands in the fields: empty or absent where the level above holds; `on` or `off` for switches. */
export type SettingDraft = Readonly<Partial<Record<SettingName, string>>>;

export type SettingErrors = Partial<Record<SettingName, string>>;

export function draftOf(overrides: TrackingOverrides): SettingDraft {
  const draft: Partial<Record<SettingName, string>> = {};
  for (const name of TRACKING_SETTING_NAMES) {
    const value = overrides[name];
    if (typeof value === "boolean") draft[name] = value ? "on" : "off";
    else if (value !== undefined) draft[name] = toShown(name, value);
  }
  return draft;
}

/** The fields as overrides, or what is wrong with which of them. */
export function parseDraft(draft: SettingDraft): { overrides: TrackingOverrides; errors: SettingErrors } {
  const values: Record<string, number | boolean> = {};
  const errors: SettingErrors = {};
  for (const name of TRACKING_SETTING_NAMES) {
    const text = draft[name] ?? "";
    if (text === "") continue;
    const value = isSwitch(name) ? text === "on" : toStored(name, text);
    const isRight = value !== null && trackingOverridesSchema.shape[name].safeParse(value).success;
    if (isRight) values[name] = value;
    else errors[name] = rangeWords(name);
  }
  return { overrides: trackingOverridesSchema.parse(values), errors };
}

export function isSwitch(name: SettingName): boolean {
  return typeof trackingSettingsSchema.shape[name].def.defaultValue === "boolean";
}

/** What a field may hold: `From 1 s to 8784 h.` in its own unit. */
function rangeWords(name: SettingName): string {
  const field = trackingSettingsSchema.shape[name].unwrap();
  if (!(field instanceof z.ZodNumber)) return "On or off.";
  const { minValue, maxValue } = field;
  const whole = field.format === "safeint" && toShown(name, 1) === "1" ? "A whole number" : "A number";
  const ends = [
    minValue === null ? "" : `from ${valueWords(name, minValue)}`,
    maxValue === null ? "" : `to ${valueWords(name, maxValue)}`,
  ];
  return `${whole} ${ends.filter((end) => end !== "").join(" ")}.`;
}
