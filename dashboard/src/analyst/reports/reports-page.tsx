import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import type { ReportHeader } from "../../../../domain/reports/report.ts";
import { PageHead } from "../../app/page-head.tsx";
import { withParam } from "../../app/with-param.ts";
import { useLive } from "../../live/live-context.tsx";
import { ReportTrouble } from "../../reports/report-trouble.tsx";
import { TableSkeleton } from "../../stock/table-skeleton.tsx";
import { Notice } from "../../ui/notice.tsx";
import { SearchBox } from "../../ui/search-box.tsx";
import { findReports, groupReports } from "./find-reports.ts";
import "./reports-page.css";

/** The reports there are, asked once for the page. */
export function useReportCatalogue() {
  const { client } = useLive();
  return useQuery({
    queryKey: ["report-catalogue"],
    queryFn: ({ signal }) => client.reports.list(signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Every report by what it is about, with the question that it answers. */
export function ReportsPage() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const catalogue = useReportCatalogue();
  const wanted = search.get("q") ?? "";
  const found = findReports(catalogue.data?.items ?? [], wanted);
  return (
    <>
      <PageHead title={t("Reports")} />
      <div className="page-body">
        <div className="toolbar">
          <SearchBox
            label={t("Find a report by its question, name, KPI or column")}
            placeholder={t("Question, KPI or column")}
            value={wanted}
            onChange={(value) => setSearch((last) => withParam(last, "q", value), { replace: true })}
          />
          <span className="toolbar-count" role="status">
            {catalogue.data === undefined ? "" : t("{{count}} reports", { count: found.length })}
          </span>
        </div>
        {catalogue.isPending ? <TableSkeleton label={t("Loading reports")} /> : null}
        {catalogue.error === null || catalogue.data !== undefined ? null : (
          <ReportTrouble error={catalogue.error} onRetry={() => void catalogue.refetch()} />
        )}
        {catalogue.data === undefined ? null : (
          <div className="page-scroll">
            {found.length === 0 ? (
              <Notice icon="search" title={t("No report of this kind")}>
                {t(
                  "Search for a KPI such as P1, or for a word of the question. What no report answers can be asked in SQL.",
                )}
              </Notice>
            ) : null}
            {groupReports(found).map(({ id, reports }) => (
              <section key={id} aria-label={groupLabel(t, id)}>
                <h2 className="reports-heading">{groupLabel(t, id)}</h2>
                <ul className="reports-list">
                  {reports.map((report) => (
                    <ReportCard key={report.name} report={report} />
                  ))}
                </ul>
              </section>
            ))}
          </div>
        )}
      </div>
    </>
  );
}

function ReportCard({ report }: { report: ReportHeader }) {
  return (
    <li className="report-card" data-testid="report-card">
      <div className="report-card-kpis">
        {report.kpis.map((kpi) => (
          <span key={kpi} className="report-kpi">
            {kpi}
          </span>
        ))}
      </div>
      <Link to={`/analyst/reports/${report.name}`}>{report.question}</Link>
      <p>{report.grain}</p>
      <code>{report.name}</code>
    </li>
  );
}

function groupLabel(
  t: ReturnType<typeof useTranslation>["t"],
  id: ReturnType<typeof groupReports>[number]["id"],
): string {
  switch (id) {
    case "customers":
      return t("Customers and sales");
    case "pickup":
      return t("Pickup and returns");
    case "inventory":
      return t("Inventory and accuracy");
    case "others":
      return t("Without a KPI");
    default:
      return id satisfies never;
  }
}
