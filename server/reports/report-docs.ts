import type { ReportHeader, ReportParameter } from "../../domain/reports/report.ts";
import { STANDARD_PARAMETERS } from "../../domain/reports/standard-parameters.ts";

/** What stands between these lines of docs/reports.md is made of the headers in sql/reports. */
export const DOCS_BEGIN = "<!-- made by `npm run report-docs`; a test says when it is stale -->";

/** The reports as Markdown, and what most of them take. */
export function reportDocs(reports: readonly ReportHeader[]): string {
  const known = reports.map(
    ({ name, kpis, question }) =>
      `| [\`${name}\`](#${name}) | ${kpis.join(", ") || "–"} | ${plain(question)} |`,
  );
  return [
    DOCS_BEGIN,
    "",
    "## The reports",
    "",
    "| report | KPI | answers |",
    "|---|---|---|",
    ...known,
    "",
    "## What most of them take",
    "",
    ...parameterTable(STANDARD_PARAMETERS),
    "",
    ...reports.flatMap(reportText),
  ]
    .join("\n")
    .trimEnd()
    .concat("\n");
}

function reportText(report: ReportHeader): string[] {
  const own = report.parameters.filter((one) => !STANDARD_PARAMETERS.some(({ name }) => name === one.name));
  const standard = report.parameters.filter((one) => !own.includes(one));
  const others = standard.map(({ name, default: byDefault }) => {
    const usual = STANDARD_PARAMETERS.find((one) => one.name === name)?.default;
    return byDefault === usual ? `\`${name}\`` : `\`${name}\` (\`${byDefault}\`)`;
  });
  return [
    `### ${report.name}`,
    "",
    `${report.kpis.length === 0 ? "" : `**${report.kpis.join(", ")}.** `}${report.question} Grain: ${report.grain}.`,
    "",
    `Takes ${others.join(", ") || "nothing that others take"}. Freshness: ${report.freshness}. Cost: ${report.cost}.`,
    "",
    ...(own.length === 0 ? [] : [...parameterTable(own), ""]),
    "| column | unit | meaning |",
    "|---|---|---|",
    ...report.columns.map(({ name, unit, meaning }) => `| \`${name}\` | ${unit} | ${plain(meaning)} |`),
    "",
  ];
}

function parameterTable(parameters: readonly ReportParameter[]): string[] {
  return [
    "| parameter | is | by default | meaning |",
    "|---|---|---|---|",
    ...parameters.map(
      (one) =>
        `| \`${one.name}\` | ${typeText(one)} | ${one.default === "" ? "–" : `\`${one.default}\``} | ${plain(one.meaning)} |`,
    ),
  ];
}

function typeText({ type, values, min, max }: ReportParameter): string {
  if (type === "choice") return values.map((value) => `\`${value}\``).join(", ");
  return min === null ? type : `${type}, ${min} to ${max}`;
}

const plain = (text: string): string => text.replaceAll("|", "\\|");
