import { useTranslation } from "react-i18next";
import { formatFigure, numberOf } from "../format/figure.ts";
import { KpiCard, KpiGrid } from "../reports/kpi-card.tsx";
import { useReport } from "../reports/use-report.ts";

type DayRow = {
  is_today: number;
  until: string;
  orders: number;
  net_sales: string;
  online_orders: number;
  pickups_ordered: number;
  pickups_ready: number;
  pickups_collected: number;
  pickups_waiting: number | null;
};
type Column = Exclude<keyof DayRow, "is_today" | "until">;

const REFRESH_MS = 15_000;

/** Sales and pickups of today, each beside the same weekday a week ago until the same time, with its course by the hour. */
export function TodayCards({ location }: { location: string }) {
  const { t } = useTranslation();
  const day = useReport<DayRow>("day-so-far", { location }, { refreshMs: REFRESH_MS });
  const hours = useReport<DayRow>("day-so-far", { location, by: "hour" });
  const card = (title: string, column: Column, format: "money" | "number", hasTrend = true) => ({
    title,
    format,
    report: day,
    value: { column, where: { is_today: 1 } },
    previous: { column, where: { is_today: 0 } },
    trend: hasTrend
      ? (hours.data?.rows ?? []).filter((row) => row.is_today === 1).map((row) => numberOf(row[column]))
      : [],
    formula: t("Today since midnight ({{timeZone}}), and the same weekday a week ago until the same time.", {
      timeZone: day.data?.timeZone ?? "UTC",
    }),
  });
  const until = day.data?.rows[0]?.until;
  return (
    <section aria-labelledby="home-today">
      <div className="home-head">
        <h2 id="home-today">{t("Today so far")}</h2>
        <span className="home-note">
          {t("Beside the same weekday a week ago, until the same time.")}
          {/* Its place is kept: the line does not break anew when the report comes. */}{" "}
          <span className="home-as-of">
            {until === undefined
              ? null
              : t("As of {{instant}}", { instant: formatFigure(until, "instant", null) })}
          </span>
        </span>
      </div>
      <KpiGrid label={t("Today so far")}>
        <KpiCard {...card(t("Net sales"), "net_sales", "money")} goodWhen="higher" />
        <KpiCard {...card(t("Orders"), "orders", "number")} goodWhen="higher" />
        <KpiCard {...card(t("Online orders"), "online_orders", "number")} goodWhen="higher" />
        <KpiCard {...card(t("Pickups ordered"), "pickups_ordered", "number")} goodWhen="higher" />
        <KpiCard {...card(t("Pickups collected"), "pickups_collected", "number")} goodWhen="higher" />
        <KpiCard {...card(t("Ready, waiting for their customer"), "pickups_waiting", "number", false)} />
      </KpiGrid>
    </section>
  );
}
