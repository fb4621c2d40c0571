import { expect, test } from "vitest";
import type { Annotation } from "../../../domain/api/annotations.ts";
import { marksOf } from "./marks-of.ts";

const at = "2026-01-01T00:00:00.000Z";
const said = (text: string, from: string, to = from, locationId: string | null = null): Annotation => ({
  annotationId: `ann_${text}`,
  from,
  to,
  locationId,
  text,
  createdAt: at,
  createdBy: "key_1",
  changedAt: at,
  changedBy: "key_1",
});
const placed = (...args: Parameters<typeof marksOf>) =>
  marksOf(...args).map(({ sign, x, toX, annotation }) => `${sign} ${annotation.text} ${x} ${toX}`);

test("a day stands at its own day, a range at the first and the last day of the chart that it touches", () => {
  const days = ["2026-11-26", "2026-11-27", "2026-11-28"];
  expect(
    placed(
      [said("sale", "2026-11-27", "2026-12-03"), said("flood", "2026-11-26"), said("later", "2026-11-29")],
      days,
      "day",
      null,
    ),
  ).toEqual(["A flood 2026-11-26 2026-11-26", "B sale 2026-11-27 2026-11-28"]);
});

test("a day stands at the week and the month that hold it, the last of them too", () => {
  const flood = [said("flood", "2026-11-29")];
  expect(placed(flood, ["2026-11-16", "2026-11-23"], "week", null)).toEqual([
    "A flood 2026-11-23 2026-11-23",
  ]);
  expect(placed(flood, ["2026-10", "2026-11"], "month", null)).toEqual(["A flood 2026-11 2026-11"]);
  expect(placed([said("next", "2026-12-01")], ["2026-10-01", "2026-11-01"], "month", null)).toEqual([]);
  expect(placed(flood, ["2026-07-01", "2026-10-01"], "quarter", null)).toHaveLength(1);
});

test("a chart of one location shows its own and the company's, one of all locations shows all", () => {
  const all = [said("a", "2026-11-27", "2026-11-27", "S01"), said("b", "2026-11-27", "2026-11-27", "S02")];
  const company = said("c", "2026-11-27");
  expect(placed([...all, company], ["2026-11-27"], "day", ["S02"])).toHaveLength(2);
  expect(placed([...all, company], ["2026-11-27"], "day", null)).toHaveLength(3);
});
