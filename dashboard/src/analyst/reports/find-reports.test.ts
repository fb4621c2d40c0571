import { expect, test } from "vitest";
import type { ReportHeader } from "../../../../domain/reports/report.ts";
import { findReports, groupReports } from "./find-reports.ts";

const report = (name: string, kpis: string[], question: string): ReportHeader => ({
  name,
  kpis,
  question,
  grain: "one row",
  parameters: [],
  freshness: "",
  cost: "",
  columns: [{ name: "sales", unit: "money", meaning: "after discounts" }],
});
const ALL = [
  report("pickup-rate", ["P1"], "How many are picked up?"),
  report("no-kpi", [], "What else?"),
  report("value-10", ["K10"], "How satisfied?"),
  report("value-2", ["K2", "P10"], "What will they bring?"),
];
const names = (search: string) => findReports(ALL, search).map(({ name }) => name);

test("a report is found by words of its question, name and columns, and by a KPI as a whole", () => {
  expect(names("")).toHaveLength(4);
  expect(names("PICKED up")).toEqual(["pickup-rate"]);
  expect(names("discounts")).toHaveLength(4);
  expect(names("p1")).toEqual(["pickup-rate"]);
  expect(names("P10")).toEqual(["value-2"]);
  expect(names("nothing-like-it")).toEqual([]);
});

test("reports stand by what their first KPI is about, in its order", () => {
  expect(groupReports(ALL).map(({ id, reports }) => [id, reports.map(({ name }) => name)])).toEqual([
    ["customers", ["value-2", "value-10"]],
    ["pickup", ["pickup-rate"]],
    ["others", ["no-kpi"]],
  ]);
});
