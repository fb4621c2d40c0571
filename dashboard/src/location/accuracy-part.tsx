import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { numberOf } from "../format/figure.ts";
import { KpiCard, KpiGrid } from "../reports/kpi-card.tsx";
import { useReport } from "../reports/use-report.ts";
import { PagePart } from "../ui/page-part.tsx";

/** How right its book was when it was counted. */
export function AccuracyPart({ locationId }: { locationId: string }) {
  const { t } = useTranslation();
  const report = useReport("count-accuracy", { location: [locationId] });
  return (
    <PagePart
      title={t("Accuracy")}
      note={t("The book beside what was counted, over the report's usual time.")}
      action={<Link to={`/counts?location=${locationId}`}>{t("Its counts")}</Link>}
    >
      <KpiGrid label={t("Accuracy")}>
        <KpiCard
          title={t("Lines exactly right")}
          kpi="I1"
          report={report}
          value={(rows) => numberOf(rows[0]?.["exact_accuracy"])}
          n={(rows) => numberOf(rows[0]?.["lines"])}
          format="percent"
        />
        <KpiCard
          title={t("Units right")}
          kpi="I3"
          report={report}
          value={(rows) => numberOf(rows[0]?.["unit_accuracy"])}
          n={(rows) => numberOf(rows[0]?.["counted_units"])}
          format="percent"
        />
        <KpiCard
          title={t("Read rate")}
          kpi="I5"
          report={report}
          value={(rows) => numberOf(rows[0]?.["read_rate"])}
          n={(rows) => numberOf(rows[0]?.["believed_items"])}
          format="percent"
        />
      </KpiGrid>
    </PagePart>
  );
}
