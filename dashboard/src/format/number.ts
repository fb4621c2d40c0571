import { dateFormat, numberFormat } from "./display-locale.ts";

/** Whole units with the locale's grouping. */
export const formatWhole = (value: number): string => numberFormat({}).format(value);

/** Whole units while they are short, `1.2M` beyond 999,999. */
export const formatCompact = (value: number): string =>
  Math.abs(value) < 1_000_000
    ? numberFormat({}).format(value)
    : numberFormat({ notation: "compact", maximumFractionDigits: 1 }).format(value);

/** A rate: one decimal below 10, none above. */
export const formatRate = (value: number): string =>
  value < 10
    ? numberFormat({ maximumFractionDigits: 1 }).format(value)
    : numberFormat({}).format(Math.round(value));

/** A duration in seconds with one decimal: `3.2 s`. */
export const formatSeconds = (value: number): string =>
  `${numberFormat({ maximumFractionDigits: 1 }).format(value)} s`;

/** A share of one as a percentage with one decimal. */
export const formatShare = (value: number): string =>
  numberFormat({ style: "percent", maximumFractionDigits: 1 }).format(value);

const MOST_SHOWN = 0.999;

/** A probability as a percentage with one decimal; never rounded up to certainty: `> 99.9 %`. */
export const formatProbability = (value: number): string =>
  value > MOST_SHOWN && value < 1 ? `> ${formatShare(MOST_SHOWN)}` : formatShare(value);

/** A change with its sign. */
export const formatSigned = (value: number): string => numberFormat({ signDisplay: "always" }).format(value);

/** Date and time in the browser's zone, or in another. */
export const formatInstant = (atMs: number, timeZone?: string): string =>
  dateFormat({
    dateStyle: "medium",
    timeStyle: "medium",
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(atMs);
