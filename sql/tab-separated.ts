import type { Cell } from "./database.ts";

const SPECIAL = /[\\\t\n\r\0]/;
const ALL_SPECIAL = /[\\\t\n\r\0]/g;
const QUOTED_SPECIAL = /[\\\t\n\r\0']/;
const ALL_QUOTED_SPECIAL = /[\\\t\n\r\0']/g;

function escapeCharacter(character: string): string {
  switch (character) {
    case "\\":
      return "\\\\";
    case "\t":
      return "\\t";
    case "\n":
      return "\\n";
    case "\r":
      return "\\r";
    case "\0":
      return "\\0";
    default:
      return `\\${character}`;
  }
}

/** A text as a TabSeparated cell. Most texts have nothing to escape and come back as they are. */
export function escapeText(text: string): string {
  return SPECIAL.test(text) ? text.replace(ALL_SPECIAL, escapeCharacter) : text;
}

/** A text as an element of an array in a TabSeparated cell, with its quotes. */
export function quoteText(text: string): string {
  return QUOTED_SPECIAL.test(text) ? `'${text.replace(ALL_QUOTED_SPECIAL, escapeCharacter)}'` : `'${text}'`;
}

/** One value as a TabSeparated cell: null is `\N`, booleans are 1 and 0, arrays are ClickHouse array literals. */
export function formatCell(cell: Cell): string {
  if (typeof cell === "string") return escapeText(cell);
  return cell === null ? "\\N" : formatPlain(cell);
}

/** Rows of cells as TabSeparated lines, each with its line end. */
export function formatRows(rows: readonly (readonly Cell[])[]): string {
  let text = "";
  for (const row of rows) {
    let separator = "";
    for (const cell of row) {
      text += separator + formatCell(cell);
      separator = "\t";
    }
    text += "\n";
  }
  return text;
}

function formatPlain(cell: number | bigint | boolean | readonly Cell[]): string {
  if (typeof cell === "number") return formatNumber(cell);
  if (typeof cell === "bigint") return cell.toString();
  if (typeof cell === "boolean") return cell ? "1" : "0";
  return `[${cell.map(formatElement).join(",")}]`;
}

function formatElement(cell: Cell): string {
  if (typeof cell === "string") return quoteText(cell);
  return cell === null ? "NULL" : formatPlain(cell);
}

function formatNumber(value: number): string {
  if (Number.isFinite(value)) return String(value);
  if (Number.isNaN(value)) return "nan";
  return value > 0 ? "inf" : "-inf";
}
