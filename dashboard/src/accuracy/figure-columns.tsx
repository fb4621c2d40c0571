import type { ReportRow, ReportUnit } from "../../../domain/reports/report.ts";
import { formatFigure, numberOf } from "../format/figure.ts";
import { ShareBar } from "../reports/share-bar.tsx";
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

/** A share with a bar beside it. */
export function shareColumn(label: string, name: string): Column<ReportRow> {
  return { label, cell: (row) => <ShareBar share={numberOf(row[name])} /> };
}
