import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Annotation as Mark } from "../charts/chart-series.ts";
import type { ChartTable } from "../charts/chart-table.ts";
import type { ChartTime } from "./chart-time.ts";
import { marksOf, type PlacedAnnotation } from "./marks-of.ts";
import { useAnnotations } from "./use-annotations.ts";

/** What a chart over time shows beside its figures: signs in the plot, what they mean, and a column of its table. */
export type ChartNotesData = {
  placed: readonly PlacedAnnotation[];
  marks: readonly Mark[];
  table: ChartTable | null;
  /** Why what was written is not shown; null when it is. */
  error: Error | null;
};

const NOTES = "notes";

export function useChartNotes(time: ChartTime | undefined, table: ChartTable | null): ChartNotesData {
  const { t } = useTranslation();
  const { data, error } = useAnnotations(time !== undefined);
  return useMemo(() => {
    const placed =
      time === undefined || table === null || data === undefined
        ? []
        : marksOf(
            data.items,
            table.rows.map((row) => String(row[time.x] ?? "")).filter((x) => /^\d{4}-\d{2}/.test(x)),
            time.kind,
            time.locationIds,
          );
    return {
      placed,
      marks: placed.map(({ annotation, sign, x, toX }) => ({ x, toX, sign, label: annotation.text })),
      table: time === undefined || table === null ? table : withNotes(table, time.x, placed, t("notes")),
      error: data === undefined ? error : null,
    };
  }, [data, error, t, table, time]);
}

/** The table with what happened in each period, where anything did. */
function withNotes(
  table: ChartTable,
  x: string,
  placed: readonly PlacedAnnotation[],
  label: string,
): ChartTable {
  if (placed.length === 0) return table;
  const textAt = (at: string): string =>
    placed
      .filter((each) => each.x <= at && at <= each.toX)
      .map(({ annotation }) =>
        annotation.locationId === null ? annotation.text : `${annotation.text} (${annotation.locationId})`,
      )
      .join("; ");
  return {
    ...table,
    columns: [...table.columns, { name: NOTES, label, unit: "text" }],
    rows: table.rows.map((row) => ({ ...row, [NOTES]: textAt(String(row[x] ?? "")) })),
  };
}
