import { useTranslation } from "react-i18next";
import { ByPlace } from "../reports/by-place.tsx";
import { figureColumn, intervalColumn } from "../reports/figure-columns.tsx";
import { type ReportParams, useReport } from "../reports/use-report.ts";
import { mainCause } from "./disappointment-causes.ts";

/** Which locations do not give what was promised, and why: the worst first. */
export function DisappointmentPlaces({ params }: { params: ReportParams }) {
  const { t } = useTranslation();
  const report = useReport("disappointment", { ...params, by: "location" });
  return (
    <ByPlace
      title={t("Promised and not given, location by location, the most first")}
      report={report}
      worst={{ column: "disappointment_rate", is: "highest" }}
      empty={t("Nothing was promised in this window.")}
      columns={[
        figureColumn(t("Promised lines"), "promised_lines", "count"),
        figureColumn(t("Not given"), "disappointment_rate", "share"),
        intervalColumn(t, "disappointment_rate"),
        { label: t("Most often"), cell: (row) => mainCause(t, row) ?? "–" },
      ]}
    />
  );
}
