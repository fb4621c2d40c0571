import { formatMoney } from "../../../dashboard/src/format/money.ts";
import {
  formatInstant,
  formatShare,
  formatSigned,
  formatWhole,
} from "../../../dashboard/src/format/number.ts";
import { movementWords } from "../../../dashboard/src/product/movement-words.ts";
import type { Count } from "../../../domain/api/counts.ts";
import type { ItemLife, ItemReads, ItemRow } from "../../../domain/api/items.ts";
import type { ListsSummary } from "../../../domain/api/lists.ts";
import type { MovementRow } from "../../../domain/api/movements-page.ts";
import type { ZoneStockRow } from "../../../domain/api/zone-stock.ts";
import { english } from "./live-context.ts";
import { type LiveTable, liveTable, orDash, pageOf } from "./live-table.ts";

type Amounts = readonly { amount: string; currency: string }[];

const money = (amounts: Amounts) =>
  amounts.map(({ amount, currency }) => formatMoney(amount, currency)).join(" + ");

const counts = liveTable<Count>({
  label: "Counts",
  on: /^\/counts$/,
  asks: pageOf(() => "/v1/counts?limit=50"),
  cells: {
    Count: null,
    State: null,
    Began: ({ startedAt }, { age }) => age(startedAt),
    Expected: ({ expected }) => orDash(expected, formatWhole),
    Found: ({ found }) => orDash(found, formatWhole),
    Exact: ({ exactAccuracy }) => orDash(exactAccuracy, formatShare),
    "Units right": ({ unitAccuracy }) => orDash(unitAccuracy, formatShare),
    Look: null,
  },
});

const items = liveTable<ItemRow>({
  label: "Items",
  on: /^\/items$/,
  asks: async (context) =>
    await pageOf<ItemRow>(() => `/v1/items?gtin=${context.products[0]?.gtin}&limit=50`)(context, []),
  cells: {
    Item: null,
    Status: null,
    Where: ({ locationId, zoneId }, { place, zone }) => `${place(locationId)}${zone(locationId, zoneId)}`,
    State: null,
    "Last seen": ({ lastSeenAt }, { age }) => age(lastSeenAt),
  },
});

const itemReads = liveTable<ItemReads["windows"][number]>({
  label: "Reads",
  on: /^\/items\/([^/]+)$/,
  asks: async ({ ask }, [epc]) => (await ask<ItemReads>("GET", `/v1/items/${epc}/reads`)).windows,
  cells: {
    Reader: null,
    From: ({ firstAt }) => formatInstant(Date.parse(firstAt)),
    To: ({ lastAt }) => formatInstant(Date.parse(lastAt)),
    Reads: ({ reads }) => formatWhole(reads),
    Strongest: ({ maxRssiDbm }) => (maxRssiDbm === null ? "–" : `${maxRssiDbm.toFixed(1)} dBm`),
    Verdict: ({ verdicts }) => verdicts.join(", "),
  },
});

const itemFacts: LiveTable = {
  label: "Facts",
  on: /^\/items\/([^/]+)$/,
  heads: ["Fact", "Value"],
  async lines({ ask, place, zone, age }, [epc]) {
    const { item, epc: identity } = await ask<ItemLife>("GET", `/v1/items/${epc}`);
    const now =
      item === null
        ? []
        : [
            ["Status", null],
            [
              "Where",
              `${place(item.locationId)}${item.zoneId === "" ? "" : ` · ${zone(item.locationId, item.zoneId)}`}`,
            ],
            ["State", null],
            ["Last seen", age(item.lastSeenAt)],
            ["First seen", age(item.firstSeenAt)],
          ];
    return [...now, ["EPC", identity], ["Scheme", null], ["URI", null]];
  },
};

const movements = (label: "Location" | "Product", on: RegExp, field: string): LiveTable => ({
  label: "Recent movements",
  on,
  heads: ["What happened", "Units", label, "Told by", "When"],
  async lines(context, [id]) {
    const rows = await pageOf<MovementRow>(() => `/v1/movements?${field}=${id}&limit=20`)(context, []);
    return rows.map((row) => [
      row.epc === "" ? movementWords(row.reason, english) : null,
      formatSigned(row.quantity),
      label === "Location" ? context.place(row.locationId) : context.product(row.gtin),
      row.source,
      context.age(row.occurredAt),
    ]);
  },
});

const toLookAt = liveTable<ListsSummary["items"][number]>({
  label: "To look at",
  on: /^\/locations\/([^/]+)$/,
  asks: pageOf(([id]) => `/v1/lists?location=${id}`),
  cells: {
    List: null,
    Lines: ({ totals }) => (totals === null ? "?" : formatWhole(totals.count)),
    "At list price": ({ totals }) => money(totals?.value ?? []) || "–",
  },
});

const zones: LiveTable = {
  label: "Zones",
  on: /^\/locations\/([^/]+)$/,
  heads: ["Zone", "Tagged units", "Sellable", "Products", "Last seen"],
  async lines(context, [id]) {
    const rows = await pageOf<ZoneStockRow>(() => `/v1/zone-stock?location=${id}`)(context, []);
    const own = context.locations.find(({ locationId }) => locationId === id)?.zones ?? [];
    const known = new Set(own.map(({ zoneId }) => zoneId));
    return [
      ...own.map(({ zoneId }) => zoneId),
      ...rows.map((row) => row.zoneId).filter((each) => !known.has(each)),
    ].map((zoneId) => {
      const row = rows.find((each) => each.zoneId === zoneId);
      return [
        null,
        formatWhole(row?.units ?? 0),
        formatWhole(row?.sellableUnits ?? 0),
        formatWhole(row?.products ?? 0),
        context.age(row?.lastSeenAt ?? null),
      ];
    });
  },
};

/** The lists of live pages of what was read, counted and moved. */
export const LIVE_TAGS: readonly LiveTable[] = [
  counts,
  items,
  itemReads,
  itemFacts,
  movements("Location", /^\/products\/([^/]+)$/, "gtin"),
  movements("Product", /^\/locations\/([^/]+)$/, "location"),
  toLookAt,
  zones,
];
