const whole = new Intl.NumberFormat();
const compact = new Intl.NumberFormat(undefined, { notation: "compact", maximumFractionDigits: 1 });
const oneDecimal = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });
const percent = new Intl.NumberFormat(undefined, { style: "percent", maximumFractionDigits: 1 });
const signed = new Intl.NumberFormat(undefined, { signDisplay: "always" });
const instant = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });

/** Whole units with the locale's grouping. */
export const formatWhole = (value: number): string => whole.format(value);

/** Whole units while they are short, `1.2M` beyond 999,999. */
export const formatCompact = (value: number): string =>
  Math.abs(value) < 1_000_000 ? whole.format(value) : compact.format(value);

/** A rate: one decimal below 10, none above. */
export const formatRate = (value: number): string =>
  value < 10 ? oneDecimal.format(value) : whole.format(Math.round(value));

/** A duration in seconds with one decimal: `3.2 s`. */
export const formatSeconds = (value: number): string => `${oneDecimal.format(value)} s`;

/** A share of one as a percentage with one decimal. */
export const formatShare = (value: number): string => percent.format(value);

const MOST_SHOWN = 0.999;

/** A probability as a percentage with one decimal; never rounded up to certainty: `> 99.9 %`. */
export const formatProbability = (value: number): string =>
  value > MOST_SHOWN && value < 1 ? `> ${percent.format(MOST_SHOWN)}` : percent.format(value);

/** A change with its sign. */
export const formatSigned = (value: number): string => signed.format(value);

/** Date and time in the browser's zone. */
export const formatInstant = (atMs: number): string => instant.format(atMs);
