import type { TFunction } from "i18next";
import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { ReportRow } from "../../../domain/reports/report.ts";
import { ChartFrame } from "../charts/chart-frame.tsx";
import { numberOf } from "../format/figure.ts";
import { type PlaceNames, placeNames } from "../item/place-names.ts";
import { useLocations } from "../live/use-master-data.ts";
import type { ReportQuery } from "./use-report.ts";
import { type Column, DataTable } from "../ui/data-table.tsx";

type ByPlaceProps = {
  title: string;
  /** Asked with `by: "location"`. */
  report: ReportQuery;
  /** What the rows are put in order by, and which end stands first. Rows without it come last. */
  worst: { column: string; is: "lowest" | "highest" };
  /** So many are shown, the worst; all without it. */
  most?: number;
  columns: readonly Column<ReportRow>[];
  note?: ReactNode;
  empty?: ReactNode;
};

/** A report location by location, what needs a look first. */
export function ByPlace({ title, report, worst, most, columns, note, empty }: ByPlaceProps) {
  const { t } = useTranslation();
  const locations = useLocations();
  const names = useMemo(() => placeNames(locations), [locations]);
  const sign = worst.is === "lowest" ? 1 : -1;
  const orderOf = (row: ReportRow) => {
    const value = numberOf(row[worst.column]);
    return value === null ? Number.POSITIVE_INFINITY : sign * value;
  };
  return (
    <ChartFrame
      title={title}
      report={report}
      rows={(rows) => rows.toSorted((a, b) => orderOf(a) - orderOf(b)).slice(0, most)}
      {...(note === undefined ? {} : { note })}
      {...(empty === undefined ? {} : { empty })}
    >
      {(rows) => (
        <DataTable
          label={title}
          columns={[placeColumn(t, names), ...columns]}
          rows={rows}
          keyOf={(row) => String(row["group"])}
        />
      )}
    </ChartFrame>
  );
}

function placeColumn(t: TFunction, names: PlaceNames): Column<ReportRow> {
  return {
    label: t("Location"),
    look: "wide",
    cell: (row) => (
      <Link to={`/locations/${String(row["group"])}`}>{names.location(String(row["group"]))}</Link>
    ),
  };
}
