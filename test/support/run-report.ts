import type { ReportRow } from "../../domain/reports/report.ts";
import { createReportRunner } from "../../server/reports/report-runner.ts";
import type { Database } from "../../sql/database.ts";

type Asked = Record<string, string | string[]>;

/** Runs reports as the server does; throws what is refused. `nowMs`: when it is asked. */
export function createReportCaller(db: Database) {
  const clock = { nowMs: Date.now() };
  const runner = createReportRunner({ db, nowMs: () => clock.nowMs, maxAgeMs: 0 });
  return async (name: string, asked: Asked = {}, nowMs = Date.now()): Promise<ReportRow[]> => {
    clock.nowMs = nowMs;
    const prepared = await runner.prepare(name, asked, null);
    if (!prepared.ok) throw new Error(`${prepared.code}: ${prepared.detail}`);
    const rows: ReportRow[] = [];
    for await (const chunk of runner.rows(prepared.value.query)) rows.push(...chunk);
    return rows;
  };
}

/** One report of a database that nothing is added to meanwhile. */
export function runReport(db: Database, name: string, asked: Asked = {}): Promise<ReportRow[]> {
  return createReportCaller(db)(name, asked);
}
