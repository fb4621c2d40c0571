import { readdirSync, readFileSync } from "node:fs";
import { parseReportHeader } from "../domain/reports/parse-report-header.ts";
import type { ReportHeader } from "../domain/reports/report.ts";

export type Report = { header: ReportHeader; sql: string };

const folder = new URL("reports/", import.meta.url);
let loaded: ReadonlyMap<string, Report> | null = null;

/** The reports: every file of `sql/reports`, by name, each as its header describes it. Read once. */
export function loadReports(): ReadonlyMap<string, Report> {
  loaded ??= new Map(
    readdirSync(folder)
      .filter((file) => file.endsWith(".sql"))
      .sort()
      .map((file) => {
        const name = file.slice(0, -".sql".length);
        const sql = readFileSync(new URL(file, folder), "utf8").trim();
        return [name, { header: parseReportHeader(name, sql), sql }];
      }),
  );
  return loaded;
}
