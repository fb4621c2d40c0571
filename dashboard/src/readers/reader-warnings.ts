import type { TFunction } from "i18next";
import type { ReaderHealth } from "../../../domain/reader.ts";
import { formatSeconds, formatWhole } from "../format/number.ts";

/** A clock that is wrong by more than this is told of. Its reads are corrected all the same. */
const SKEW_LIMIT_MS = 2000;

/** What somebody should look at, in words short enough for a table's row. */
export function warningsOf(t: TFunction, health: ReaderHealth | null): string[] {
  if (health === null) return [];
  const warnings: string[] = [];
  if (health.lostMessages > 0)
    warnings.push(t("{{number}} lost", { number: formatWhole(health.lostMessages) }));
  if (health.skewMs !== null && Math.abs(health.skewMs) > SKEW_LIMIT_MS) {
    warnings.push(t("Clock {{skew}}", { skew: skewWords(t, health.skewMs) }));
  }
  const { antennasDisconnected } = health;
  if (antennasDisconnected.length > 0) {
    warnings.push(t("Antenna {{antennas}} off", { antennas: antennasDisconnected.join(", ") }));
  }
  return warnings;
}

/** How far a reader's clock is off: `3.2 s ahead`. */
export function skewWords(t: TFunction, skewMs: number): string {
  const time = formatSeconds(Math.abs(skewMs) / 1000);
  return skewMs < 0 ? t("{{time}} behind", { time }) : t("{{time}} ahead", { time });
}
