import { useTranslation } from "react-i18next";
import type { ReportRow } from "../../../domain/reports/report.ts";
import { formatFigure } from "../format/figure.ts";
import { KpiCard, KpiGrid } from "../reports/kpi-card.tsx";
import { ReportFilterBar } from "../reports/report-filter-bar.tsx";
import { useReport } from "../reports/use-report.ts";
import { useReportFilter } from "../reports/use-report-filter.ts";
import { Answer } from "../reports/answer.tsx";
import { cellOf } from "../reports/cell-of.ts";
import { CauseBars } from "./cause-bars.tsx";
import { mainCause } from "./disappointment-causes.ts";
import { DisappointmentCourse } from "./disappointment-course.tsx";
import { DisappointmentPlaces } from "./disappointment-places.tsx";
import { PickupCourse } from "./pickup-course.tsx";
import { PickupFunnel } from "./pickup-funnel.tsx";
import { PickupStores } from "./pickup-stores.tsx";
import { PickupWaits } from "./pickup-waits.tsx";

const FIELDS = ["window", "location", "channel"] as const;

/** Do people get what they ordered to collect, when they were told, and how long do they wait? */
export function PickupPart() {
  const { t } = useTranslation();
  const filter = useReportFilter("28d");
  const params = filter.params(FIELDS);
  const rate = useReport("pickup-rate", params, filter.comparison);
  const service = useReport("pickup-service", params, filter.comparison);
  const broken = useReport("disappointment", params, filter.comparison);
  const picks = useReport("short-picks", params, filter.comparison);
  const attached = useReport("attach-rate", params, filter.comparison);

  return (
    <div className="page-scroll report-page">
      <ReportFilterBar fields={[...FIELDS, "compare"]} />
      <Answer
        reports={[service, broken]}
        sentences={usePickupWords(service.data?.rows ?? [], broken.data?.rows ?? [])}
      />
      <KpiGrid label={t("Pickup")}>
        <KpiCard
          title={t("Collected")}
          kpi="P2"
          report={service}
          value="completion"
          n="closed"
          format="percent"
          goodWhen="higher"
          formula={t("collected ÷ pickups with nothing left to do")}
        />
        <KpiCard
          title={t("Never collected")}
          kpi="P2"
          report={service}
          value="no_show_rate"
          n="closed"
          format="percent"
          goodWhen="lower"
          formula={t("unclaimed at the end of the hold ÷ pickups with nothing left to do")}
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
        />
        <KpiCard
          title={t("Online orders that are picked up")}
          kpi="P1"
          report={rate}
          value="pickup_rate"
          n="online_orders"
          format="percent"
          formula={t("pickup orders ÷ online orders, as placed: those cancelled since are in both")}
        />
        <KpiCard
          title={t("Bought more when collecting")}
          kpi="P6"
          report={attached}
          value="attach_rate"
          n="collections"
          format="percent"
          goodWhen="higher"
          formula={t("collections with another purchase in the same store within the hour ÷ collections")}
        />
        <KpiCard
          title={t("Lines not fully found")}
          kpi="P8"
          report={picks}
          value="short_pick_rate"
          n="lines_sent"
          format="percent"
          goodWhen="lower"
          formula={t("lines not fully picked ÷ lines sent to pick")}
        />
        <KpiCard
          title={t("Orders cancelled by stores")}
          kpi="P8"
          report={picks}
          value="store_cancel_rate"
          n="orders_sent"
          format="percent"
          goodWhen="lower"
          formula={t("orders with something that staff cancelled ÷ orders sent to stores")}
        />
      </KpiGrid>
      <div className="report-panels">
        <PickupFunnel params={params} />
        <CauseBars report={broken} />
        <PickupWaits report={service} />
        <PickupCourse params={filter.params(["location", "channel"])} />
        <DisappointmentCourse params={filter.params(["location", "channel"])} />
        <DisappointmentPlaces params={params} />
      </div>
      <PickupStores params={params} />
    </div>
  );
}

function usePickupWords(rows: readonly ReportRow[], broken: readonly ReportRow[]): (string | null)[] {
  const { t } = useTranslation();
  const cause = mainCause(t, broken[0]);
  const figure = (column: string, unit: "share" | "count" | "minutes") =>
    formatFigure(cellOf(column)(rows), unit, null);
  if ((cellOf("closed")(rows) ?? 0) === 0) return [];
  return [
    t("{{collected}} of {{closed}} pickups were collected ({{share}}).", {
      collected: figure("collected", "count"),
      closed: figure("closed", "count"),
      share: figure("completion", "share"),
    }),
    cellOf("to_ready_p50")(rows) === null
      ? null
      : t("Half were ready within {{time}}, nine of ten within {{longer}}.", {
          time: figure("to_ready_p50", "minutes"),
          longer: figure("to_ready_p90", "minutes"),
        }),
    cellOf("ready_on_time_rate")(rows) === null
      ? null
      : t("{{share}} were ready when promised.", { share: figure("ready_on_time_rate", "share") }),
    cause === null
      ? null
      : t("{{share}} of the promised lines were not given, most often because they were {{cause}}.", {
          share: formatFigure(cellOf("disappointment_rate")(broken), "share", null),
          cause,
        }),
  ];
}
