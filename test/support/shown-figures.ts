import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { tableColumns } from "../../dashboard/src/charts/chart-table.ts";
import { formatFigure } from "../../dashboard/src/format/figure.ts";
import type { ReportAnswer } from "../../domain/reports/report.ts";
import type { Api } from "./api.ts";
import { readShown, type Shown, type ShownList, type Source } from "./figures/read-shown.ts";
import { REPORT_LISTS } from "./figures/report-lists.ts";
import { REPORT_SENTENCES, say } from "./figures/report-sentences.ts";
import { wrongCard } from "./figures/wrong-card.ts";

type Place = (id: string) => string;

/** Each English sentence is the key of its translations: one without a place for a figure is the same whatever the reports say. */
const FIXED = new Set(
  Object.keys(
    JSON.parse(readFileSync(new URL("../../dashboard/src/i18n/es.json", import.meta.url), "utf8")) as Record<
      string,
      string
    >,
  ).filter((key) => !key.includes("{{")),
);

/**
 * What is shown on the page at hand, in cards, charts (as tables), tables, lists and sentences, and is not in the answer of the
 * report that it says it is of, asked by the API with the same parameters; on pages of reports also figures that are of no report.
 * `checked`: how many figures were compared.
 */
export async function figuresOfNoReport(
  page: Page,
  ask: Api,
): Promise<{ checked: number; problems: string[] }> {
  const { shown, loose } = await readShown(page);
  if (shown.length === 0) return { checked: 0, problems: [] };
  const { items } = await ask<{ items: { locationId: string; name: string }[] }>("GET", "/v1/locations");
  const names = new Map(items.map(({ locationId, name }) => [locationId, name]));
  const place = (id: string) => names.get(id) ?? id;
  const asked = new Map<string, Promise<ReportAnswer>>();
  const answerOf = async (source: Source) => {
    const address = addressOf(source);
    const answer = asked.get(address) ?? ask<ReportAnswer>("GET", address);
    asked.set(address, answer);
    return answer;
  };

  const problems = loose
    .filter((text) => !FIXED.has(text))
    .map((text) => `"${text}" says of no report that it is of it`);
  let checked = 0;
  for (const each of shown) {
    const answers = await Promise.all(each.sources.map(answerOf));
    const [answer] = answers;
    if (answer === undefined) continue;
    const wrong = [
      ...(each.card === null ? [] : wrongCard(each.card, answer)),
      ...wrongLines(each, answer),
      ...each.lists.flatMap((list) => wrongList(list, answer, place)),
      ...each.texts.flatMap((text) => wrongText(text, answers, place)),
    ];
    checked +=
      (each.card === null ? 0 : 1) +
      each.lines.flat().length +
      each.lists.flatMap(({ lines }) => lines.flat()).length;
    const address = each.sources.map(addressOf).join(", ");
    problems.push(...wrong.map((problem) => `${each.title}: ${problem} is not in ${address}`));
  }
  return { checked, problems };
}

function addressOf({ report, parameters, compare }: Source): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(JSON.parse(parameters) as ReportAnswer["parameters"])) {
    const text = Array.isArray(value) ? value.join(",") : String(value);
    if (text !== "") search.set(name, text);
  }
  if (compare !== "") search.set("compare", compare);
  return `/v1/reports/${report}?${search.toString()}`;
}

/** Each line of a chart's table is one of the report's rows, cell by cell. */
function wrongLines({ names, lines }: Shown, { report, rows, currency }: ReportAnswer): string[] {
  const columns = names.map((label) =>
    tableColumns(report.columns, undefined).find((column) => column.label === label),
  );
  const written = rows.map((row) =>
    columns.map((column) => (column ? formatFigure(row[column.name], column.unit, currency) : "")),
  );
  return linesBeyond(lines, written);
}

function wrongList({ label, lines }: ShownList, answer: ReportAnswer, place: Place): string[] {
  const known = REPORT_LISTS[label];
  if (known === undefined) return [`what "${label}" shows (nobody has said which cells)`];
  const expected = known.lines(answer, place);
  const beyond = linesBeyond(lines, expected);
  return known.isPart === true || beyond.length > 0 || lines.length === expected.length
    ? beyond
    : [`"${label}" with ${lines.length} lines instead of ${expected.length}`];
}

/** Those of `lines` that are not in `written`, where each stands for one. */
function linesBeyond(lines: string[][], written: string[][]): string[] {
  const left = written.map((line) => plain(JSON.stringify(line)));
  return lines
    .map((line) => plain(JSON.stringify(line)))
    .filter((line) => {
      const index = left.indexOf(line);
      if (index !== -1) left.splice(index, 1);
      return index === -1;
    });
}

/** What is left of a text without the sentences that the reports' answers make, if there is a figure in it. */
function wrongText(text: string, answers: readonly ReportAnswer[], place: Place): string[] {
  const cells = answers.flatMap(({ rows }) => rows.flatMap((row) => Object.values(row)));
  if (FIXED.has(text) || cells.includes(text)) return [];
  const said = answers.flatMap((answer) =>
    REPORT_SENTENCES.filter(
      ({ report, by }) =>
        report === answer.report.name && (by === "location") === (answer.parameters["by"] === "location"),
    ).map((sentence) => say(sentence, answer, place)),
  );
  const rest = said.reduce((left, sentence) => left.replace(sentence, ""), text);
  return /\d/.test(rest) ? [`"${rest.trim()}"`] : [];
}

/** Formats put narrow and unbreakable spaces between figures and their units. */
const plain = (text: string) => text.replaceAll(/\s+/g, " ").trim();
