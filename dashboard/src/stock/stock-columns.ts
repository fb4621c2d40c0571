import type { TFunction } from "i18next";
import type { SortColumn } from "./stock-filter.ts";

type Column = {
  id: string;
  label: (t: TFunction) => string;
  sort: SortColumn | null;
  isNumber: boolean;
  title: (t: TFunction) => string;
};

/** The table's columns from left to right; `title` is the definition. */
export const STOCK_COLUMNS: readonly Column[] = [
  {
    id: "product",
    label: (t) => t("Product"),
    sort: "product",
    isNumber: false,
    title: (t) => t("Name, SKU and GTIN"),
  },
  {
    id: "location",
    label: (t) => t("Location"),
    sort: "location",
    isNumber: false,
    title: (t) => t("Store or warehouse"),
  },
  {
    id: "onHand",
    label: (t) => t("On hand"),
    sort: "onHand",
    isNumber: true,
    title: (t) => t("Units physically there, in any state"),
  },
  {
    id: "sellable",
    label: (t) => t("Sellable"),
    sort: "sellable",
    isNumber: true,
    title: (t) => t("The part that may be sold"),
  },
  {
    id: "reserved",
    label: (t) => t("Reserved"),
    sort: "reserved",
    isNumber: true,
    title: (t) => t("Held, confirmed or picked for somebody"),
  },
  {
    id: "available",
    label: (t) => t("Available"),
    sort: "available",
    isNumber: true,
    title: (t) => t("Sellable − reserved − safety stock − allocated, never below 0"),
  },
  {
    id: "confidence",
    label: (t) => t("Sure"),
    sort: "confidence",
    isNumber: true,
    title: (t) => t("Probability that the reserved units and one more are really there"),
  },
  {
    id: "state",
    label: (t) => t("State"),
    sort: null,
    isNumber: false,
    title: (t) => t("Why the available number is what it is"),
  },
  {
    id: "seen",
    label: (t) => t("Last seen"),
    sort: "lastSeen",
    isNumber: false,
    title: (t) => t("Time since the last physical evidence"),
  },
];
