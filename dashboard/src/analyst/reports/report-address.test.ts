import { expect, test } from "vitest";
import type { ReportHeader, ReportParameter } from "../../../../domain/reports/report.ts";
import { exportAddress, isPossible, readReportAddress, writeReportAddress } from "./report-address.ts";

const parameter = (name: string, type: ReportParameter["type"] = "text"): ReportParameter => ({
  name,
  type,
  values: [],
  min: 1,
  max: 60,
  default: "",
  meaning: "",
});
const report: ReportHeader = {
  name: "sales",
  kpis: [],
  question: "",
  grain: "",
  parameters: [parameter("from", "date"), parameter("channel", "list")],
  freshness: "",
  cost: "",
  columns: [],
};

test("an address says how a report is asked, and what it is asked stands in its address", () => {
  const asked = {
    parameters: { from: "2026-01-01", channel: "web,app" },
    compare: "previous" as const,
    chart: { kind: "line" as const, x: "period", ys: ["sales", "returns"] },
  };
  expect(readReportAddress(writeReportAddress(asked), report)).toEqual(asked);
  const plain = { parameters: {}, compare: undefined, chart: null };
  expect(writeReportAddress(plain).toString()).toBe("");
  expect(readReportAddress(new URLSearchParams(), report)).toEqual(plain);
});

test("what the report does not take, and what no comparison or chart is called, is left out", () => {
  const search = new URLSearchParams(
    "from=2026-01-01&colour=red&compare=tomorrow&chart.kind=pie&chart.x=a&channel=",
  );
  expect(readReportAddress(search, report)).toEqual({
    parameters: { from: "2026-01-01" },
    compare: undefined,
    chart: null,
  });
});

test("a file is asked for with the same parameters", () => {
  const asked = { parameters: { channel: "web,app" }, compare: undefined, chart: null };
  expect(exportAddress("sales", asked, "parquet")).toBe("/v1/reports/sales?channel=web%2Capp&format=parquet");
});

test("numbers lie within their bounds, months are months, and nothing typed is the default", () => {
  expect(isPossible(parameter("within", "integer"), "61")).toBe(false);
  expect(isPossible(parameter("within", "integer"), "abc")).toBe(false);
  expect(isPossible(parameter("within", "integer"), "60")).toBe(true);
  expect(isPossible(parameter("cohort", "month"), "2026-13")).toBe(false);
  expect(isPossible(parameter("cohort", "month"), "")).toBe(true);
});
