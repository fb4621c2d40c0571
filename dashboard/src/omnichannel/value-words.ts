import { useTranslation } from "react-i18next";
import { formatFigure, numberOf } from "../format/figure.ts";
import type { ReportQuery } from "../reports/use-report.ts";
import { cellOf } from "../reports/cell-of.ts";

type Reports = Record<"historic" | "ratio" | "predicted", ReportQuery>;

/** The answer of the value part in words: what was spent, what goes with a second channel, what is expected. */
export function useValueWords({ historic, ratio, predicted }: Reports): (string | null)[] {
  const { t } = useTranslation();
  const rows = historic.data?.rows ?? [];
  const currency = historic.data?.currency ?? null;
  const money = (column: string) => formatFigure(cellOf(column)(rows), "money", currency);
  const of = (comparison: string) => (ratio.data?.rows ?? []).find((row) => row["comparison"] === comparison);
  const [plain, matched] = [of("plain"), of("matched")];
  const times = (cell: string | number | null | undefined) => formatFigure(cell, "ratio", null);
  const mean = (cell: string | number | null | undefined) =>
    formatFigure(cell, "money", ratio.data?.currency ?? null);
  const expected = (predicted.data?.rows ?? []).find((row) => row["measure"] === "revenue");
  return [
    (cellOf("customers")(rows) ?? 0) === 0
      ? null
      : t("A customer has brought {{mean}} so far; half of them brought less than {{median}}.", {
          mean: money("mean_revenue"),
          median: money("median_revenue"),
        }),
    plain === undefined || numberOf(plain["ratio"]) === null
      ? null
      : t("Those of two or more channels brought {{several}}, {{times}} times the {{one}} of those of one.", {
          several: mean(plain["several_channels_mean"]),
          times: times(plain["ratio"]),
          one: mean(plain["one_channel_mean"]),
        }),
    matched === undefined || numberOf(matched["ratio"]) === null
      ? null
      : t("Compared like with like it is {{times}} times ({{low}} to {{high}}).", {
          times: times(matched["ratio"]),
          low: times(matched["ratio_lower"]),
          high: times(matched["ratio_upper"]),
        }),
    expected === undefined || numberOf(expected["mean_value"]) === null
      ? null
      : t("In the next 12 months a customer is expected to bring {{mean}}: an estimate, not yet spent.", {
          mean: formatFigure(expected["mean_value"], "money", predicted.data?.currency ?? null),
        }),
  ];
}
