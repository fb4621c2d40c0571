import type { TFunction } from "i18next";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { ReportRow } from "../../../domain/reports/report.ts";
import { ChartFrame } from "../charts/chart-frame.tsx";
import { formatFigure, numberOf } from "../format/figure.ts";
import { type PlaceNames, placeNames } from "../item/place-names.ts";
import { useLocations } from "../live/use-master-data.ts";
import { type ReportParams, useReport } from "../reports/use-report.ts";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { ShareBar } from "../reports/share-bar.tsx";

/** Which stores keep people waiting: each store's pickups, the least punctual first. */
export function PickupStores({ params }: { params: ReportParams }) {
  const { t } = useTranslation();
  const report = useReport("pickup-service", { ...params, by: "location" });
  const locations = useLocations();
  const names = useMemo(() => placeNames(locations), [locations]);
  return (
    <ChartFrame
      title={t("Store by store, the least punctual first")}
      report={report}
      rows={(rows) =>
        rows.toSorted(
          (a, b) => (numberOf(a["ready_on_time_rate"]) ?? 2) - (numberOf(b["ready_on_time_rate"]) ?? 2),
        )
      }
      empty={t("No pickup was ordered in this window.")}
    >
      {(rows) => (
        <DataTable
          label={t("Pickups of each store")}
          columns={columnsOf(t, names)}
          rows={rows}
          keyOf={(row) => String(row["group"])}
        />
      )}
    </ChartFrame>
  );
}

function columnsOf(t: TFunction, names: PlaceNames): Column<ReportRow>[] {
  const minutes = (column: string) => (row: ReportRow) => formatFigure(row[column], "minutes", null);
  return [
    { label: t("Store"), look: "wide", cell: (row) => <b>{names.location(String(row["group"]))}</b> },
    { label: t("Pickups"), look: "number", cell: (row) => formatFigure(row["pickups"], "count", null) },
    {
      label: t("Ready when promised"),
      cell: (row) => <ShareBar share={numberOf(row["ready_on_time_rate"])} />,
    },
    { label: t("Collected"), cell: (row) => <ShareBar share={numberOf(row["completion"])} /> },
    {
      label: t("Never collected"),
      look: "number",
      cell: (row) => formatFigure(row["no_show_rate"], "share", null),
    },
    { label: t("Ready after, half"), look: "number", cell: minutes("to_ready_p50") },
    { label: t("nine of ten"), look: "number", cell: minutes("to_ready_p90") },
    { label: t("At the car, half"), look: "number", cell: minutes("car_wait_p50") },
    { label: t("At the car, nine of ten"), look: "number", cell: minutes("car_wait_p90") },
  ];
}
