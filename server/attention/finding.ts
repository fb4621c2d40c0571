import type { AttentionItem, AttentionKind, Urgency } from "../../domain/api/attention.ts";
import { addMoney, timesMoney } from "../../domain/connectors/money.ts";
import { groupBy } from "../../domain/kpis/sale-line.ts";
import { withCents } from "../master-data/product-store.ts";

/** What a source found, without what follows from its kind and place. */
export type Finding = Omit<AttentionItem, "id" | "urgency" | "link">;

const URGENCY: Record<AttentionKind, Urgency> = {
  customers_untold: "now",
  holds_at_risk: "now",
  tasks_overdue: "now",
  ledger_differs: "now",
  disappointments: "today",
  readers_silent: "today",
  dead_letters: "today",
  webhooks_failing: "today",
  misses_unsaved: "watch",
  ghosts: "watch",
  losses: "watch",
  stores_drifting: "watch",
};

/** Where in the dashboard a kind is dealt with; the place is added. */
const LINKS: Record<AttentionKind, string> = {
  customers_untold: "/orders?state=must_tell",
  holds_at_risk: "/holds?state=at_risk",
  tasks_overdue: "/tasks?state=overdue",
  ledger_differs: "/ledger-check",
  disappointments: "/omnichannel/pickup",
  readers_silent: "/readers",
  dead_letters: "/dead-letters",
  webhooks_failing: "/webhooks",
  misses_unsaved: "/omnichannel/returns",
  ghosts: "/lists/ghosts",
  losses: "/lists/losses?hours=24",
  stores_drifting: "/counts",
};

/** A finding as it is answered. */
export function toItem(finding: Finding): AttentionItem {
  const { kind, locationId } = finding;
  return {
    ...finding,
    id: locationId === null ? kind : `${kind}/${locationId}`,
    urgency: URGENCY[kind],
    link: locationId === null ? LINKS[kind] : withLocation(LINKS[kind], locationId),
  };
}

function withLocation(link: string, locationId: string): string {
  return `${link}${link.includes("?") ? "&" : "?"}location=${encodeURIComponent(locationId)}`;
}

/** One thing of one place, to be added up. `amount`: of all its units; null or "0" where it is not known. */
export type Part = {
  locationId: string;
  units: number;
  currency: string;
  amount: string | null;
  since: string;
  cause?: string;
};

/** One finding a place: how many parts it has, their units, their money by currency, the oldest, and their causes. */
export function byPlace(kind: AttentionKind, parts: readonly Part[]): Finding[] {
  return [...groupBy(parts, (part) => part.locationId)].map(([locationId, here]) => ({
    kind,
    locationId,
    count: here.length,
    units: here.reduce((sum, part) => sum + part.units, 0),
    atStake: moneyOf(here),
    since: here.reduce((oldest, { since }) => (since < oldest ? since : oldest), here[0]?.since ?? ""),
    causes: causesOf(here),
  }));
}

/** The price of so many units, exactly; null of an unknown price. */
export function worthOf(price: string | null, units: number): string | null {
  return price === null ? null : timesMoney(price, units);
}

function moneyOf(parts: readonly Part[]): Finding["atStake"] {
  return [...groupBy(parts, (part) => part.currency)]
    .map(([currency, of]) => {
      const amount = addMoney(of.flatMap((part) => (part.amount === null ? [] : [part.amount])));
      return { currency, amount: withCents(amount) ?? amount };
    })
    .filter(({ currency, amount }) => currency !== "" && Number(amount) !== 0)
    .sort((one, other) => (one.currency < other.currency ? -1 : 1));
}

function causesOf(parts: readonly Part[]): Finding["causes"] {
  const named = parts.flatMap(({ cause }) => (cause === undefined ? [] : [cause]));
  return [...groupBy(named, (cause) => cause)]
    .map(([cause, of]) => ({ cause, count: of.length }))
    .sort((one, other) => other.count - one.count || (one.cause < other.cause ? -1 : 1));
}
