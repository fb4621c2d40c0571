import {
  REPORT_UNITS,
  type ReportColumn,
  type ReportHeader,
  type ReportParameter,
  type ReportUnit,
} from "./report.ts";
import { STANDARD_PARAMETERS } from "./standard-parameters.ts";

const FIELDS = ["Report", "Question", "Grain", "Parameters", "Freshness", "Cost", "Columns"] as const;
type Field = (typeof FIELDS)[number];

/**
 * The header comment of a report's SQL, such as
 *
 *     -- Report:     K6
 *     -- Question:   How many customers buy again?
 *     -- Grain:      one row
 *     -- Parameters: from, to = today, timeZone
 *     --             activeDays: integer 1..730 = 365 — how long a purchase keeps somebody a customer
 *     -- Freshness:  what was recorded
 *     -- Cost:       one pass over order lines
 *     -- Columns:    customers count — who bought
 *
 * Lines that go on stand under the text of their field. `Report` has the ids of KPIs, or a dash. A parameter or column begins a new
 * line; what does not look like one goes on with the one before. Throws with the place where it is not of this form.
 */
export function parseReportHeader(name: string, sql: string): ReportHeader {
  const wrong = (detail: string) => new Error(`The header of the report ${name}: ${detail}.`);
  const fields = readFields(sql);
  for (const field of FIELDS) if (fields.get(field) === undefined) throw wrong(`it has no ${field}`);
  const lines = (field: Field): readonly string[] => fields.get(field) ?? [];
  const text = (field: Field): string => lines(field).join(" ");

  const parameters: ReportParameter[] = [];
  for (const entry of entriesOf(lines("Parameters"), isParameter)) {
    const parsed = parseParameters(entry);
    if (parsed === null) throw wrong(`"${entry}" is no parameter`);
    parameters.push(...parsed);
  }
  const columns: ReportColumn[] = [];
  for (const entry of entriesOf(lines("Columns"), isColumn)) {
    const match = COLUMN.exec(entry);
    const unit = unitOf(match?.[2]);
    if (match === null || unit === null) throw wrong(`"${entry}" is no column`);
    columns.push({ name: match[1] ?? "", unit, meaning: match[3] ?? "" });
  }
  const kpis = text("Report") === "-" ? [] : text("Report").split(/,\s*/);
  if (!kpis.every((id) => /^[KPI]\d{1,2}$/.test(id))) throw wrong(`"${text("Report")}" are no ids of KPIs`);
  return {
    name,
    kpis,
    question: text("Question"),
    grain: text("Grain"),
    parameters,
    freshness: text("Freshness"),
    cost: text("Cost"),
    columns,
  };
}

const COLUMN = /^([a-z][a-z0-9_]*)\s+([a-z]+) — (.+)$/;
const OWN = /^([a-z][A-Za-z]*): (.+?) = (.*?) — (.+)$/;
const STANDARD = /^([a-z][A-Za-z]*)(?: = (\S+))?$/;

const isColumn = (line: string): boolean => COLUMN.test(line);
const isParameter = (line: string): boolean =>
  OWN.test(line) || line.split(/,\s*/).every((part) => standardOf(part) !== null);

function readFields(sql: string): Map<string, string[]> {
  const fields = new Map<string, string[]>();
  let current: string[] | null = null;
  for (const line of sql.split("\n")) {
    const begin = /^-- ([A-Z][a-z]+):\s*(.*)$/.exec(line);
    const more = /^-- {4,}(.+)$/.exec(line);
    if (begin !== null) {
      current = begin[2] === "" ? [] : [(begin[2] ?? "").trim()];
      fields.set(begin[1] ?? "", current);
    } else if (more !== null) current?.push((more[1] ?? "").trim());
    else break;
  }
  return fields;
}

function entriesOf(lines: readonly string[], isBegin: (line: string) => boolean): string[] {
  const entries: string[] = [];
  for (const line of lines) {
    if (line === "none") continue;
    const last = entries.length - 1;
    if (last < 0 || isBegin(line)) entries.push(line);
    else entries[last] = `${entries[last] ?? ""} ${line}`;
  }
  return entries;
}

function parseParameters(entry: string): ReportParameter[] | null {
  const own = OWN.exec(entry);
  if (own === null) {
    const found = entry.split(/,\s*/).map(standardOf);
    return found.every((one) => one !== null) ? found : null;
  }
  const [, name = "", type = "", byDefault = "", meaning = ""] = own;
  const range = /^(integer|number) (-?[\d.]+)\.\.(-?[\d.]+)$/.exec(type);
  const base = { name, default: byDefault, meaning, values: [], min: null, max: null };
  if (range !== null) {
    const isInteger = range[1] === "integer";
    return [
      { ...base, type: isInteger ? "integer" : "number", min: Number(range[2]), max: Number(range[3]) },
    ];
  }
  if (type.includes("|")) return [{ ...base, type: "choice", values: type.split("|") }];
  return type === "text" || type === "list" ? [{ ...base, type }] : null;
}

function standardOf(part: string): ReportParameter | null {
  const [, name = "", byDefault] = STANDARD.exec(part) ?? [];
  const known = STANDARD_PARAMETERS.find((parameter) => parameter.name === name);
  if (known === undefined) return null;
  return byDefault === undefined ? known : { ...known, default: byDefault };
}

function unitOf(word: string | undefined): ReportUnit | null {
  return REPORT_UNITS.find((unit) => unit === word) ?? null;
}
