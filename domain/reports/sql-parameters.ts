import type { ReportWindow } from "./report.ts";
import type { ResolvedParameters } from "./report-parameters.ts";

/**
 * What the SQL of a report is run with, by the names that it uses (`{time_zone:String}`): the parameters in snake case, the window as
 * instants `from` and `to`, and `as_of`, now: what is not over by then is not complete.
 */
export function sqlParametersOf(
  sql: string,
  { parameters, timeZone, currency }: ResolvedParameters,
  window: ReportWindow | null,
  nowMs: number,
): Record<string, unknown> {
  const all: Record<string, unknown> = {
    time_zone: timeZone,
    currency,
    as_of: instantText(new Date(nowMs).toISOString()),
  };
  for (const [name, value] of Object.entries(parameters)) {
    all[name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)] = value;
  }
  if (window !== null) {
    all["from"] = instantText(window.fromInstant);
    all["to"] = instantText(window.toInstant);
  }
  all["time_zone"] = timeZone;
  return Object.fromEntries(Object.entries(all).filter(([name]) => sql.includes(`{${name}:`)));
}

/** As ClickHouse reads a DateTime64(3, 'UTC') parameter. */
function instantText(instant: string): string {
  return instant.slice(0, 23).replace("T", " ");
}
