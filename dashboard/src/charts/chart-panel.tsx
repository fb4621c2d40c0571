import { type ReactNode, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { AnnotationDialog } from "../annotations/annotation-dialog.tsx";
import { ChartMarks, type ChartTime } from "../annotations/chart-time.ts";
import { ChartNotes } from "../annotations/chart-notes.tsx";
import { useMayAnnotate } from "../annotations/use-annotations.ts";
import { useChartNotes } from "../annotations/use-chart-notes.ts";
import { formatFigure } from "../format/figure.ts";
import { IconButton } from "../ui/button.tsx";
import { DataTable } from "../ui/data-table.tsx";
import { showToast } from "../ui/toasts.tsx";
import "./chart-panel.css";
import { type ChartTable, toCsv } from "./chart-table.ts";
import { savePicture, saveText } from "./save-chart.ts";

type ChartPanelProps = {
  title: string;
  /** What is shown, as a table; null until there is something. */
  table: ChartTable | null;
  /** What stands in place of the chart: loading, nothing there, a fault. */
  instead?: ReactNode;
  /** Beside the title, such as that it is not the newest. */
  mark?: ReactNode;
  /** Further buttons, such as where the figures come from. */
  tools?: ReactNode;
  note?: ReactNode;
  /** Of a chart over time: what happened then is shown in it, and can be written down. */
  time?: ChartTime | undefined;
  /** Attributes that say what the figures are of: `sourceMark`. */
  source?: Readonly<Record<`data-${string}`, string>>;
  children: ReactNode;
};

/** The frame of a chart: title, the same as a table, as CSV and as a picture. For figures of reports see `ChartFrame`. */
export function ChartPanel(props: ChartPanelProps) {
  const { title, instead, mark, tools, note, time, source, children } = props;
  const { t } = useTranslation();
  const frame = useRef<HTMLElement>(null);
  const [isTable, setTable] = useState(false);
  const [isNoting, setNoting] = useState(false);
  const mayAnnotate = useMayAnnotate();
  const { placed, marks, table, error } = useChartNotes(time, props.table);
  const fileName = title.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, "-");
  const takePicture = () => {
    if (frame.current === null) return;
    savePicture(frame.current, `${fileName}.png`).catch((error: unknown) =>
      showToast("bad", t("The picture was not made"), error instanceof Error ? error.message : String(error)),
    );
  };
  return (
    <section className="chart-panel" aria-label={title} ref={frame} {...source}>
      <header>
        <h3>{title}</h3>
        {mark}
        {table === null ? null : (
          <div className="chart-tools" data-not-in-picture="">
            <IconButton
              icon={isTable ? "chart" : "table"}
              label={isTable ? t("As a chart: {{title}}", { title }) : t("As a table: {{title}}", { title })}
              aria-pressed={isTable}
              onClick={() => setTable(!isTable)}
            />
            <IconButton
              icon="download"
              label={t("Save as CSV: {{title}}", { title })}
              onClick={() => saveText(toCsv(table), `${fileName}.csv`, "text/csv;charset=utf-8")}
            />
            <IconButton
              icon="image"
              label={t("Save as picture: {{title}}", { title })}
              onClick={takePicture}
            />
            {time !== undefined && mayAnnotate ? (
              <IconButton
                icon="flag"
                label={t("Write down what happened: {{title}}", { title })}
                onClick={() => setNoting(true)}
              />
            ) : null}
            {tools}
          </div>
        )}
      </header>
      <div className="chart-body">
        <ChartMarks value={marks}>
          {instead ?? (isTable && table !== null ? <PlainTable title={title} table={table} /> : children)}
        </ChartMarks>
      </div>
      {placed.length === 0 ? null : <ChartNotes placed={placed} />}
      {error === null ? null : (
        <p className="chart-note">
          {t("What happened then can't be shown: {{reason}}", { reason: error.message })}
        </p>
      )}
      {isNoting ? (
        <AnnotationDialog annotation={null} start={startOf(time, table)} onClose={() => setNoting(false)} />
      ) : null}
      {note === undefined ? null : <p className="chart-note">{note}</p>}
    </section>
  );
}

/** A note begins at the last day of its chart, and belongs to the chart's location where that is of one. */
function startOf(time: ChartTime | undefined, table: ChartTable | null) {
  const last = time === undefined ? "" : String(table?.rows.at(-1)?.[time.x] ?? "");
  return {
    day: /^\d{4}-\d{2}-\d{2}$/.test(last) ? last : new Date().toISOString().slice(0, 10),
    locationId: time?.locationIds?.length === 1 ? (time.locationIds[0] ?? null) : null,
  };
}

const MOST_LINES = 500;

function PlainTable({ title, table: { columns, rows, currency } }: { title: string; table: ChartTable }) {
  const { t } = useTranslation();
  const lines = rows.slice(0, MOST_LINES).map((row, index) => ({ row, key: String(index) }));
  return (
    <div className="chart-table" tabIndex={0} role="group" aria-label={t("Table: {{title}}", { title })}>
      <DataTable
        label={title}
        columns={columns.map(({ name, label, unit }) => ({
          label,
          ...(unit === "text" || unit === "date" || unit === "instant" ? {} : { look: "number" as const }),
          cell: ({ row }: (typeof lines)[number]) => formatFigure(row[name], unit, currency),
        }))}
        rows={lines}
        keyOf={({ key }) => key}
      />
      {rows.length > MOST_LINES ? (
        <p className="chart-note">{t("The first {{count}} rows; the CSV has all.", { count: MOST_LINES })}</p>
      ) : null}
    </div>
  );
}
