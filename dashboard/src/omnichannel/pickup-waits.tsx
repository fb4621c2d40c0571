import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { ReportRow } from "../../../domain/reports/report.ts";
import { ChartFrame } from "../charts/chart-frame.tsx";
import { formatFigure, numberOf } from "../format/figure.ts";
import type { ReportQuery } from "../reports/use-report.ts";
import { type Column, DataTable } from "../ui/data-table.tsx";

type Wait = { label: string; half: string; most: string };

/** P3 and P5: from placed to ready, and what people wait then. */
export function PickupWaits({ report }: { report: ReportQuery }) {
  const { t } = useTranslation();
  return (
    <ChartFrame
      title={t("How long it takes")}
      report={report}
      rows={(rows) => rows.filter((row) => (numberOf(row["ready"]) ?? 0) > 0)}
      empty={t("Nothing was laid ready in this window.")}
      formula={t(
        "P3: ready − placed. P5: collected − ready; at the car: handed over − arrived. Medians, and what nine of ten stay below",
      )}
      note={t("Clock time runs at night too; opening hours are those that the store has now.")}
    >
      {(rows) =>
        rows.map((row) => (
          <DataTable
            key={String(row["group"])}
            label={t("How long it takes")}
            columns={columnsOf(t, row)}
            rows={waitsOf(t)}
            keyOf={({ half }) => half}
          />
        ))
      }
    </ChartFrame>
  );
}

function waitsOf(t: TFunction): Wait[] {
  return [
    { label: t("Placed to ready, by the clock"), half: "to_ready_p50", most: "to_ready_p90" },
    {
      label: t("Placed to ready, in opening hours"),
      half: "open_to_ready_p50",
      most: "open_to_ready_p90",
    },
    { label: t("Ready to collected, in the store"), half: "store_wait_p50", most: "store_wait_p90" },
    { label: t("Arrived to handed over, at the car"), half: "car_wait_p50", most: "car_wait_p90" },
  ];
}

function columnsOf(t: TFunction, row: ReportRow): Column<Wait>[] {
  const write = (column: string) => formatFigure(row[column], "minutes", null);
  return [
    { label: t("Wait"), look: "wide", cell: ({ label }) => label },
    { label: t("Half, at most"), look: "number", cell: ({ half }) => write(half) },
    { label: t("Nine of ten, at most"), look: "number", cell: ({ most }) => write(most) },
  ];
}
