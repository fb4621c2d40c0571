import type { ReportUnit } from "../../../domain/reports/report.ts";
import { numberFormat } from "./display-locale.ts";
import { formatDay } from "./day.ts";
import { formatDuration } from "./duration.ts";
import { formatMoney, formatShortMoney } from "./money.ts";
import { formatCompact, formatInstant, formatShare } from "./number.ts";

export type Cell = string | number | null;

const SECONDS = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 } as const;

/** A cell of a report as a number; null for what is not known, or is no number. Sums of money come as texts. */
export function numberOf(cell: Cell | undefined): number | null {
  if (cell === null || cell === undefined || cell === "") return null;
  const value = Number(cell);
  return Number.isFinite(value) ? value : null;
}

/** A cell of a report, written by its unit. What is not known, or not over yet, is a dash and never 0. */
export function formatFigure(cell: Cell | undefined, unit: ReportUnit, currency: string | null): string {
  if (cell === null || cell === undefined) return "–";
  if (unit === "text") return String(cell);
  if (unit === "date") return formatDay(String(cell));
  if (unit === "instant") return writeInstant(String(cell));
  const value = numberOf(cell);
  return value === null ? String(cell) : formatNumber(value, unit, currency);
}

/** The same where there is little room: along an axis, in a cell of a heat map. */
export function formatShortFigure(value: number, unit: ReportUnit, currency: string | null): string {
  if (unit === "money" && currency !== null) return formatShortMoney(value, currency);
  if (unit === "share") return numberFormat({ style: "percent", maximumFractionDigits: 0 }).format(value);
  if (unit === "ratio") return numberFormat({ maximumFractionDigits: 2 }).format(value);
  if (unit === "count" || unit === "units" || unit === "money") {
    return numberFormat({ notation: "compact", maximumFractionDigits: 1 }).format(value);
  }
  return formatNumber(value, unit, currency);
}

function formatNumber(value: number, unit: ReportUnit, currency: string | null): string {
  switch (unit) {
    case "money":
      return currency === null || currency === "" ? formatCompact(value) : formatMoney(value, currency);
    case "share":
      return formatShare(value);
    case "ratio":
      // Ratios below each other are compared: 1.40 beside 1.34.
      return numberFormat({
        minimumFractionDigits: Number.isInteger(value) ? 0 : 2,
        maximumFractionDigits: 2,
      }).format(value);
    case "points":
      return numberFormat({ maximumFractionDigits: 2 }).format(value);
    case "seconds":
    case "minutes":
    case "hours":
    case "days":
      return formatDuration(value * SECONDS[unit]);
    case "count":
    case "units":
      return Number.isInteger(value)
        ? formatCompact(value)
        : numberFormat({ maximumFractionDigits: 2 }).format(value);
    case "flag":
      return value === 0 ? "–" : "✓";
    case "text":
    case "date":
    case "instant":
      return String(value);
    default:
      return unit satisfies never;
  }
}

/** ClickHouse writes `2026-03-31 10:00:00.000` in UTC, the server ISO 8601. */
function writeInstant(text: string): string {
  const atMs = Date.parse(text.includes("T") ? text : `${text.replace(" ", "T")}Z`);
  return Number.isNaN(atMs) ? text : formatInstant(atMs);
}
