import type { TFunction } from "i18next";
import type { ReportRow, ReportUnit } from "../../../domain/reports/report.ts";
import { formatFigure, numberOf } from "../format/figure.ts";
import { formatShare } from "../format/number.ts";
import { ShareBar } from "./share-bar.tsx";
import type { Column } from "../ui/data-table.tsx";

/** A column of a table of a report's rows. `currency`: of its money. */
export function figureColumn(
  label: string,
  name: string,
  unit: ReportUnit,
  currency: string | null = null,
): Column<ReportRow> {
  return { label, look: "number", cell: (row) => formatFigure(row[name], unit, currency) };
}

/** A share with a bar beside it, and over it the interval that the report says it lies in, if it does. */
export function shareColumn(label: string, name: string): Column<ReportRow> {
  return {
    label,
    cell: (row) => <ShareBar share={numberOf(row[name])} interval={intervalOf(row, name)} />,
  };
}

/** The interval in words that a share lies in: what chance alone can make of it. */
export function intervalColumn(t: TFunction, name: string): Column<ReportRow> {
  return {
    label: t("95 % interval"),
    look: "number",
    cell: (row) => {
      const [lower, upper] = intervalOf(row, name);
      return lower === null || upper === null
        ? "–"
        : t("{{low}} to {{high}}", { low: formatShare(lower), high: formatShare(upper) });
    },
  };
}

const intervalOf = (row: ReportRow, name: string) =>
  [numberOf(row[`${name}_lower`]), numberOf(row[`${name}_upper`])] as const;
