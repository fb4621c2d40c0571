import { useTranslation } from "react-i18next";
import { formatInstant } from "../../format/number.ts";
import type { ReportData } from "../../reports/report-data.ts";
import { Fact, Facts } from "../../ui/facts.tsx";

/** What the figures are: window, currency, how new, what each column means, and the SQL that made them. */
export function ReportFacts({ data }: { data: ReportData }) {
  const { t } = useTranslation();
  const { report, window, currency, dataThrough, generatedAt, sql, sqlParameters } = data;
  return (
    <section className="report-facts">
      <Facts>
        {window === null ? null : (
          <Fact label={t("Window")}>
            {t("{{from}} until before {{to}} ({{zone}})", {
              from: window.from ?? t("the beginning"),
              to: window.to,
              zone: window.timeZone,
            })}
          </Fact>
        )}
        {currency === null || currency === "" ? null : <Fact label={t("Currency")}>{currency}</Fact>}
        <Fact label={t("Data until")}>
          {dataThrough === null ? t("Nothing is recorded yet") : formatInstant(Date.parse(dataThrough))}
        </Fact>
        <Fact label={t("Calculated")}>{formatInstant(Date.parse(generatedAt))}</Fact>
        <Fact label={t("Freshness")}>{report.freshness}</Fact>
        <Fact label={t("Cost")}>{report.cost}</Fact>
      </Facts>
      <details open={report.columns.length <= 8}>
        <summary>{t("What each column means")}</summary>
        <dl className="report-columns">
          {report.columns.map(({ name, unit, meaning }) => (
            <div key={name}>
              <dt>
                <code>{name}</code> <span className="muted">{unit}</span>
              </dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
      </details>
      <details>
        <summary>{t("What each parameter means")}</summary>
        <dl className="report-columns">
          {report.parameters.map(({ name, meaning, default: byDefault }) => (
            <div key={name}>
              <dt>
                <code>{name}</code>{" "}
                <span className="muted">
                  {byDefault === "" ? null : t("by default {{value}}", { value: byDefault })}
                </span>
              </dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
      </details>
      <details>
        <summary>{t("The SQL that made these figures")}</summary>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by the keyboard */}
        <pre className="report-sql" tabIndex={0} aria-label={t("SQL")}>
          {sql}
        </pre>
        <p className="muted">{t("It was run with:")}</p>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by the keyboard */}
        <pre className="report-sql" tabIndex={0} aria-label={t("Values of the query")}>
          {JSON.stringify(sqlParameters, null, 2)}
        </pre>
      </details>
    </section>
  );
}
