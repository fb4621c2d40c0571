import { useTranslation } from "react-i18next";
import { Link } from "react-router";
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
          value="exact_accuracy"
          n="lines"
          format="percent"
        />
        <KpiCard
          title={t("Units right")}
          kpi="I3"
          report={report}
          value="unit_accuracy"
          n="counted_units"
          format="percent"
        />
        <KpiCard
          title={t("Read rate")}
          kpi="I5"
          report={report}
          value="read_rate"
          n="believed_items"
          format="percent"
        />
      </KpiGrid>
    </PagePart>
  );
}
