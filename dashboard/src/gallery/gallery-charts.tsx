import { BarChart } from "../charts/bar-chart.tsx";
import { ChartFrame } from "../charts/chart-frame.tsx";
import { Funnel } from "../charts/funnel.tsx";
import { HeatMap } from "../charts/heat-map.tsx";
import { Histogram } from "../charts/histogram.tsx";
import { LineChart } from "../charts/line-chart.tsx";
import {
  answered,
  BINS,
  CAUSES,
  COHORTS,
  EMPTY,
  FAILED,
  LOADING,
  STALE,
  WEEKS,
  WEEKS_BEFORE,
} from "./gallery-fixtures.ts";
import { GallerySection } from "./gallery-section.tsx";

const FULL = answered(WEEKS, WEEKS_BEFORE);
const CHANNELS = [
  { key: "store", label: "Store" },
  { key: "web", label: "Web" },
  { key: "app", label: "App" },
];

export function GalleryCharts() {
  return (
    <GallerySection title="Charts">
      <div className="chart-grid">
        <ChartFrame title="Net sales by week" report={FULL} columns={["period", "orders", "net_sales"]}>
          {(rows, { currency, previous }) => (
            <LineChart
              rows={rows}
              previous={previous?.rows}
              x="period"
              xKind="week"
              series={[{ key: "net_sales", label: "Net sales", look: "area" }]}
              unit="money"
              currency={currency}
              n="orders"
              annotations={[{ x: "2026-02-16", label: "New readers" }]}
              label="Net sales by week, compared with a year ago"
            />
          )}
        </ChartFrame>
        <ChartFrame title="Orders by channel" report={FULL}>
          {(rows) => (
            <LineChart
              rows={rows}
              x="period"
              xKind="week"
              series={CHANNELS}
              unit="count"
              label="Orders by channel and week"
            />
          )}
        </ChartFrame>
        <ChartFrame
          title="Pickup rate, with its interval"
          report={FULL}
          note="The band holds the rate with 95 %."
        >
          {(rows) => (
            <LineChart
              rows={rows}
              x="period"
              xKind="week"
              series={[{ key: "pickup_rate", label: "Pickup rate" }]}
              interval={{ low: "low", high: "high" }}
              unit="share"
              label="Pickup rate by week"
            />
          )}
        </ChartFrame>
        <ChartFrame title="Channels, stacked" report={FULL}>
          {(rows) => (
            <BarChart
              rows={rows}
              x="period"
              xKind="week"
              series={CHANNELS}
              unit="count"
              isStacked
              label="Orders by channel and week"
            />
          )}
        </ChartFrame>
        <ChartFrame title="Channels, side by side" report={FULL} rows={(rows) => rows.slice(-5)}>
          {(rows) => (
            <BarChart
              rows={rows}
              x="period"
              xKind="week"
              series={CHANNELS}
              unit="count"
              label="Orders by channel"
            />
          )}
        </ChartFrame>
        <ChartFrame title="Why picks were short" report={answered(CAUSES)}>
          {(rows) => (
            <BarChart
              rows={rows}
              direction="rows"
              x="cause"
              series={[
                { key: "units", label: "This month" },
                { key: "before", label: "Last month" },
              ]}
              unit="units"
              label="Units that could not be picked, by cause"
            />
          )}
        </ChartFrame>
        <ChartFrame title="Customers by value" report={answered(BINS)}>
          {(rows, { currency }) => (
            <Histogram
              rows={rows}
              from="from"
              to="to"
              count="customers"
              unit="money"
              currency={currency}
              countLabel="Customers"
              label="Customers by lifetime value"
            />
          )}
        </ChartFrame>
        <ChartFrame title="From order to collection" report={FULL}>
          {() => (
            <Funnel
              label="Pickup funnel"
              steps={[
                { label: "Placed", value: 1_284 },
                { label: "Ready", value: 1_236, share: 1_236 / 1_284 },
                { label: "Collected", value: 1_102, share: 1_102 / 1_284, note: "88 are waiting." },
                { label: "Bought something else", value: null },
              ]}
            />
          )}
        </ChartFrame>
        <ChartFrame title="Retention by cohort" report={answered(COHORTS)}>
          {(rows) => (
            <HeatMap
              rows={rows}
              y="cohort"
              x="month"
              value="retained"
              unit="share"
              n="customers"
              yLabel="First purchase"
              scale={[0, 1]}
              label="Share of a cohort that bought again, by month"
            />
          )}
        </ChartFrame>
        <ChartFrame title="One week" report={answered(WEEKS.slice(0, 1))}>
          {(rows) => (
            <LineChart
              rows={rows}
              x="period"
              series={[{ key: "orders", label: "Orders" }]}
              unit="count"
              label="One week"
            />
          )}
        </ChartFrame>
        <ChartFrame title="Nothing there" report={EMPTY}>
          {() => null}
        </ChartFrame>
        <ChartFrame title="Loading" report={LOADING} heightPx={120}>
          {() => null}
        </ChartFrame>
        <ChartFrame title="Failed" report={FAILED}>
          {() => null}
        </ChartFrame>
        <ChartFrame title="Not the newest" report={STALE}>
          {(rows) => (
            <LineChart
              rows={rows}
              x="period"
              heightPx={120}
              series={[{ key: "orders", label: "Orders" }]}
              unit="count"
              label="Orders, not the newest"
            />
          )}
        </ChartFrame>
      </div>
    </GallerySection>
  );
}
