import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { withParam } from "../app/with-param.ts";
import { KpiCard, KpiGrid } from "../reports/kpi-card.tsx";
import { ReportFilterBar } from "../reports/report-filter-bar.tsx";
import { useReport } from "../reports/use-report.ts";
import { useReportFilter } from "../reports/use-report-filter.ts";
import { SelectField } from "../ui/field.tsx";
import { Answer } from "../reports/answer.tsx";
import { BrokenPromises } from "./broken-promises.tsx";
import { CohortMap } from "./cohort-map.tsx";
import { CurrencyField } from "../reports/currency-field.tsx";
import { RetentionByChannels } from "./retention-by-channels.tsx";
import { RetentionCourse } from "./retention-course.tsx";
import { useRetentionWords } from "./retention-words.ts";
import { useCurrency } from "../reports/use-currency.ts";
import { wholeMonths } from "./whole-months.ts";

const FIELDS = ["window", "location", "channel", "category"] as const;
const USUAL_DAYS = "90";

/** Do customers come back, how soon, which of them, and what drives them away? */
export function RetentionPart() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const filter = useReportFilter("year");
  const currency = useCurrency();
  const activeDays = search.get("activeDays") ?? USUAL_DAYS;
  const params = { ...filter.params(FIELDS), ...currency.params };
  const months = { ...params, from: wholeMonths(filter.from) };
  const course = useReport("retention", { ...months, activeDays });
  const repeat = useReport("repeat-purchase", params, filter.comparison);
  const frequency = useReport("purchase-frequency", params, filter.comparison);

  return (
    <div className="page-scroll report-page">
      <div className="report-filters">
        <ReportFilterBar fields={[...FIELDS, "compare"]} usual="year" />
        <SelectField
          label={t("Who is a customer")}
          isLabelHidden
          value={activeDays}
          choices={["30", "90", "180", "365"].map((days) => ({
            value: days,
            label: t("Customers: bought within {{days}} days", { days }),
          }))}
          onChange={(days) =>
            setSearch((last) => withParam(last, "activeDays", days === USUAL_DAYS ? "" : days), {
              replace: true,
            })
          }
        />
        <CurrencyField reports={[course, repeat]} />
      </div>
      <Answer
        reports={[course, repeat, frequency]}
        sentences={useRetentionWords({
          course: course.data?.rows ?? [],
          repeat: repeat.data?.rows ?? [],
          frequency: frequency.data?.rows ?? [],
        })}
      />
      <KpiGrid label={t("Coming back")}>
        <KpiCard
          title={t("Bought at least twice")}
          kpi="K6"
          report={repeat}
          value="repeat_rate"
          n="customers"
          format="percent"
          goodWhen="higher"
          formula={t("customers with two orders or more in the window ÷ customers with one or more")}
        />
        <KpiCard
          title={t("Orders of a customer")}
          kpi="K7"
          report={frequency}
          value="orders_per_customer"
          n="customers"
          format="number"
          goodWhen="higher"
          formula={t("orders of known customers ÷ customers, in the window")}
        />
        <KpiCard
          title={t("Days between purchases")}
          kpi="K7"
          report={frequency}
          value="days_between_purchases"
          format="number"
          goodWhen="lower"
          formula={t("median of the days from one purchase day of a customer to the next")}
        />
        <KpiCard
          title={t("Value of an order")}
          kpi="K7"
          report={frequency}
          value="average_order_value"
          n="orders"
          format="money"
          goodWhen="higher"
          formula={t("net sales ÷ orders, guests too")}
        />
        <KpiCard
          title={t("Units of an order")}
          kpi="K7"
          report={frequency}
          value="units_per_order"
          n="orders"
          format="number"
          goodWhen="higher"
          formula={t("units ÷ orders")}
        />
      </KpiGrid>
      <RetentionCourse report={course} days={activeDays} />
      <CohortMap params={months} />
      <div className="report-panels">
        <RetentionByChannels params={params} activeDays={activeDays} />
        <BrokenPromises params={filter.params(["window", "location", "channel"])} />
      </div>
    </div>
  );
}
