import type { ReportFormat } from "../../domain/reports/report.ts";
import type { PreparedReport, ReportRunner } from "./report-runner.ts";
import { csvText, jsonText } from "./report-text.ts";

/** A report's answer as bytes, made as they are read. */
export function reportContent(
  runner: ReportRunner,
  prepared: PreparedReport,
  format: ReportFormat,
): AsyncIterable<Uint8Array> {
  switch (format) {
    case "json":
      return jsonText(runner, prepared);
    case "csv":
      return csvText(prepared.header, runner.file(prepared.query, "CSV"));
    case "arrow":
      return runner.file(prepared.query, "ArrowStream");
    case "parquet":
      return runner.file(prepared.query, "Parquet");
    default:
      return format satisfies never;
  }
}
