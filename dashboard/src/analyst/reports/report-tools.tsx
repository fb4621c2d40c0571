import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { REPORT_FORMATS } from "../../../../domain/reports/report.ts";
import type { ReportData } from "../../reports/report-data.ts";
import { useSession } from "../../session/session-context.ts";
import { Button } from "../../ui/button.tsx";
import { copyText } from "../copy-text.ts";
import { mayAskSql } from "../may-ask-sql.ts";
import { parameterText } from "../sql/query-parameters.ts";
import { writeSqlLink } from "../sql/sql-link.ts";
import { exportAddress, type ReportAsked } from "./report-address.ts";

/** How many rows, and what may be done with them. */
export function ReportTools({ data, asked }: { data: ReportData; asked: ReportAsked }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { role } = useSession();
  const { report, n, sql, sqlParameters } = data;
  const openSql = async () => {
    const values = Object.fromEntries(
      Object.entries(sqlParameters).map(([name, value]) => [name, parameterText(value)]),
    );
    await navigate({
      pathname: "/analyst/sql",
      hash: await writeSqlLink({ sql, values, chart: asked.chart }),
    });
  };
  return (
    <div className="toolbar report-tools">
      <strong role="status">{t("{{count}} rows", { count: n })}</strong>
      <div className="report-exports" role="group" aria-label={t("Export all rows")}>
        <span className="muted">{t("Export")}</span>
        {REPORT_FORMATS.map((format) => (
          <a
            key={format}
            className="button quiet"
            href={exportAddress(report.name, asked, format)}
            download={`${report.name}.${format}`}
          >
            {FORMAT_NAMES[format]}
          </a>
        ))}
        <Button look="quiet" onClick={() => copyText(t, location.href)}>
          {t("Copy link")}
        </Button>
        {mayAskSql(role) ? (
          <Button look="quiet" onClick={() => void openSql()}>
            {t("Open its SQL")}
          </Button>
        ) : null}
      </div>
    </div>
  );
}

const FORMAT_NAMES = { json: "JSON", csv: "CSV", arrow: "Arrow", parquet: "Parquet" } as const;
