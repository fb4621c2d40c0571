import { useTranslation } from "react-i18next";
import { KpiCard, KpiGrid } from "../reports/kpi-card.tsx";
import { useReport } from "../reports/use-report.ts";

/** P9 of the last 28 days, at the location at hand. */
export function ReturnFigures({ location }: { location: string }) {
  const { t } = useTranslation();
  const report = useReport("returns-anywhere", {
    from: "28daysAgo",
    to: "tomorrow",
    ...(location === "" ? {} : { location }),
  });
  const note = t("Of the last 28 days.");
  return (
    <KpiGrid label={t("Figures of returns")}>
      <KpiCard
        title={t("Online returns made in a store")}
        kpi="P9"
        report={report}
        value="in_store_share"
        n="online_returns"
        format="percent"
        note={note}
      />
      <KpiCard
        title={t("Exchanged for something else")}
        kpi="P9"
        report={report}
        value="exchange_rate"
        n="returns_in_store"
        format="percent"
        goodWhen="higher"
        note={note}
      />
      <KpiCard
        title={t("Half is for sale again within")}
        kpi="P9"
        report={report}
        value="to_sellable_p50"
        format="duration"
        goodWhen="lower"
        note={note}
      />
    </KpiGrid>
  );
}
