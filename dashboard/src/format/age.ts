import { displayLocale, numberFormat } from "./display-locale.ts";

/** How fresh evidence is: seen within the hour, within the day, longer ago, or never. */
export type Freshness = "fresh" | "ageing" | "old" | "never";

const UNITS = [
  { unit: "day", seconds: 86_400 },
  { unit: "hour", seconds: 3600 },
  { unit: "minute", seconds: 60 },
] as const;

/** Whole seconds since `atMs`, never negative: a reader's clock may be ahead of ours. */
export function ageSeconds(atMs: number, nowMs: number): number {
  return Math.max(0, Math.floor((nowMs - atMs) / 1000));
}

/** An age as people say it, in one unit and rounded down: `now`, `4 sec`, `12 min`, `3 hr`, `5 days`. */
export function formatAge(seconds: number, locale = displayLocale()): string {
  if (seconds < 1) return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(0, "second");
  const found = UNITS.find((each) => seconds >= each.seconds);
  const unit = found?.unit ?? "second";
  const value = Math.floor(seconds / (found?.seconds ?? 1));
  return numberFormat({ style: "unit", unit, unitDisplay: "short" }, locale).format(value);
}

export function freshness(seconds: number | null): Freshness {
  if (seconds === null) return "never";
  if (seconds < 3600) return "fresh";
  return seconds < 86_400 ? "ageing" : "old";
}
