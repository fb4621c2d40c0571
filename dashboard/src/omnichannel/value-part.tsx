import { useTranslation } from "react-i18next";
import { ReportFilterBar } from "../reports/report-filter-bar.tsx";
import { useReport } from "../reports/use-report.ts";
import { useReportFilter } from "../reports/use-report-filter.ts";
import { Answer } from "../reports/answer.tsx";
import { CurrencyField } from "../reports/currency-field.tsx";
import { HistoricValue } from "./historic-value.tsx";
import { OmnichannelRatio } from "./omnichannel-ratio.tsx";
import { PredictedValue } from "./predicted-value.tsx";
import { useCurrency } from "../reports/use-currency.ts";
import { ValueByChannel } from "./value-by-channel.tsx";
import { useValueWords } from "./value-words.ts";

const FIELDS = ["window", "location", "channel", "category"] as const;

/** What is a customer worth: so far, and in the next 12 months; and is one of several channels worth more? */
export function ValuePart() {
  const { t } = useTranslation();
  const filter = useReportFilter("all");
  const currency = useCurrency();
  const params = { ...filter.params(FIELDS), ...currency.params };
  const historic = useReport("customer-value", params);
  const ratio = useReport("omnichannel-value-matched", params);
  const predicted = useReport("predicted-value", currency.params);

  return (
    <div className="page-scroll report-page">
      <div className="report-filters">
        <ReportFilterBar fields={FIELDS} usual="all" />
        <CurrencyField reports={[historic, ratio, predicted]} />
      </div>
      <Answer
        reports={[historic, ratio, predicted]}
        sentences={useValueWords({ historic, ratio, predicted })}
      />
      <div className="value-kinds">
        <HistoricValue report={historic} params={params} />
        <PredictedValue report={predicted} params={currency.params} />
      </div>
      <h2>{t("Does a second channel go with more?")}</h2>
      <div className="report-panels wide-right">
        <OmnichannelRatio report={ratio} />
        <ValueByChannel params={params} />
      </div>
    </div>
  );
}
