import type { ReportRow } from "../../domain/reports/report.ts";
import { createReportRunner } from "../../server/reports/report-runner.ts";
import type { Database } from "../../sql/database.ts";

/** Runs a report as the server does; throws when it is refused. */
export async function runReport(
  db: Database,
  name: string,
  asked: Record<string, string | string[]> = {},
  nowMs = Date.now(),
): Promise<ReportRow[]> {
  const runner = createReportRunner({ db, nowMs: () => nowMs });
  const prepared = await runner.prepare(name, asked, null);
  if (!prepared.ok) throw new Error(`${prepared.code}: ${prepared.detail}`);
  const rows: ReportRow[] = [];
  for await (const chunk of runner.rows(prepared.value.query)) rows.push(...chunk);
  return rows;
}
