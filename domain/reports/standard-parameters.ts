import type { ReportParameter } from "./report.ts";

const parameter = (
  name: string,
  type: ReportParameter["type"],
  byDefault: string,
  meaning: string,
): ReportParameter => ({ name, type, values: [], min: null, max: null, default: byDefault, meaning });

/** What most reports take. A header names them alone; one with another default says `name = default`. */
export const STANDARD_PARAMETERS: readonly ReportParameter[] = [
  parameter(
    "from",
    "date",
    "beginning",
    "first day of the window, in the time zone; `beginning` of all there is",
  ),
  parameter("to", "date", "tomorrow", "first day after the window: it is not in it"),
  parameter(
    "timeZone",
    "text",
    "",
    "of days and months, such as Europe/Berlin; without it the one that all locations share, else UTC",
  ),
  parameter(
    "currency",
    "text",
    "",
    "only amounts in it are counted, none is converted; without it the only one there is",
  ),
  parameter("location", "list", "", "only these locations; without it all"),
  parameter("channel", "list", "", "only orders that were placed in these channels; without it all"),
  parameter("category", "list", "", "only products of these categories; without it all"),
  parameter(
    "cohort",
    "month",
    "",
    "only customers whose first purchase of all time was in this month; without it all",
  ),
  {
    ...parameter("kind", "choice", "all", "`merchandise` leaves out postage, fees and vouchers"),
    values: ["all", "merchandise"],
  },
  {
    ...parameter("free", "choice", "leave_out", "what was given for nothing: is it a purchase?"),
    values: ["leave_out", "count"],
  },
];
