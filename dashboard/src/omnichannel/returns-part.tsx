import { useTranslation } from "react-i18next";
import type { ReportRow } from "../../../domain/reports/report.ts";
import { formatFigure } from "../format/figure.ts";
import { KpiCard, KpiGrid } from "../reports/kpi-card.tsx";
import { ReportFilterBar } from "../reports/report-filter-bar.tsx";
import { useReport } from "../reports/use-report.ts";
import { useReportFilter } from "../reports/use-report-filter.ts";
import { Answer } from "../reports/answer.tsx";
import { cellOf, minutesOf } from "../reports/cell-of.ts";

const FIELDS = ["window", "location", "channel"] as const;

/** Where does what was bought come back, how soon is it for sale again, and which misses became sales? */
export function ReturnsPart() {
  const { t } = useTranslation();
  const filter = useReportFilter("28d");
  const params = filter.params(FIELDS);
  const returns = useReport("returns-anywhere", params, filter.comparison);
  const saved = useReport("saved-sales", params, filter.comparison);

  return (
    <div className="page-scroll report-page">
      <ReportFilterBar fields={[...FIELDS, "compare"]} />
      <Answer
        reports={[returns, saved]}
        sentences={useReturnWords(returns.data?.rows ?? [], saved.data?.rows ?? [])}
      />
      <h2>{t("Returns")}</h2>
      <KpiGrid label={t("Returns")}>
        <KpiCard
          title={t("Online orders' returns made in a store")}
          kpi="P9"
          report={returns}
          value={cellOf("in_store_share")}
          n={cellOf("online_returns")}
          format="percent"
          formula={t("online orders' returns over the counter of a store ÷ returns of online orders")}
        />
        <KpiCard
          title={t("Exchanged for something else")}
          kpi="P9"
          report={returns}
          value={cellOf("exchange_rate")}
          n={cellOf("returns_in_store")}
          format="percent"
          goodWhen="higher"
          formula={t("returns over the counter with something taken in exchange ÷ returns over the counter")}
        />
        <KpiCard
          title={t("For sale again after, half of them")}
          kpi="P9"
          report={returns}
          value={minutesOf("to_sellable_p50")}
          format="duration"
          goodWhen="lower"
          formula={t("from the return until it could be sold, median of those that could")}
        />
        <KpiCard
          title={t("For sale again after, nine of ten")}
          kpi="P9"
          report={returns}
          value={minutesOf("to_sellable_p90")}
          format="duration"
          goodWhen="lower"
        />
        <KpiCard
          title={t("Lines that came back")}
          kpi="P9"
          report={returns}
          value={cellOf("returns")}
          format="number"
          note={t("Wherever they were bought, in this window")}
        />
      </KpiGrid>
      <h2>{t("Saved sales")}</h2>
      <KpiGrid label={t("Saved sales")}>
        <KpiCard
          title={t("Got it from another place")}
          kpi="P10"
          report={saved}
          value={cellOf("saved_share")}
          n={cellOf("misses")}
          format="percent"
          goodWhen="higher"
          formula={t("orders placed for another location after a store had none ÷ misses")}
        />
        <KpiCard
          title={t("Misses: a store had none")}
          kpi="P10"
          report={saved}
          value={cellOf("misses")}
          format="number"
          goodWhen="lower"
        />
        <KpiCard
          title={t("Sales that were saved")}
          kpi="P10"
          report={saved}
          value={cellOf("saved")}
          format="number"
          goodWhen="higher"
        />
      </KpiGrid>
    </div>
  );
}

function useReturnWords(returns: readonly ReportRow[], saved: readonly ReportRow[]): (string | null)[] {
  const { t } = useTranslation();
  const share = (rows: readonly ReportRow[], column: string) =>
    formatFigure(cellOf(column)(rows), "share", null);
  return [
    (cellOf("online_returns")(returns) ?? 0) === 0
      ? null
      : t("{{share}} of what was ordered online and came back was brought to a store.", {
          share: share(returns, "in_store_share"),
        }),
    cellOf("to_sellable_p50")(returns) === null
      ? null
      : t("Half of what came back could be sold again within {{time}}.", {
          time: formatFigure(cellOf("to_sellable_p50")(returns), "minutes", null),
        }),
    (cellOf("misses")(saved) ?? 0) === 0
      ? null
      : t(
          "{{misses}} times a store did not have what somebody wanted; {{share}} of them got it from another place.",
          {
            misses: formatFigure(cellOf("misses")(saved), "count", null),
            share: share(saved, "saved_share"),
          },
        ),
  ];
}
