import { expect, it } from "vitest";
import { DOCS_BEGIN, reportDocs } from "../../server/reports/report-docs.ts";
import { loadReports } from "../../sql/load-reports.ts";
import { readProjectFile } from "./source-text.ts";

it("docs/reports.md has every report as its SQL describes it: else `npm run report-docs`", () => {
  const document = readProjectFile("docs/reports.md");
  const made = document.slice(document.indexOf(DOCS_BEGIN));
  expect(made).toBe(reportDocs([...loadReports().values()].map(({ header }) => header)));
});
