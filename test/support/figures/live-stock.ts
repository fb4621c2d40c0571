import { formatShortFigure } from "../../../dashboard/src/format/figure.ts";
import { formatMoney } from "../../../dashboard/src/format/money.ts";
import { formatProbability, formatShare, formatWhole } from "../../../dashboard/src/format/number.ts";
import type { AvailabilityItem } from "../../../domain/availability/availability-item.ts";
import type { ZoneStockRow } from "../../../domain/api/zone-stock.ts";
import type { LiveContext } from "./live-context.ts";
import { type LiveTable, liveTable } from "./live-table.ts";

type Row = AvailabilityItem;
const whole = (column: "onHand" | "sellable" | "reserved" | "available") => (row: Row) =>
  formatWhole(row[column]);
const sure = ({ confidence }: Row) => (confidence === null ? "–" : formatProbability(confidence));
const seen = ({ lastSeenAt }: Row, { age }: LiveContext) => age(lastSeenAt);
const sum = (rows: readonly Row[], of: (row: Row) => number) =>
  rows.reduce((total, row) => total + of(row), 0);
const isOut = ({ reasonCode }: Row) => reasonCode === "out_of_stock";

/** The upper of two in the middle. */
function medianSeen(rows: readonly Row[], { age }: LiveContext): string {
  const seenAt = rows.flatMap(({ lastSeenAt }) => lastSeenAt ?? []).toSorted();
  const median = seenAt[seenAt.length >> 1];
  return median === undefined ? "–" : age(median);
}

/** `units available`, `share in stock`: what a place, or a cell of the heat map, has of several rows. */
function sumsOf(rows: readonly Row[]) {
  const promisable = rows.filter(({ available }) => available > 0).length;
  return {
    available: formatWhole(sum(rows, ({ available }) => available)),
    promisable: formatWhole(promisable),
    rows: formatWhole(rows.length),
    share: promisable / rows.length,
  };
}

const sums: LiveTable = {
  label: "Sums",
  on: /^\/(products|locations)\/([^/]+)$/,
  heads: ["Figure", "Value"],
  async lines(context, [kind, id]) {
    const rows = context.rows.filter((row) => (kind === "products" ? row.gtin : row.locationId) === id);
    return [
      ["Available", `${formatWhole(sum(rows, (row) => row.available))} units`],
      ["On hand", `${formatWhole(sum(rows, (row) => row.onHand))} units`],
      ["Reserved", `${formatWhole(sum(rows, (row) => row.reserved))} units`],
      ["Withheld", `${formatWhole(sum(rows, (row) => row.safetyStock + row.allocated))} units`],
      [
        "To come",
        `${formatWhole(sum(rows, ({ incoming }) => incoming.reduce((units, one) => units + one.quantity, 0)))} units`,
      ],
      ["Out of stock", `${formatWhole(rows.filter(isOut).length)} of ${formatWhole(rows.length)} rows`],
      ["Age of truth, median", medianSeen(rows, context)],
    ];
  },
};

const stockSums: LiveTable = {
  label: "Sums of the rows shown",
  on: /^\/(?:stock|locations\/([^/]+))$/,
  heads: ["Figure", "Value"],
  async lines(context, [id]) {
    const rows = context.rows.filter(({ locationId }) => id === undefined || locationId === id);
    return [
      ["Available", `${formatWhole(sum(rows, (row) => row.available))} units`],
      ["On hand", `${formatWhole(sum(rows, (row) => row.onHand))} units`],
      ["Reserved", `${formatWhole(sum(rows, (row) => row.reserved))} units`],
      ["Out of stock", `${formatWhole(rows.filter(isOut).length)} of ${formatWhole(rows.length)} rows`],
      ["Age of truth, median", medianSeen(rows, context)],
    ];
  },
};

const stockRows = liveTable<Row>({
  label: "Stock rows",
  on: /^\/(?:stock|locations\/([^/]+))$/,
  asks: async ({ rows }, [id]) => rows.filter(({ locationId }) => id === undefined || locationId === id),
  cells: {
    Product: ({ gtin }, { product }) => product(gtin),
    Location: ({ locationId }, { place }) => place(locationId),
    onHand: whole("onHand"),
    sellable: whole("sellable"),
    reserved: whole("reserved"),
    available: whole("available"),
    confidence: sure,
    state: null,
    seen,
  },
});

