import type { SortColumn } from "./stock-filter.ts";

type Column = { id: string; label: string; sort: SortColumn | null; isNumber: boolean; title: string };

/** The table's columns from left to right; `title` is the definition. */
export const STOCK_COLUMNS: readonly Column[] = [
  { id: "product", label: "Product", sort: "product", isNumber: false, title: "Name, SKU and GTIN" },
  { id: "location", label: "Location", sort: "location", isNumber: false, title: "Store or warehouse" },
  {
    id: "onHand",
    label: "On hand",
    sort: "onHand",
    isNumber: true,
    title: "Units physically there, in any state",
  },
  { id: "sellable", label: "Sellable", sort: "sellable", isNumber: true, title: "The part that may be sold" },
  {
    id: "reserved",
    label: "Reserved",
    sort: "reserved",
    isNumber: true,
    title: "Held, confirmed or picked for somebody",
  },
  {
    id: "available",
    label: "Available",
    sort: "available",
    isNumber: true,
    title: "Sellable − reserved − safety stock − allocated, never below 0",
  },
  {
    id: "confidence",
    label: "Sure",
    sort: "confidence",
    isNumber: true,
    title: "Probability that the reserved units and one more are really there",
  },
  {
    id: "state",
    label: "State",
    sort: null,
    isNumber: false,
    title: "Why the available number is what it is",
  },
  {
    id: "seen",
    label: "Last seen",
    sort: "lastSeen",
    isNumber: false,
    title: "Time since the last physical evidence",
  },
];
