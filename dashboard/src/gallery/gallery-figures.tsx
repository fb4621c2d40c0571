import type { ReportRow } from "../../../domain/reports/report.ts";
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
  WEEKS,
  WEEKS_BEFORE,
} from "./gallery-fixtures.ts";
import { GallerySection } from "./gallery-section.tsx";

const FULL = answered(WEEKS, WEEKS_BEFORE);
const lastOf = (column: string) => (rows: readonly ReportRow[]) =>
  numberOf(rows.findLast((row) => row[column] !== null)?.[column]);
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
            value={lastOf("net_sales")}
            format="money"
            goodWhen="higher"
            trend={TREND}
          />
          <KpiCard
            title="Pickup rate"
            kpi="P1"
            report={FULL}
            value={lastOf("pickup_rate")}
            format="percent"
            goodWhen="higher"
            n={lastOf("orders")}
            interval={() => [0.301, 0.359]}
          />
          <KpiCard
            title="Orders"
            report={FULL}
            value={lastOf("orders")}
            previous={520}
            format="number"
            goodWhen="higher"
          />
          <KpiCard
            title="Wait until ready"
            report={FULL}
            value={() => 2_460}
            previous={1_900}
            format="duration"
            goodWhen="lower"
            note="Half of the orders were ready sooner."
          />
          <KpiCard title="Nothing counted" report={EMPTY} value={() => null} format="percent" />
          <KpiCard title="Loading" report={LOADING} value={() => null} format="number" />
          <KpiCard title="Not the newest" report={STALE} value={lastOf("orders")} format="number" />
          <KpiCard title="Failed" report={FAILED} value={() => null} format="number" />
          <KpiCard title="Not allowed" report={FORBIDDEN} value={() => null} format="number" />
        </KpiGrid>
      </GallerySection>
    </>
  );
}