const places: LiveTable = {
  label: "Where it is",
  on: /^\/products\/([^/]+)$/,
  heads: ["Location", "Available", "On hand", "Reserved", "Withheld", "Sure", "State", "Last seen", "Why?"],
  async lines(context, [gtin]) {
    const { items } = await context.ask<{ items: ZoneStockRow[] }>("GET", `/v1/zone-stock?gtin=${gtin}`);
    return context.rows
      .filter((row) => row.gtin === gtin)
      .map((row) => [
        context.place(row.locationId) +
          items
            .filter(({ locationId }) => locationId === row.locationId)
            .map(({ zoneName, units }) => `${zoneName} ${formatWhole(units)}`)
            .join(" · "),
        whole("available")(row),
        whole("onHand")(row),
        whole("reserved")(row),
        formatWhole(row.safetyStock + row.allocated),
        sure(row),
        null,
        seen(row, context),
        null,
      ]);
  },
};

/** Lines are categories, cells the share of products with something to promise. */
const heatMap: LiveTable = {
  label: "Heat map",
  on: /^\/heat-map$/,
  heads: ["Line", "Place", "Value", "Words"],
  async lines({ rows, products, locations }) {
    const categoryOf = new Map(products.map(({ gtin, category }) => [gtin, category]));
    const categories = [...new Set(rows.map(({ gtin }) => categoryOf.get(gtin) ?? ""))];
    return categories.flatMap((category) =>
      locations.map(({ locationId, name }) => {
        const cell = rows.filter(
          (row) => row.locationId === locationId && (categoryOf.get(row.gtin) ?? "") === category,
        );
        if (cell.length === 0) return [category, name, "", `${category} at ${name}: no record`];
        const { available, share, rows: count } = sumsOf(cell);
        return [
          category,
          name,
          formatShortFigure(share, "share", null),
          `${category} at ${name}: ${available} available, ${formatShare(share)} of ${count} in stock`,
        ];
      }),
    );
  },
};

const map: LiveTable = {
  label: "Map",
  on: /^\/map$/,
  heads: ["Place"],
  async lines({ rows, locations }) {
    return locations.map(({ locationId, name, latitude }) => {
      const there = rows.filter((row) => row.locationId === locationId);
      const { available, promisable, share, rows: count } = sumsOf(there);
      const figures =
        there.length === 0
          ? "– no stock record"
          : `${formatShare(share)} ${available} available · ${promisable} of ${count} products in stock`;
      return [`${name} ${figures}${latitude === null ? " · no coordinates" : ""}`];
    });
  },
};

const productFacts: LiveTable = {
  label: "Product",
  on: /^\/products\/([^/]+)$/,
  heads: ["Facts"],
  async lines({ products }, [id]) {
    return products
      .filter(({ gtin }) => gtin === id)
      .map(({ gtin, sku, category, price, currency, isTagged }) => {
        const money = price === null ? "" : formatMoney(price, currency);
        const facts = [gtin, sku, category, money, isTagged ? "" : "without tags"];
        return [facts.filter((fact) => fact !== "").join(" · ")];
      });
  },
};

/** When how many may be promised: a step for each change of what is available. */
const promise: LiveTable = {
  label: "Promise",
  on: /^\/products\/([^/]+)$/,
  heads: ["Step"],
  async lines({ ask, rows }, [gtin]) {
    const location = rows.find((row) => row.gtin === gtin)?.locationId ?? "";
    const { days } = await ask<{ days: { available: number }[] }>(
      "GET",
      `/v1/availability/schedule?gtin=${gtin}&location=${location}&days=30`,
    );
    return days
      .filter(({ available }, index) => available !== days[index - 1]?.available)
      .map(({ available }) => [formatWhole(available)]);
  },
};

/** The lists of live pages that are made of stock. */
export const LIVE_STOCK: readonly LiveTable[] = [
  sums,
  stockSums,
  stockRows,
  places,
  heatMap,
  map,
  productFacts,
  promise,
];
