import type { Page } from "playwright-core";
import { tableColumns } from "../../dashboard/src/charts/chart-table.ts";
import { formatFigure } from "../../dashboard/src/format/figure.ts";
import type { ReportAnswer } from "../../domain/reports/report.ts";
import type { Api } from "./api.ts";

/** What stands on a page below one mark of a source: the figure of a card, or the lines of a chart as a table. */
type Shown = {
  title: string;
  report: string;
  parameters: string;
  figure: string | null;
  names: string[];
  lines: string[][];
};

/**
 * What is shown on the page at hand, in cards and in charts (as tables), and is not in the answer of the report that it says it is
 * of, asked by the API with the same parameters. `checked`: how many figures were compared.
 */
export async function figuresOfNoReport(
  page: Page,
  ask: Api,
): Promise<{ checked: number; problems: string[] }> {
  const problems: string[] = [];
  let checked = 0;
  const answers = new Map<string, Promise<ReportAnswer>>();
  for (const shown of await readFigures(page)) {
    const address = addressOf(shown);
    const answer = await (answers.get(address) ?? ask<ReportAnswer>("GET", address));
    answers.set(address, Promise.resolve(answer));
    const found = shown.figure === null ? wrongLines(shown, answer) : wrongFigure(shown.figure, answer);
    checked += shown.figure === null ? shown.lines.length * shown.names.length : 1;
    problems.push(...found.map((problem) => `${shown.title}: ${problem} is not in ${address}`));
  }
  return { checked, problems };
}

function addressOf({ report, parameters }: Shown): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(JSON.parse(parameters) as ReportAnswer["parameters"])) {
    const text = Array.isArray(value) ? value.join(",") : String(value);
    if (text !== "") search.set(name, text);
  }
  return `/v1/reports/${report}?${search.toString()}`;
}

/** A card's figure is one of the report's cells, written by its unit, as a plain number or, of a ratio, as a share. */
function wrongFigure(figure: string, { report, rows, currency }: ReportAnswer): string[] {
  if (figure === "–") return [];
  const isThere = rows.some((row) =>
    report.columns.some(
      ({ name, unit }) =>
        formatFigure(row[name], unit, currency) === figure ||
        formatFigure(row[name], unit === "ratio" ? "share" : "count", currency) === figure,
    ),
  );
  return isThere ? [] : [figure];
}

/** Each line of a table is one of the report's rows, cell by cell. */
function wrongLines({ names, lines }: Shown, { report, rows, currency }: ReportAnswer): string[] {
  const columns = names.map((label) =>
    tableColumns(report.columns, undefined).find((column) => column.label === label),
  );
  const written = new Set(
    rows.map((row) =>
      JSON.stringify(
        columns.map((column) => (column ? formatFigure(row[column.name], column.unit, currency) : "")),
      ),
    ),
  );
  return lines.map((line) => JSON.stringify(line)).filter((line) => !written.has(line));
}

/** Charts are shown as tables while they are read, and as charts again after it. */
async function readFigures(page: Page): Promise<Shown[]> {
  return page.evaluate(async () => {
    const drawn = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    const texts = (within: Element, selector: string) =>
      [...within.querySelectorAll(selector)].map((cell) => cell.textContent ?? "");
    const press = (charts: Element[]) => {
      for (const chart of charts) chart.querySelector<HTMLElement>("button[aria-pressed]")?.click();
    };
    const marked = [...document.querySelectorAll<HTMLElement>("main [data-report]")];
    const charts = marked.filter((element) => element.matches(".chart-panel"));
    press(charts);
    await drawn();
    await drawn();
    const found = marked.map((element) => ({
      title: element.getAttribute("aria-label") ?? "",
      report: element.dataset["report"] ?? "",
      parameters: element.dataset["parameters"] ?? "{}",
      figure: element.querySelector(".kpi-value")?.textContent ?? null,
      names: texts(element, ".chart-table thead th"),
      lines: [...element.querySelectorAll(".chart-table tbody tr")].map((line) => texts(line, "td")),
    }));
    press(charts);
    await drawn();
    await drawn();
    return found;
  });
}
