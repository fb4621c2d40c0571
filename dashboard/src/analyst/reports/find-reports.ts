import type { ReportHeader } from "../../../../domain/reports/report.ts";

const GROUPS = [
  { id: "customers", letter: "K" },
  { id: "pickup", letter: "P" },
  { id: "inventory", letter: "I" },
] as const;
type ReportGroup = { id: (typeof GROUPS)[number]["id"] | "others"; reports: ReportHeader[] };

/** The reports in which every word of the search stands: in the question, name, grain, a column; a KPI as a whole. */
export function findReports(reports: readonly ReportHeader[], search: string): ReportHeader[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return reports.filter((report) => {
    const text = [
      report.name,
      report.question,
      report.grain,
      ...report.columns.map(({ name, meaning }) => `${name} ${meaning}`),
    ]
      .join("\n")
      .toLowerCase();
    const kpis = new Set(report.kpis.map((kpi) => kpi.toLowerCase()));
    return words.every((word) => (/^[kpi]\d+$/.test(word) ? kpis.has(word) : text.includes(word)));
  });
}

/** By what their first KPI is about, in its order. Groups without reports are left out. */
export function groupReports(reports: readonly ReportHeader[]): ReportGroup[] {
  const first = ({ kpis }: ReportHeader) => kpis[0] ?? "";
  const number = (report: ReportHeader) => Number(first(report).slice(1));
  const groups: ReportGroup[] = GROUPS.map(({ id, letter }) => ({
    id,
    reports: reports
      .filter((report) => first(report).startsWith(letter))
      .toSorted((a, b) => number(a) - number(b) || a.name.localeCompare(b.name)),
  }));
  groups.push({ id: "others", reports: reports.filter((report) => first(report) === "") });
  return groups.filter((group) => group.reports.length > 0);
}
