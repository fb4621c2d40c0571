import { useTranslation } from "react-i18next";
import type { ReportRow } from "../../../domain/reports/report.ts";
import { formatFigure } from "../format/figure.ts";
import { KpiCard, KpiGrid } from "../reports/kpi-card.tsx";
import { ReportFilterBar } from "../reports/report-filter-bar.tsx";
import { useReport } from "../reports/use-report.ts";
import { useReportFilter } from "../reports/use-report-filter.ts";
import { Answer } from "../reports/answer.tsx";
import { cellOf } from "../reports/cell-of.ts";
import { ReturnsCourse } from "./returns-course.tsx";
import { WhatMissesBecame, WhereReturnsGo } from "./returns-funnels.tsx";
import { useCurrency } from "../reports/use-currency.ts";

const FIELDS = ["window", "location", "channel"] as const;

/** Where does what was bought come back, how soon is it for sale again, and which misses became sales? */
export function ReturnsPart() {
  const { t } = useTranslation();
  const filter = useReportFilter("28d");
  const currency = useCurrency();
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
      <KpiGrid label={t("Returns and saved sales")}>
        <KpiCard
          title={t("Online returns made in a store")}
          kpi="P9"
          report={returns}
          value="in_store_share"
          n="online_returns"
          format="percent"
          formula={t("online orders' returns over the counter of a store ÷ returns of online orders")}
        />
        <KpiCard
          title={t("Exchanged for something else")}
          kpi="P9"
          report={returns}
          value="exchange_rate"
          n="returns_in_store"
          format="percent"
          goodWhen="higher"
          formula={t("returns over the counter with something taken in exchange ÷ returns over the counter")}
        />
        <KpiCard
          title={t("Half is for sale again within")}
          kpi="P9"
          report={returns}
          value="to_sellable_p50"
          format="duration"
          goodWhen="lower"
          formula={t("from the return until it could be sold, median of those that could")}
        />
        <KpiCard
          title={t("Bought after a return")}
          kpi="P9"
          report={returns}
          value="purchase_after_rate"
          n="known_returns_in_store"
          format="percent"
          goodWhen="higher"
          formula={t(
            "returns over the counter with a purchase by the same person in the same store within the hour ÷ those by known customers",
          )}
        />
        <KpiCard
          title={t("Got it from another place")}
          kpi="P10"
          report={saved}
          value="saved_share"
          n="misses"
          format="percent"
          goodWhen="higher"
          formula={t("orders placed for another location after a store had none ÷ misses")}
        />
      </KpiGrid>
      <div className="report-panels">
        <WhereReturnsGo report={returns} />
        <WhatMissesBecame report={saved} />
      </div>
      <ReturnsCourse params={{ ...filter.params(["location", "channel"]), ...currency.params }} />
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
