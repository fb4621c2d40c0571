import { readFileSync, writeFileSync } from "node:fs";
import { DOCS_BEGIN, reportDocs } from "../../server/reports/report-docs.ts";
import { loadReports } from "../../sql/load-reports.ts";

// Run by `npm run report-docs` after a report changed; a test fails while the page is not up to date.
const page = new URL("../../docs/reports.md", import.meta.url);
const [written = ""] = readFileSync(page, "utf8").split(DOCS_BEGIN);
writeFileSync(page, written + reportDocs([...loadReports().values()].map(({ header }) => header)));
