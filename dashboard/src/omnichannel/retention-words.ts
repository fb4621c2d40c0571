import { useTranslation } from "react-i18next";
import type { ReportRow } from "../../../domain/reports/report.ts";
import { formatPeriod } from "../format/day.ts";
import { formatFigure, numberOf } from "../format/figure.ts";
import { cellOf } from "../reports/cell-of.ts";

type Reports = Record<"course" | "repeat" | "frequency", readonly ReportRow[]>;

/** The answer of the retention part in words. */
export function useRetentionWords({ course, repeat, frequency }: Reports): (string | null)[] {
  const { t } = useTranslation();
  const last = course.findLast((row) => numberOf(row["kept_share"]) !== null);
  return [
    (cellOf("customers")(repeat) ?? 0) === 0
      ? null
      : t("{{share}} of the customers bought more than once.", {
          share: formatFigure(cellOf("repeat_rate")(repeat), "share", null),
        }),
    cellOf("days_between_purchases")(frequency) === null
      ? null
      : t("Who comes back does so after {{time}}, half of the times.", {
          time: formatFigure(cellOf("days_between_purchases")(frequency), "days", null),
        }),
    last === undefined
      ? null
      : t("{{share}} of those who were customers when {{month}} began still were when it ended.", {
          share: formatFigure(last["kept_share"], "share", null),
          month: formatPeriod(String(last["month"]), "month"),
        }),
  ];
}
