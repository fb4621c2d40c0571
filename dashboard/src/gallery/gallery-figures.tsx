import { numberOf } from "../format/figure.ts";
import { KpiCard, KpiGrid } from "../reports/kpi-card.tsx";
import { ReportFilterBar } from "../reports/report-filter-bar.tsx";
import {
  answered,
  EMPTY,
  FAILED,
  FORBIDDEN,
  LOADING,
  STALE,
  WEEK,
  WEEK_BEFORE,
  WEEKS,
} from "./gallery-fixtures.ts";
import { GallerySection } from "./gallery-section.tsx";

const FULL = answered(WEEK, WEEK_BEFORE);
const STALE_WEEK = { ...answered(WEEK), error: STALE.error };
const TREND = WEEKS.map((row) => numberOf(row["net_sales"]));

export function GalleryFigures() {
  return (
    <>
      <GallerySection title="Filter">
        <ReportFilterBar fields={["window", "location", "channel", "category", "compare"]} />
      </GallerySection>
      <GallerySection title="Key figures">
        <KpiGrid label="Key figures">
          <KpiCard
            title="Net sales"
            kpi="K1"
            report={FULL}
            value="net_sales"
            format="money"
            goodWhen="higher"
            trend={TREND}
          />
          <KpiCard
            title="Pickup rate"
            kpi="P1"
            report={FULL}
            value="pickup_rate"
            format="percent"
            goodWhen="higher"
            n="orders"
            interval={["pickup_low", "pickup_high"]}
          />
          <KpiCard
            title="Orders"
            report={FULL}
            value="orders"
            previous="orders_before"
            format="number"
            goodWhen="higher"
          />
          <KpiCard
            title="Wait until ready"
            report={FULL}
            value="to_ready_p50"
            format="duration"
            goodWhen="lower"
            note="Half of the orders were ready sooner."
          />
          <KpiCard title="Nothing counted" report={EMPTY} value="orders" format="percent" />
          <KpiCard title="Loading" report={LOADING} value="orders" format="number" />
          <KpiCard title="Not the newest" report={STALE_WEEK} value="orders" format="number" />
          <KpiCard title="Failed" report={FAILED} value="orders" format="number" />
          <KpiCard title="Not allowed" report={FORBIDDEN} value="orders" format="number" />
        </KpiGrid>
      </GallerySection>
    </>
  );
}
