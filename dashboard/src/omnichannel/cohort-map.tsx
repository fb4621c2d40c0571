import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import type { ReportRow } from "../../../domain/reports/report.ts";
import { withParam } from "../app/with-param.ts";
import { ChartFrame } from "../charts/chart-frame.tsx";
import { HeatMap } from "../charts/heat-map.tsx";
import { formatPeriod } from "../format/day.ts";
import { formatFigure, numberOf } from "../format/figure.ts";
import { type ReportParams, useReport } from "../reports/use-report.ts";
import { SelectField } from "../ui/field.tsx";

const LATER = "later";

/** K5: of who first bought in a month, how many bought again in each month after; or in that month or later. */
export function CohortMap({ params }: { params: ReportParams }) {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const isOrLater = search.get("cohorts") === LATER;
  const report = useReport("cohort-retention", params);
  const sizes = new Map(
    (report.data?.rows ?? []).map((row) => [String(row["cohort"]), formatFigure(row["size"], "count", null)]),
  );
  return (
    <ChartFrame
      title={t("K5 · Who first bought in a month, and came back")}
      report={report}
      rows={withFigures}
      columns={[
        "cohort",
        "size",
        "month_no",
        "active",
        "active_share",
        "active_or_later",
        "active_or_later_share",
      ]}
      formula={
        isOrLater
          ? t("customers of the cohort who bought in month k or later ÷ customers of the cohort")
          : t("customers of the cohort who bought in month k ÷ customers of the cohort")
      }
      empty={t("There is no month yet after a first purchase.")}
      note={
        isOrLater
          ? t("In month k or later: the last months are low because there was little time left to come back.")
          : t("In month k: who pauses for a month is missing in it and may be back in the next.")
      }
    >
      {(rows) => (
        <>
          <SelectField
            label={t("Bought again")}
            value={isOrLater ? LATER : ""}
            choices={[
              { value: "", label: t("in month k") },
              { value: LATER, label: t("in month k or later") },
            ]}
            onChange={(value) => setSearch((last) => withParam(last, "cohorts", value), { replace: true })}
          />
          <HeatMap
            label={t("Cohorts by months after the first purchase")}
            rows={rows}
            y="cohort"
            yLabel={t("First bought in (customers)")}
            yWord={(cohort) => `${formatPeriod(cohort, "month")} (${sizes.get(cohort) ?? "–"})`}
            x="month_no"
            xWord={(month) => t("+{{month}} mo", { month })}
            value={isOrLater ? "active_or_later_share" : "active_share"}
            unit="share"
            n="size"
          />
        </>
      )}
    </ChartFrame>
  );
}

/**
 * Month 0 is the first purchase, of all of them: it would only hide the differences between the others. Cohorts and months of
 * which nothing is over yet are left out.
 */
function withFigures(rows: readonly ReportRow[]): readonly ReportRow[] {
  const later = rows.filter((row) => numberOf(row["month_no"]) !== 0);
  const known = later.filter((row) => numberOf(row["active_share"]) !== null);
  const cohorts = new Set(known.map((row) => row["cohort"]));
  const months = new Set(known.map((row) => row["month_no"]));
  return later.filter((row) => cohorts.has(row["cohort"] ?? null) && months.has(row["month_no"] ?? null));
}
