import type { ReportData } from "./report-data.ts";

/**
 * Attributes that say which report, asked how, the figures below an element are of: a test asks for the same and compares.
 */
export function sourceMark(data: ReportData | undefined): Record<`data-${string}`, string> {
  if (data === undefined) return {};
  return {
    "data-report": data.report.name,
    "data-parameters": JSON.stringify(data.parameters),
    ...(data.previous === undefined ? {} : { "data-compare": data.previous.kind }),
  };
}
