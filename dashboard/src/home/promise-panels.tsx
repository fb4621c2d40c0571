import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { ByPlace } from "../reports/by-place.tsx";
import { figureColumn, intervalColumn, shareColumn } from "../reports/figure-columns.tsx";
import "../reports/report-page.css";
import { KpiCard, KpiGrid } from "../reports/kpi-card.tsx";
import { useReport } from "../reports/use-report.ts";
import { mainCause } from "../omnichannel/disappointment-causes.ts";
import { CauseBars } from "../omnichannel/cause-bars.tsx";

/** The days of a week, with today. */
const WEEK = { from: "6daysAgo", to: "tomorrow" } as const;
/** Counts are rarer than orders. */
const MONTH = { from: "27daysAgo", to: "tomorrow" } as const;
/** So many stores are named: the rest stand on the page of accuracy. */
const STORES = 5;

/** Whether promises were kept last week and why not, and which stores' books to look at before the next is given. */
export function PromisePanels({ location }: { location: string }) {
  const { t } = useTranslation();
  const broken = useReport("disappointment", { ...WEEK, location }, { compare: "previous" });
  const service = useReport("pickup-service", { ...WEEK, location }, { compare: "previous" });
  const ghosts = useReport("ghost-stock", { location });
  const counts = useReport("count-accuracy", { ...MONTH, location, by: "location" });
  const cause = mainCause(t, broken.data?.rows[0]);
  return (
    <section aria-labelledby="home-promises">
      <div className="home-head">
        <h2 id="home-promises">{t("Promises and books")}</h2>
        <span className="home-note">
          {t("Promises of the last 7 days, beside the 7 days before.")}{" "}
          <Link to="/omnichannel/pickup">{t("More about pickups")}</Link>{" "}
          <Link to="/accuracy">{t("All of accuracy")}</Link>
        </span>
      </div>
      <KpiGrid label={t("Promises and books")}>
        <KpiCard
          title={t("Promised and not given")}
          kpi="P7"
          report={broken}
          value="disappointment_rate"
          interval={["disappointment_rate_lower", "disappointment_rate_upper"]}
          n="promised_lines"
          format="percent"
          goodWhen="lower"
          formula={t(
            "promised lines that were cancelled, short, substituted or found missing ÷ promised lines",
          )}
          note={
            cause === null
              ? t("The disappointment rate, by line.")
              : t("The disappointment rate, by line. Most often: {{cause}}.", { cause })
          }
        />
        <KpiCard
          title={t("Ready when promised")}
          kpi="P4"
          report={service}
          value="ready_on_time_rate"
          n="promised"
          format="percent"
          goodWhen="higher"
          formula={t("ready within the promise ÷ promised")}
        />
        <KpiCard
          title={t("Probably not there")}
          kpi="I12"
          report={ghosts}
          value="ghost_share"
          n="watched_sku_locations"
          format="percent"
          goodWhen="lower"
          formula={t(
            "on the book and unseen for so long, though their neighbours were seen ÷ all whose neighbours were seen",
          )}
        />
        <KpiCard
          title={t("At stake, at list price")}
          kpi="I12"
          report={ghosts}
          value="price_at_stake"
          n="ghost_units"
          format="money"
          goodWhen="lower"
        />
      </KpiGrid>
      <div className="report-panels home-panels">
        <CauseBars report={broken} />
        <ByPlace
          title={t("Stores to look at: the least right when counted")}
          report={counts}
          worst={{ column: "exact_accuracy", is: "lowest" }}
          most={STORES}
          empty={t("Nothing was counted in the last 28 days.")}
          note={t("Counts of the last 28 days.")}
          columns={[
            shareColumn(t("Exactly right"), "exact_accuracy"),
            intervalColumn(t, "exact_accuracy"),
            figureColumn(t("Net difference"), "net_units", "units"),
            figureColumn(t("Products counted"), "lines", "count"),
          ]}
        />
      </div>
    </section>
  );
}
