import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ReportRow, ReportUnit } from "../../../domain/reports/report.ts";
import { formatFigure } from "../format/figure.ts";
import { formatWhole } from "../format/number.ts";
import { IconButton } from "../ui/button.tsx";
import { Sparkline } from "../ui/sparkline.tsx";
import { type CellPick, cellOf, columnOf } from "./cell-of.ts";
import { FigureSource } from "./figure-source.tsx";
import { KpiChange } from "./kpi-change.tsx";
import "./kpi-card.css";
import { ReportTrouble, StaleMark } from "./report-trouble.tsx";
import type { ReportData } from "./report-data.ts";
import { sourceMark } from "./source-mark.ts";
import type { ReportQuery } from "./use-report.ts";

export type FigureFormat = "money" | "percent" | "number" | "duration";

/** Durations are written by their column, which may be in seconds, minutes, hours or days. */
const UNITS: Record<Exclude<FigureFormat, "duration">, ReportUnit> = {
  money: "money",
  percent: "share",
  number: "count",
};

type KpiCardProps<Row extends ReportRow> = {
  title: string;
  /** Its id, such as K1; empty for a figure that has none. */
  kpi?: string;
  report: ReportQuery<Row>;
  /** Which cell of the report it is; a dash where that is not known, or not over yet. */
  value: CellPick;
  format: FigureFormat;
  /** Of how many it is, such as orders or customers. */
  n?: CellPick;
  /** The ends of the interval that the figure lies in, with the probability that the report's columns state. */
  interval?: readonly [CellPick, CellPick];
  /** The cell to compare with; without it, `value` of the window that the report was compared with. */
  previous?: CellPick;
  /** Whether more is better; without it a change has no colour. */
  goodWhen?: "higher" | "lower";
  /** Its course, oldest first; what is not known is left out. */
  trend?: readonly (number | null)[];
  /** How it is made of the report's columns, for its source. */
  formula?: string;
  note?: ReactNode;
};

/** One figure of a report, with what it is compared with; its button opens where it comes from. */
export function KpiCard<Row extends ReportRow>(props: KpiCardProps<Row>) {
  const { title, kpi = "", report, note, formula } = props;
  const { t } = useTranslation();
  const [isSourceShown, setSourceShown] = useState(false);
  const { data, error } = report;
  return (
    <section
      className="kpi-card"
      aria-label={title}
      aria-busy={report.isFetching}
      {...sourceMark(data)}
      {...cellMark(props)}
    >
      <header>
        <h3>{title}</h3>
        {data === undefined ? null : (
          <IconButton
            icon="info"
            label={t("Where this figure comes from: {{title}}", { title })}
            onClick={() => setSourceShown(true)}
          />
        )}
      </header>
      {data === undefined ? (
        error === null ? (
          <KpiSkeleton />
        ) : (
          <ReportTrouble error={error} onRetry={() => void report.refetch()} />
        )
      ) : (
        <KpiBody {...props} data={data} />
      )}
      <StaleMark error={data === undefined ? null : error} />
      {note === undefined ? null : <p className="kpi-note">{note}</p>}
      {isSourceShown && data !== undefined ? (
        <FigureSource
          title={kpi === "" ? title : `${kpi} · ${title}`}
          data={data}
          formula={formula}
          onClose={() => setSourceShown(false)}
        />
      ) : null}
    </section>
  );
}

/** As high as a figure with its facts: nothing moves when they come. */
function KpiSkeleton() {
  const { t } = useTranslation();
  return (
    <>
      <span className="kpi-skeleton" role="status" aria-label={t("Loading")} />
      <span className="kpi-facts" aria-hidden="true" />
    </>
  );
}

function KpiBody<Row extends ReportRow>(props: KpiCardProps<Row> & { data: ReportData<Row> }) {
  const { title, data, format, value, trend, goodWhen } = props;
  const { t } = useTranslation();
  const unit = format === "duration" ? unitOf(data, value) : UNITS[format];
  const write = (figure: number) => formatFigure(figure, unit, data.currency);
  const now = cellOf(value)(data.rows);
  const before = beforeOf(props);
  const [low, high] = (props.interval ?? []).map((pick) => cellOf(pick)(data.rows));
  const n = props.n === undefined ? null : cellOf(props.n)(data.rows);
  const course = (trend ?? []).filter((each) => each !== null);
  return (
    <>
      <div className="kpi-line">
        <strong className="kpi-value numeric">{now === null ? "–" : write(now)}</strong>
        {course.length < 2 ? null : (
          <Sparkline values={course} slots={course.length} label={t("Course of {{title}}", { title })} />
        )}
      </div>
      <div className="kpi-facts numeric">
        {now === null ? <span>{t("Nothing to count yet")}</span> : null}
        {before === undefined || now === null ? null : (
          <KpiChange now={now} before={before} format={format} write={write} goodWhen={goodWhen} />
        )}
        {isKnown(low) && isKnown(high) ? (
          <span className="kpi-interval">
            {t("{{low}} to {{high}}", { low: write(low), high: write(high) })}
          </span>
        ) : null}
        {n === null ? null : <span className="kpi-n">{t("n = {{n}}", { n: formatWhole(n) })}</span>}
      </div>
    </>
  );
}

/** What a figure is compared with; undefined: nothing, null: something that is not known. */
function beforeOf<Row extends ReportRow>(
  props: KpiCardProps<Row> & { data: ReportData<Row> },
): number | null | undefined {
  const { data, previous, value } = props;
  if (previous !== undefined) return cellOf(previous)(data.rows);
  return data.previous === undefined ? undefined : cellOf(value)(data.previous.rows);
}

const isKnown = (value: number | null | undefined): value is number => value !== null && value !== undefined;

function unitOf(data: ReportData, pick: CellPick): ReportUnit {
  return data.report.columns.find(({ name }) => name === columnOf(pick))?.unit ?? "seconds";
}

/** Says which cells of its report a card shows, for the test that asks for the same and compares. */
function cellMark<Row extends ReportRow>({ value, previous, n, interval }: KpiCardProps<Row>) {
  return { "data-cells": JSON.stringify({ value, previous, n, interval }) };
}

/** Cards side by side, as many as the page is wide for. */
export function KpiGrid({ children, label }: { children: ReactNode; label: string }) {
  return (
    <section className="kpi-grid" aria-label={label}>
      {children}
    </section>
  );
}
