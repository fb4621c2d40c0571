import type { DataTable, SqlSample } from "../../domain/reports/sql-help.ts";
import { CLOSED_TABLES, OPEN_TABLES } from "../analysts/open-tables.ts";
import { DATA_AREAS, type DataArea } from "./data-areas.ts";
import { DATA_RELATIONS } from "./data-relations.ts";

/** What stands behind this line of docs/data-model.md is made of the database and of sql/samples. */
export const DATA_MODEL_BEGIN = "<!-- made by `npm run data-model`; a test says when it is stale -->";

/** Every table, view and column as Markdown, with a diagram of the open ones, and the sample questions. */
export function dataModelDocs(tables: readonly DataTable[], samples: readonly SqlSample[]): string {
  return [
    DATA_MODEL_BEGIN,
    "",
    "## How the tables join",
    "",
    "![Tables that analysts may read, by area, and the columns that join them](images/data-model.svg)",
    "",
    "```mermaid",
    ...mermaidLines(tables),
    "```",
    "",
    "## Questions to begin from",
    "",
    ...samples.flatMap(sampleText),
    ...DATA_AREAS.flatMap((area) => areaText(area, tables)),
  ]
    .join("\n")
    .trimEnd()
    .concat("\n");
}

/** The open tables that join with another, with the columns that do it, as a Mermaid diagram. */
function mermaidLines(tables: readonly DataTable[]): string[] {
  const joined = tables.filter(({ name }) =>
    DATA_RELATIONS.some(({ from, to }) => from === name || to === name),
  );
  return [
    "erDiagram",
    ...joined.flatMap(mermaidTable),
    ...DATA_RELATIONS.map(({ from, to, says }) => `  ${to} ||--o{ ${from} : "${says}"`),
  ];
}

function mermaidTable({ name: table, columns }: DataTable): string[] {
  const joins = joinColumns(table);
  const lines = columns
    .filter(({ name }) => joins.has(name))
    .map(({ name, type }) => `    ${type.replace(/\W.*$/, "")} ${name}`);
  return [`  ${table} {`, ...lines, "  }"];
}

/** The columns of a table by which it joins another. */
export function joinColumns(table: string): Set<string> {
  return new Set(
    DATA_RELATIONS.filter(({ from, to }) => from === table || to === table).flatMap(({ columns }) => columns),
  );
}

function sampleText({ question, note, sql }: SqlSample): string[] {
  return [`**${question}** ${note}`.trimEnd(), "", "```sql", sql, "```", ""];
}

function areaText(area: DataArea, tables: readonly DataTable[]): string[] {
  const mine = tables.filter((table) => table.area === area.id);
  return [
    `## ${area.title}`,
    "",
    area.about,
    "",
    ...mine.filter(({ name }) => OPEN_TABLES.includes(name)).flatMap(openTable),
    ...closedTables(mine.filter(({ name }) => !OPEN_TABLES.includes(name))),
  ];
}

function openTable(table: DataTable): string[] {
  const kind = table.isView ? "View" : `Table, sorted by \`${table.sortingKey}\``;
  return [`### ${table.name}`, "", `${sentence(table.about)} ${kind}.`, "", ...columnTable(table)];
}

/** Closed tables are for who maintains the system: folded away. */
function closedTables(tables: readonly DataTable[]): string[] {
  return tables.flatMap((table) => [
    `<details><summary><code>${table.name}</code> (not open to analysts: ${CLOSED_TABLES[table.name] ?? "nobody has decided"})</summary>`,
    "",
    sentence(table.about),
    "",
    ...columnTable(table),
    "</details>",
    "",
  ]);
}

function columnTable({ columns }: DataTable): string[] {
  if (columns.length === 0) return [];
  const rows = columns.map(({ name, type, about }) => `| \`${name}\` | ${plain(type)} | ${plain(about)} |`);
  return ["| column | type | is |", "|---|---|---|", ...rows, ""];
}

const sentence = (text: string): string => (/[.!?]$/.test(text) ? plain(text) : `${plain(text)}.`);
const plain = (text: string): string => text.replaceAll("|", "\\|").replaceAll("<", "&lt;");
