import type { TFunction } from "i18next";
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

export function draftOf(overrides: TrackingOverrides): SettingDraft {
  const draft: Partial<Record<SettingName, string>> = {};
  for (const name of TRACKING_SETTING_NAMES) {
    const value = overrides[name];
    if (typeof value === "boolean") draft[name] = value ? "on" : "off";
    else if (value !== undefined) draft[name] = toShown(name, value);
  }
  return draft;
}

/** The fields as overrides, and those in which something stands that they may not hold. */
export function parseDraft(draft: SettingDraft): {
  overrides: TrackingOverrides;
  wrong: ReadonlySet<SettingName>;
} {
  const values: Record<string, number | boolean> = {};
  const wrong = new Set<SettingName>();
  for (const name of TRACKING_SETTING_NAMES) {
    const text = draft[name] ?? "";
    if (text === "") continue;
    const value = isSwitch(name) ? text === "on" : toStored(name, text);
    const isRight = value !== null && trackingOverridesSchema.shape[name].safeParse(value).success;
    if (isRight) values[name] = value;
    else wrong.add(name);
  }
  return { overrides: trackingOverridesSchema.parse(values), wrong };
}

export function isSwitch(name: SettingName): boolean {
  return typeof trackingSettingsSchema.shape[name].def.defaultValue === "boolean";
}

/** What a field may hold, in its own unit: `A number from 1 s to 60 s.` */
export function rangeWords(t: TFunction, name: SettingName): string {
  const field = trackingSettingsSchema.shape[name].unwrap();
  if (!(field instanceof z.ZodNumber)) return t("On or off.");
  const { minValue, maxValue } = field;
  const isWhole = field.format === "safeint" && toShown(name, 1) === "1";
  const from = minValue === null ? "" : valueWords(t, name, minValue);
  const to = maxValue === null ? "" : valueWords(t, name, maxValue);
  if (from === "" || to === "") return isWhole ? t("A whole number.") : t("A number.");
  return isWhole
    ? t("A whole number from {{from}} to {{to}}.", { from, to })
    : t("A number from {{from}} to {{to}}.", { from, to });
}
