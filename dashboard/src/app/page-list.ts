import type { TFunction } from "i18next";
import type { IconName } from "../ui/icon.tsx";

export type PageEntry = {
  to: string;
  icon: IconName;
  /** In the language of the page. */
  label: (t: TFunction) => string;
  /** Typed outside of fields, they lead there. */
  keys: `g ${string}`;
  /** Analysts may read what it asks for. */
  isForAnalysts?: true;
};

export type PageGroup = {
  id: string;
  icon: IconName;
  label: (t: TFunction) => string;
  pages: readonly PageEntry[];
};

const entry = (
  to: string,
  icon: IconName,
  keys: PageEntry["keys"],
  label: PageEntry["label"],
): PageEntry => ({
  to,
  icon,
  label,
  keys,
});

const forAnalysts = (page: PageEntry): PageEntry => ({ ...page, isForAnalysts: true });

/** The pages by what they are about, in the order in which they are offered. A group without pages is not shown. */
export const PAGE_GROUPS: readonly PageGroup[] = [
  { id: "home", icon: "home", label: (t) => t("Home"), pages: [entry("/", "home", "g n", (t) => t("Home"))] },
  {
    id: "stock",
    icon: "stock",
    label: (t) => t("Stock"),
    pages: [
      entry("/stock", "stock", "g s", (t) => t("Live stock")),
      entry("/heat-map", "grid", "g e", (t) => t("Heat map")),
      entry("/map", "map", "g v", (t) => t("Map")),
      entry("/holds", "hold", "g h", (t) => t("Holds")),
      entry("/lists", "list", "g l", (t) => t("Lists")),
      entry("/items", "tag", "g i", (t) => t("Items")),
      entry("/counts", "count", "g c", (t) => t("Counts")),
    ],
  },
  {
    id: "omnichannel",
    icon: "cart",
    label: (t) => t("Omnichannel"),
    pages: [
      forAnalysts(entry("/omnichannel", "cart", "g x", (t) => t("Customers, channels"))),
      entry("/orders", "list", "g o", (t) => t("Orders")),
      entry("/returns", "back", "g m", (t) => t("Returns")),
      entry("/customers", "user", "g j", (t) => t("Customers")),
    ],
  },
  {
    id: "accuracy",
    icon: "target",
    label: (t) => t("Accuracy"),
    pages: [forAnalysts(entry("/accuracy", "target", "g a", (t) => t("Accuracy")))],
  },
  {
    id: "operations",
    icon: "readers",
    label: (t) => t("Operations"),
    pages: [
      entry("/tasks", "count", "g w", (t) => t("Store tasks")),
      entry("/pipeline", "chart", "g y", (t) => t("Pipeline")),
      entry("/readers", "readers", "g r", (t) => t("Readers")),
      entry("/dead-letters", "mail", "g d", (t) => t("Dead letters")),
      entry("/webhooks", "webhook", "g b", (t) => t("Webhooks")),
      entry("/feeds", "feed", "g f", (t) => t("Feeds")),
      entry("/ledger-check", "scale", "g k", (t) => t("Ledger check")),
    ],
  },
  {
    id: "analyst",
    icon: "chart",
    label: (t) => t("Analyst"),
    pages: [
      forAnalysts(entry("/analyst/reports", "chart", "g p", (t) => t("Reports"))),
      forAnalysts(entry("/analyst/sql", "table", "g q", (t) => t("SQL"))),
    ],
  },
  {
    id: "set-up",
    icon: "settings",
    label: (t) => t("Set up"),
    pages: [
      entry("/rules", "rule", "g u", (t) => t("Rules")),
      entry("/settings", "settings", "g t", (t) => t("Settings")),
    ],
  },
];

/** What somebody of this role is offered. Analysts read reports and ask in SQL; what is live is not open to them. */
export function shownGroups(role: string): readonly PageGroup[] {
  return PAGE_GROUPS.map((group) => ({
    ...group,
    pages: group.pages.filter(({ isForAnalysts }) => role !== "analyst" || isForAnalysts),
  })).filter(({ pages }) => pages.length > 0);
}

/** Where somebody of this role begins. */
export function homeOf(role: string): string {
  return role === "analyst" ? "/analyst/reports" : "/";
}

export const PAGES: readonly PageEntry[] = PAGE_GROUPS.flatMap(({ pages }) => pages);

/** Pages that other pages of a group lead to. */
const WITHIN_STOCK = ["/products/", "/locations/"];

/** The group of the page at an address. */
export function groupOf(path: string): PageGroup | undefined {
  if (WITHIN_STOCK.some((start) => path.startsWith(start))) {
    return PAGE_GROUPS.find(({ id }) => id === "stock");
  }
  const page = pageOf(path);
  return page === undefined ? undefined : PAGE_GROUPS.find(({ pages }) => pages.includes(page));
}

/** The listed page at an address; of several that fit, that with the longest address. */
export function pageOf(path: string): PageEntry | undefined {
  return PAGES.filter(({ to }) => path === to || path.startsWith(`${to}/`))
    .toSorted((a, b) => b.to.length - a.to.length)
    .at(0);
}
