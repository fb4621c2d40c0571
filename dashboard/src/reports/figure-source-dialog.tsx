import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { formatDay } from "../format/day.ts";
import { formatInstant, formatWhole } from "../format/number.ts";
import { Dialog } from "../ui/dialog.tsx";
import { Fact, Facts } from "../ui/facts.tsx";
import "./figure-source.css";
import type { ReportData } from "./report-data.ts";

export type FigureSourceProps = {
  title: string;
  data: ReportData;
  /** How the figure is made of the report's columns, where it is not one of them. */
  formula?: string | undefined;
  onClose: () => void;
};

/** Where a figure comes from: what it means, of which days, of how many, how new, and the SQL that made it. */
export function FigureSourceDialog({ title, data, formula, onClose }: FigureSourceProps) {
  const { t } = useTranslation();
  const { report } = data;
  return (
    <Dialog title={title} isDrawer onClose={onClose}>
      <div className="figure-source">
        <p className="figure-question">{report.question}</p>
        <Facts>
          {report.kpis.length === 0 ? null : <Fact label={t("KPI")}>{report.kpis.join(", ")}</Fact>}
          {formula === undefined ? null : <Fact label={t("Formula")}>{formula}</Fact>}
          <Fact label={t("Window")}>{windowWords(t, data)}</Fact>
          {data.previous === undefined ? null : (
            <Fact label={t("Compared with")}>
              {windowWords(t, { window: data.previous.window, timeZone: data.previous.window.timeZone })}
            </Fact>
          )}
          <Fact label={t("Rows (n)")}>{formatWhole(data.n)}</Fact>
          {data.currency === null || data.currency === "" ? null : (
            <Fact label={t("Currency")}>{data.currency}</Fact>
          )}
          {Object.entries(data.parameters)
            .filter(([name, value]) => !SHOWN_APART.has(name) && String(value) !== "")
            .map(([name, value]) => (
              <Fact key={name} label={name}>
                {Array.isArray(value) ? value.join(", ") : value}
              </Fact>
            ))}
          <Fact label={t("Data until")}>
            {data.dataThrough === null
              ? t("Nothing is recorded yet")
              : formatInstant(Date.parse(data.dataThrough))}
          </Fact>
          <Fact label={t("Calculated")}>{formatInstant(Date.parse(data.generatedAt))}</Fact>
          <Fact label={t("Freshness")}>{report.freshness}</Fact>
        </Facts>
        <h3>{t("Columns")}</h3>
        <dl className="figure-columns">
          {report.columns.map((column) => (
            <div key={column.name}>
              <dt>
                <code>{column.name}</code>
              </dt>
              <dd>{column.meaning}</dd>
            </div>
          ))}
        </dl>
        <h3>{t("SQL")}</h3>
        <pre className="figure-sql" tabIndex={0} aria-label={t("SQL")}>
          {data.sql}
        </pre>
        <Link to={analystAddress(data)} onClick={onClose}>
          {t("Open in the analyst page")}
        </Link>
      </div>
    </Dialog>
  );
}

const SHOWN_APART = new Set(["from", "to", "timeZone", "currency"]);

function windowWords(t: TFunction, { window, timeZone }: Pick<ReportData, "window" | "timeZone">): string {
  if (window === null) return t("Now: this report has no window");
  const to = formatDay(window.to);
  const zone = timeZone ?? "UTC";
  return window.from === null
    ? t("Until before {{to}} ({{zone}})", { to, zone })
    : t("{{from}} until before {{to}} ({{zone}})", { from: formatDay(window.from), to, zone });
}

/** The analyst page with the report opened, asked as here. */
function analystAddress({ report, parameters }: ReportData): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    const text = Array.isArray(value) ? value.join(",") : String(value);
    if (text !== "") search.set(name, text);
  }
  return `/analyst/reports/${report.name}?${search.toString()}`;
}
