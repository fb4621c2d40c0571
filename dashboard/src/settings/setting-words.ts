import type { TrackingSettings } from "../../../domain/tracking/tracking-settings.ts";

type SettingName = keyof TrackingSettings;
type Words = { label: string; unit: string; factor: number };

const plain = (label: string, unit = ""): Words => ({ label, unit, factor: 1 });
const milliseconds = (label: string): Words => plain(label, "ms");
const seconds = (label: string): Words => ({ label, unit: "s", factor: 1000 });
const minutes = (label: string): Words => ({ label, unit: "min", factor: 60_000 });
const hours = (label: string): Words => ({ label, unit: "h", factor: 3_600_000 });
const percent = (label: string): Words => ({ label, unit: "%", factor: 0.01 });

/** What a setting is called, and the unit people give it in: one of it is `factor` of what is stored. */
const WORDS: Record<SettingName, Words> = {
  dedupeWindowMs: seconds("Window of repeats"),
  minReads: plain("Reads of a new item"),
  minWindows: plain("Windows of a new item"),
  requireKnownProduct: plain("Known products only"),
  mobilityThresholdDb: plain("Margin to move", "dB"),
  mobilityHoldoffMs: milliseconds("Hold-off to move"),
  mobilitySlopeDbPerMs: plain("Slope of the margin", "dB/ms"),
  tillNearMs: seconds("Near the till"),
  exitSilenceMs: seconds("Silence at an exit"),
  exitSaleMs: minutes("Sale of what went out"),
  soldQuietMs: hours("Sold and walking out"),
  soldSeenMs: minutes("Sold but seen"),
  lookMs: minutes("One look"),
  lookMinShare: percent("Least of a look"),
  absence: plain("Absence by silence"),
  absencePrior: percent("Absent beforehand"),
  missingAbove: percent("Missing above"),
  lookProbability: percent("A look sees an item"),
  minMissedLooks: plain("Fewest missed looks"),
  countHoldBelow: percent("Hold a count below"),
};

export function settingWords(name: SettingName): Words {
  return WORDS[name];
}

/** A stored value as people give it: digits without grouping, so that it can be typed back. */
export function toShown(name: SettingName, value: number): string {
  return String(rounded(value / WORDS[name].factor));
}

/** What people typed, as it is stored; null where it is no number. */
export function toStored(name: SettingName, text: string): number | null {
  const value = text.trim() === "" ? Number.NaN : Number(text.replace(",", "."));
  return Number.isFinite(value) ? rounded(value * WORDS[name].factor) : null;
}

/** A stored value with its unit: `30 s`, `80 %`, `on`. */
export function valueWords(name: SettingName, value: number | boolean): string {
  if (typeof value === "boolean") return value ? "on" : "off";
  const { unit } = WORDS[name];
  return unit === "" ? toShown(name, value) : `${toShown(name, value)} ${unit}`;
}

/** Takes away what floating point adds: 0.07 × 100 is 7. */
function rounded(value: number): number {
  return Math.round(value * 1e9) / 1e9;
}
