import type { DataTable } from "../../domain/reports/sql-help.ts";
import { DATA_AREAS } from "./data-areas.ts";
import { joinColumns } from "./data-model-docs.ts";
import { DATA_RELATIONS } from "./data-relations.ts";

type Box = { table: string; columns: string[]; x: number; y: number; height: number };

// Pixels. Columns of boxes from the left: what is told, what is made of it, and between them what they all name.
const WIDTH = 210;
const GAP_X = 150;
const GAP_Y = 22;
const HEAD = 26;
const LINE = 17;
const MARGIN = 24;
const TITLE = 30;
/** How far a line between two boxes of one column reaches out. */
const BOW = 46;

/** Tables of each column of the picture, from the top. What joins much stands in the middle. */
const COLUMNS: readonly { title: string; tables: readonly string[] }[] = [
  {
    title: "Stock and readers",
    tables: [
      "movements",
      "positions",
      "current_items",
      "item_history",
      "reads",
      "readers",
      "history_stock_days",
      "erp_book_lines",
      "erp_books",
    ],
  },
  { title: "Named by all", tables: ["locations", "location_zones", "products", "product_codes"] },
  {
    title: "Sales, orders, returns",
    tables: [
      "sales_lines",
      "all_fulfilments",
      "all_order_units",
      "all_returns",
      "all_misses",
      "all_order_steps",
    ],
  },
  {
    title: "Customers and orders",
    tables: ["customers_now", "customer_keys", "lifetime_values_now", "all_orders", "survey_answers"],
  },
];

/** Colours by area, dark enough for white letters (4.5 : 1). */
const COLOURS = ["#1d4e89", "#0b6e4f", "#7a4e00", "#8a2d3b", "#5b3a8c", "#31566b", "#4d4d4d", "#4d4d4d"];

/** The open tables that join, and how, as a picture that needs nothing but itself. Throws for a relation of a table without a place. */
export function dataModelPicture(tables: readonly DataTable[]): string {
  const boxes = placeBoxes(tables);
  const width = MARGIN * 2 + COLUMNS.length * WIDTH + (COLUMNS.length - 1) * GAP_X + BOW;
  const height = Math.max(...[...boxes.values()].map(({ y, height: tall }) => y + tall)) + MARGIN;
  const areaOf = (name: string) => tables.find((table) => table.name === name)?.area ?? "";
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="Inter, Helvetica, Arial, sans-serif" font-size="12">`,
    "<title>Tables that analysts may read, and how they join</title>",
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...COLUMNS.map(
      ({ title }, at) =>
        `<text x="${xOf(at)}" y="${MARGIN + 10}" font-size="15" font-weight="600" fill="#222222">${title}</text>`,
    ),
    ...DATA_RELATIONS.map(({ from, to, columns }) => line(boxOf(boxes, from), boxOf(boxes, to), columns)),
    ...[...boxes.values()].flatMap((box) => drawBox(box, areaOf(box.table))),
    "</svg>",
    "",
  ].join("\n");
}

const xOf = (column: number): number => MARGIN + column * (WIDTH + GAP_X);

function placeBoxes(tables: readonly DataTable[]): Map<string, Box> {
  const boxes = new Map<string, Box>();
  for (const [at, { tables: names }] of COLUMNS.entries()) {
    let y = MARGIN + TITLE;
    for (const name of names) {
      const joins = joinColumns(name);
      const columns = (tables.find((table) => table.name === name)?.columns ?? [])
        .map((column) => column.name)
        .filter((column) => joins.has(column));
      const height = HEAD + columns.length * LINE + 6;
      boxes.set(name, { table: name, columns, x: xOf(at), y, height });
      y += height + GAP_Y;
    }
  }
  return boxes;
}

function boxOf(boxes: ReadonlyMap<string, Box>, table: string): Box {
  const box = boxes.get(table);
  if (box === undefined)
    throw new Error(`${table} has no place in the picture: sql/data-model/data-model-picture.ts`);
  return box;
}

/** From the column of the one to that of the other; a crow's foot stands where many rows are. */
function line(from: Box, to: Box, columns: readonly string[]): string {
  const column = columns.at(-1) ?? "";
  const fromY = yOf(from, column);
  const toY = yOf(to, column);
  // Boxes of one column are joined on their right side.
  const isRight = from.x <= to.x;
  const fromX = isRight ? from.x + WIDTH : from.x;
  const toX = from.x === to.x ? to.x + WIDTH : isRight ? to.x : to.x + WIDTH;
  const out = isRight ? 1 : -1;
  const back = from.x === to.x ? 1 : -out;
  const bend = from.x === to.x ? BOW : GAP_X / 2;
  const foot = fromX + out * 10;
  return [
    `<path d="M${fromX} ${fromY - 5}L${foot} ${fromY}L${fromX} ${fromY + 5}M${fromX} ${fromY}H${foot}`,
    `C${foot + out * bend} ${fromY} ${toX + back * bend} ${toY} ${toX} ${toY}" fill="none" stroke="#8a94a0" stroke-width="1.1"/>`,
  ].join("");
}

function yOf(box: Box, column: string): number {
  return box.y + HEAD + Math.max(0, box.columns.indexOf(column)) * LINE + LINE / 2 + 2;
}

function drawBox({ table, columns, x, y, height }: Box, area: string): string[] {
  const colour = COLOURS[DATA_AREAS.findIndex(({ id }) => id === area)] ?? "#4d4d4d";
  return [
    `<rect x="${x}" y="${y}" width="${WIDTH}" height="${height}" rx="5" fill="#f6f8fa" stroke="${colour}"/>`,
    `<path d="M${x} ${y + HEAD}V${y + 5}a5 5 0 0 1 5-5H${x + WIDTH - 5}a5 5 0 0 1 5 5V${y + HEAD}Z" fill="${colour}"/>`,
    `<text x="${x + 10}" y="${y + 18}" fill="#ffffff" font-weight="600">${table}</text>`,
    ...columns.map(
      (column, at) =>
        `<text x="${x + 10}" y="${y + HEAD + at * LINE + LINE - 2}" fill="#333333">${column}</text>`,
    ),
  ];
}
