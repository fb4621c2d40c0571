import { numberFormat } from "./display-locale.ts";

const UNITS = [
  { unit: "day", seconds: 86_400 },
  { unit: "hour", seconds: 3600 },
  { unit: "minute", seconds: 60 },
] as const;

/** How long something takes, in the largest unit of which it has one and a half: `45 sec`, `12 min`, `3.5 hr`. */
export function formatDuration(seconds: number, locale?: string): string {
  const found = UNITS.find((each) => Math.abs(seconds) >= each.seconds * 1.5);
  const value = seconds / (found?.seconds ?? 1);
  return numberFormat(
    {
      style: "unit",
      unit: found?.unit ?? "second",
      unitDisplay: "short",
      maximumFractionDigits: Math.abs(value) < 10 ? 1 : 0,
    },
    locale,
  ).format(value);
}
