import { useTranslation } from "react-i18next";
import { Link, useParams, useSearchParams } from "react-router";
import type { ReportHeader } from "../../../../domain/reports/report.ts";
import { NotFoundPage } from "../../app/not-found-page.tsx";
import { PageHead } from "../../app/page-head.tsx";
import { ReportTrouble, StaleMark } from "../../reports/report-trouble.tsx";
import { useReport } from "../../reports/use-report.ts";
import { TableSkeleton } from "../../stock/table-skeleton.tsx";
import { type ReportAsked, readReportAddress, writeReportAddress } from "./report-address.ts";
import { ReportForm } from "./report-form.tsx";
import "./report-page.css";
import { ReportResult } from "./report-result.tsx";
import { useReportCatalogue } from "./reports-page.tsx";

/** One report: its question, what it is asked with, and its answer. How it is asked stands in the address. */
export function ReportPage() {
  const { t } = useTranslation();
  const { name = "" } = useParams();
  const catalogue = useReportCatalogue();
  const report = catalogue.data?.items.find((one) => one.name === name);
  if (catalogue.data !== undefined && report === undefined) return <NotFoundPage />;
  return (
    <>
      <PageHead title={t("Reports")} />
      <div className="page-body">
        {catalogue.isPending ? <TableSkeleton label={t("Loading the report")} /> : null}
        {catalogue.error === null || catalogue.data !== undefined ? null : (
          <ReportTrouble error={catalogue.error} onRetry={() => void catalogue.refetch()} />
        )}
        {report === undefined ? null : <ReportDesk key={name} report={report} />}
      </div>
    </>
  );
}

function ReportDesk({ report }: { report: ReportHeader }) {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const asked = readReportAddress(search, report);
  const { parameters, compare } = asked;
  const query = useReport(report.name, parameters, { compare });
  const ask = (next: ReportAsked) => setSearch(writeReportAddress(next));
  return (
    <div className="page-scroll report-desk">
      <div>
        <Link to="/analyst/reports">{t("All reports")}</Link>
        <h2 className="report-question">{report.question}</h2>
        <p className="muted">
          {report.kpis.map((kpi) => (
            <span key={kpi} className="report-kpi">
              {kpi}
            </span>
          ))}{" "}
          {t("Grain: {{grain}}", { grain: report.grain })}
        </p>
      </div>
      <ReportForm report={report} asked={asked} onAsk={ask} />
      {query.data === undefined ? null : <StaleMark error={query.error} />}
      {query.data === undefined && query.error !== null ? (
        <ReportTrouble error={query.error} onRetry={() => void query.refetch()} />
      ) : null}
      {query.isPending ? <TableSkeleton label={t("The report is calculated")} /> : null}
      {query.data === undefined ? null : (
        <ReportResult
          data={query.data}
          asked={asked}
          isOlder={query.isPlaceholderData}
          onChart={(chart) => setSearch(writeReportAddress({ ...asked, chart }), { replace: true })}
        />
      )}
    </div>
  );
}
