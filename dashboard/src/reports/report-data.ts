import type {
  Comparison,
  ReportAnswer,
  ReportHeader,
  ReportRow,
  ReportWindow,
} from "../../../domain/reports/report.ts";

/** A report's answer as pages use it; `previous`: the same of the window that it is compared with. */
export type ReportData<Row extends ReportRow = ReportRow> = {
  report: ReportHeader;
  rows: readonly Row[];
  parameters: ReportAnswer["parameters"];
  window: ReportWindow | null;
  timeZone: string | null;
  currency: string | null;
  n: number;
  generatedAt: string;
  dataThrough: string | null;
  sql: string;
  sqlParameters: ReportAnswer["sqlParameters"];
  previous?: { kind: Comparison; rows: readonly Row[]; window: ReportWindow; n: number };
};

/** `Row` names the columns that a page reads; which there are is checked where the report is run, not here. */
export function parseReportData<Row extends ReportRow>(answer: ReportAnswer): ReportData<Row> {
  const { comparison, ...rest } = answer;
  return {
    ...rest,
    rows: answer.rows as Row[],
    timeZone: answer.window?.timeZone ?? textOf(answer.parameters["timeZone"]),
    ...(comparison === null
      ? {}
      : {
          previous: {
            kind: comparison.kind,
            rows: comparison.rows as Row[],
            window: comparison.window,
            n: comparison.n,
          },
        }),
  };
}

function textOf(value: string | string[] | number | undefined): string | null {
  return typeof value === "string" ? value : null;
}
