import { useTranslation } from "react-i18next";
import type { ReportRow } from "../../../domain/reports/report.ts";
import { formatFigure } from "../format/figure.ts";
import { KpiCard, KpiGrid } from "../reports/kpi-card.tsx";
import { ReportFilterBar } from "../reports/report-filter-bar.tsx";
import { useReport } from "../reports/use-report.ts";
import { useReportFilter } from "../reports/use-report-filter.ts";
import { Answer } from "../reports/answer.tsx";
import { cellOf } from "../reports/cell-of.ts";
import { ChannelMix } from "./channel-mix.tsx";
import { CurrencyField } from "../reports/currency-field.tsx";
import { SharedCredit } from "./shared-credit.tsx";
import { useCurrency } from "../reports/use-currency.ts";

const FIELDS = ["window", "location", "category"] as const;

/** Where is ordered, do offers work across channels, and are customers content? */
export function ChannelsPart() {
  const { t } = useTranslation();
  const filter = useReportFilter("28d");
  const currency = useCurrency();
  const salesParams = { ...filter.params(FIELDS), ...currency.params };
  const online = useReport("online-share", salesParams, filter.comparison);
  const offers = useReport("cross-channel-offers", filter.params(["window"]), filter.comparison);
  const answers = useReport("satisfaction", filter.params(["window", "location"]), filter.comparison);

  return (
    <div className="page-scroll report-page">
      <div className="report-filters">
        <ReportFilterBar fields={[...FIELDS, "compare"]} />
        <CurrencyField reports={[online]} />
      </div>
      <Answer
        reports={[online, offers]}
        sentences={useChannelWords(online.data?.rows ?? [], offers.data?.rows ?? [])}
      />
      <KpiGrid label={t("Channels")}>
        <KpiCard
          title={t("Net sales ordered online")}
          kpi="K8"
          report={online}
          value="online_sales_share"
          format="percent"
          formula={t("online net sales ÷ all net sales; a pickup order is online, once")}
        />
        <KpiCard
          title={t("Orders placed online")}
          kpi="K8"
          report={online}
          value="online_order_share"
          n="orders"
          format="percent"
          formula={t("online orders ÷ all orders")}
        />
        <KpiCard
          title={t("Net sales")}
          report={online}
          value="net_sales"
          n="orders"
          format="money"
          goodWhen="higher"
        />
      </KpiGrid>
      <ChannelMix params={salesParams} />
      <SharedCredit params={salesParams} />
      <h2>{t("Offers")}</h2>
      <KpiGrid label={t("Offers")}>
        <KpiCard
          title={t("Redeemed in another channel")}
          kpi="K12"
          report={offers}
          value="cross_channel_share"
          n="redemptions"
          format="percent"
          formula={t("redemptions in another channel than the one that issued the offer ÷ redemptions")}
          note={t("Of all locations and categories: offers belong to none")}
        />
        <KpiCard title={t("Offers issued")} kpi="K12" report={offers} value="issued" format="number" />
        <KpiCard
          title={t("Offers redeemed")}
          kpi="K12"
          report={offers}
          value="redemptions"
          format="number"
          goodWhen="higher"
          note={t("In this window, of offers issued whenever")}
        />
      </KpiGrid>
      <h2>{t("What customers say")}</h2>
      <KpiGrid label={t("What customers say")}>
        <KpiCard
          title={t("Satisfied (CSAT)")}
          kpi="K10"
          report={answers}
          value="csat"
          n="csat_answers"
          format="percent"
          goodWhen="higher"
          formula={t("answers of 4 or 5 of 5 ÷ answers")}
        />
        <KpiCard
          title={t("Would recommend (NPS)")}
          kpi="K10"
          report={answers}
          value="nps"
          n="nps_answers"
          format="number"
          goodWhen="higher"
          formula={t("100 × (answers of 9 or 10 − answers of 0 to 6) ÷ answers; from −100 to 100")}
        />
      </KpiGrid>
    </div>
  );
}

function useChannelWords(online: readonly ReportRow[], offers: readonly ReportRow[]): (string | null)[] {
  const { t } = useTranslation();
  const share = (rows: readonly ReportRow[], column: string) =>
    formatFigure(cellOf(column)(rows), "share", null);
  return [
    (cellOf("orders")(online) ?? 0) === 0
      ? null
      : t("{{sales}} of net sales and {{orders}} of orders are placed online.", {
          sales: share(online, "online_sales_share"),
          orders: share(online, "online_order_share"),
        }),
    (cellOf("redemptions")(offers) ?? 0) === 0
      ? null
      : t("{{share}} of the offers that were redeemed had been issued in another channel.", {
          share: share(offers, "cross_channel_share"),
        }),
  ];
}
