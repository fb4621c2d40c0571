import type { TFunction } from "i18next";
import type { TrackingSettings } from "../../../domain/tracking/tracking-settings.ts";

type SettingName = keyof TrackingSettings;
/** The unit people give a setting in: one of it is `factor` of what is stored. */
const UNITS: Record<SettingName, { unit: string; factor: number }> = {
  dedupeWindowMs: { unit: "s", factor: 1000 },
  minReads: { unit: "", factor: 1 },
  minWindows: { unit: "", factor: 1 },
  requireKnownProduct: { unit: "", factor: 1 },
  mobilityThresholdDb: { unit: "dB", factor: 1 },
  mobilityHoldoffMs: { unit: "ms", factor: 1 },
  mobilitySlopeDbPerMs: { unit: "dB/ms", factor: 1 },
  tillNearMs: { unit: "s", factor: 1000 },
  exitSilenceMs: { unit: "s", factor: 1000 },
  exitSaleMs: { unit: "min", factor: 60_000 },
  soldQuietMs: { unit: "h", factor: 3_600_000 },
  soldSeenMs: { unit: "min", factor: 60_000 },
  lookMs: { unit: "min", factor: 60_000 },
  lookMinShare: { unit: "%", factor: 0.01 },
  absence: { unit: "", factor: 1 },
  absencePrior: { unit: "%", factor: 0.01 },
  missingAbove: { unit: "%", factor: 0.01 },
  lookProbability: { unit: "%", factor: 0.01 },
  minMissedLooks: { unit: "", factor: 1 },
  countHoldBelow: { unit: "%", factor: 0.01 },
};

/** What a setting is called, and its unit. */
export function settingWords(t: TFunction, name: SettingName): { label: string; unit: string } {
  return { label: labelOf(t, name), unit: UNITS[name].unit };
}

function labelOf(t: TFunction, name: SettingName): string {
  switch (name) {
    case "dedupeWindowMs":
      return t("Window of repeats");
    case "minReads":
      return t("Reads of a new item");
    case "minWindows":
      return t("Windows of a new item");
    case "requireKnownProduct":
      return t("Known products only");
    case "mobilityThresholdDb":
      return t("Margin to move");
    case "mobilityHoldoffMs":
      return t("Hold-off to move");
    case "mobilitySlopeDbPerMs":
      return t("Slope of the margin");
    case "tillNearMs":
      return t("Near the till");
    case "exitSilenceMs":
      return t("Silence at an exit");
    case "exitSaleMs":
      return t("Sale of what went out");
    case "soldQuietMs":
      return t("Sold and walking out");
    case "soldSeenMs":
      return t("Sold but seen");
    case "lookMs":
      return t("One look");
    case "lookMinShare":
      return t("Least of a look");
    case "absence":
      return t("Absence by silence");
    case "absencePrior":
      return t("Absent beforehand");
    case "missingAbove":
      return t("Missing above");
    case "lookProbability":
      return t("A look sees an item");
    case "minMissedLooks":
      return t("Fewest missed looks");
    case "countHoldBelow":
      return t("Hold a count below");
    default:
      return name satisfies never;
  }
}

/** A stored value as people give it: digits without grouping, so that it can be typed back. */
export function toShown(name: SettingName, value: number): string {
  return String(rounded(value / UNITS[name].factor));
}

/** What people typed, as it is stored; null where it is no number. */
export function toStored(name: SettingName, text: string): number | null {
  const value = text.trim() === "" ? Number.NaN : Number(text.replace(",", "."));
  return Number.isFinite(value) ? rounded(value * UNITS[name].factor) : null;
}

/** A stored value with its unit: `30 s`, `80 %`, `on`. */
export function valueWords(t: TFunction, name: SettingName, value: number | boolean): string {
  if (typeof value === "boolean") return value ? t("on") : t("off");
  const { unit } = UNITS[name];
  return unit === "" ? toShown(name, value) : `${toShown(name, value)} ${unit}`;
}

/** Takes away what floating point adds: 0.07 × 100 is 7. */
function rounded(value: number): number {
  return Math.round(value * 1e9) / 1e9;
}
