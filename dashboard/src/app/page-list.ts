import type { IconName } from "../ui/icon.tsx";

export type PageEntry = {
  to: string;
  icon: IconName;
  label: string;
  /** What stands under its icon on a phone, where the row of pages scrolls. */
  shortLabel: string;
  /** Typed outside of fields, they lead there. */
  keys: `g ${string}`;
};

/** The pages, in the order in which they are offered. */
export const PAGES: readonly PageEntry[] = [
  { to: "/stock", icon: "stock", label: "Live stock", shortLabel: "Stock", keys: "g s" },
  { to: "/holds", icon: "hold", label: "Holds", shortLabel: "Holds", keys: "g h" },
  { to: "/lists", icon: "list", label: "Lists", shortLabel: "Lists", keys: "g l" },
  { to: "/items", icon: "tag", label: "Items", shortLabel: "Items", keys: "g i" },
  { to: "/counts", icon: "count", label: "Counts", shortLabel: "Counts", keys: "g c" },
  { to: "/dead-letters", icon: "mail", label: "Dead letters", shortLabel: "Letters", keys: "g d" },
  { to: "/readers", icon: "readers", label: "Readers", shortLabel: "Readers", keys: "g r" },
  { to: "/rules", icon: "rule", label: "Rules", shortLabel: "Rules", keys: "g u" },
  { to: "/feeds", icon: "feed", label: "Feeds", shortLabel: "Feeds", keys: "g f" },
  { to: "/ledger-check", icon: "scale", label: "Ledger check", shortLabel: "Check", keys: "g k" },
  { to: "/settings", icon: "settings", label: "Settings", shortLabel: "Settings", keys: "g t" },
];
