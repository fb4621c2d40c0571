import type { TFunction } from "i18next";
import type { ReportRow } from "../../../domain/reports/report.ts";
import { numberOf } from "../format/figure.ts";

const CAUSES = ["not_found", "damaged", "sold_in_store", "late", "system"] as const;

/** The causes of one row as rows, the most frequent first. */
export function byCause(row: ReportRow | undefined): ReportRow[] {
  return CAUSES.map((cause) => ({ cause, lines: row?.[cause] ?? null })).toSorted(
    (a, b) => (numberOf(b.lines) ?? 0) - (numberOf(a.lines) ?? 0),
  );
}

/** The cause with the most lines, in words; null without any. */
export function mainCause(t: TFunction, row: ReportRow | undefined): string | null {
  const [first] = byCause(row);
  if (first === undefined || (numberOf(first["lines"]) ?? 0) === 0) return null;
  return causeWords(t)[String(first["cause"])] ?? null;
}

/** What each cause is called. */
export function causeWords(t: TFunction): Record<string, string> {
  return {
    not_found: t("not found"),
    damaged: t("damaged"),
    sold_in_store: t("sold in the store"),
    late: t("too late"),
    system: t("store closed, carrier or system"),
  };
}
