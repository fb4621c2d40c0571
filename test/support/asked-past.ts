import type { CostOf } from "../../domain/kpis/i10-i11-inventory-value.ts";
import type { ProvedPosition } from "../../domain/kpis/i12-i13-evidence.ts";
import { calendarOf, firstDayOf, groupBy, type SaleLine } from "../../domain/kpis/sale-line.ts";
import { type StockDay, stockDays, sumOf } from "../../domain/kpis/stock-days.ts";
import { dateOfDay } from "../../domain/time-zone/local-clock.ts";
import type { Figures } from "./report-differences.ts";
import { type By, type DrawnPast, PRODUCTS, questionOf, type StockQuestion } from "./stock-pasts.ts";
import type { StoredPast } from "./store-stock-past.ts";
import { gtinOfSale } from "./store-stock-tables.ts";

type OfPosition = { locationId: string; gtin: number };
/** What a group of days is of: `days` null where no period was asked for. */
type Span = { days: number | null; lastDay: number };

/** What was stored, as far as it is asked for, and in the groups that are asked for. */
export type AskedPast = ReturnType<typeof askedOf>;

export function askedOf(drawn: DrawnPast, past: StoredPast) {
  const question = questionOf(drawn, past.locations);
  const { fromDay, untilDay, fromMs, untilMs, timeZone, by, categories, locations } = question;
  const { dayOf, beginOf } = calendarOf(timeZone);
  const isPlace = ({ locationId }: { locationId: string }) => locations.includes(locationId);
  const isAsked = (fact: OfPosition) =>
    isPlace(fact) && (categories.length === 0 || categories.includes(categoryOf(fact.gtin)));
  const stock = stockDays(past.changes, past.told, { fromDay, untilDay, timeZone }).filter(isAsked);
  const sales = past.sales.map((sale) => ({ sale, ...sale, gtin: gtinOfSale(sale), day: dayOf(sale.atMs) }));
  const bookSince = (locationId: string): number =>
    Math.min(
      ...past.told.filter((day) => day.locationId === locationId).map(({ day }) => day),
      ...past.changes.filter((line) => line.locationId === locationId).map(({ atMs }) => dayOf(atMs)),
    );
  const salesOnBook = sales.filter(
    (sale) =>
      isAsked(sale) && sale.day >= Math.max(fromDay, bookSince(sale.locationId)) && sale.day < untilDay,
  );

  /** Groups of facts by place or period: null figures where a period is not whole, no group where the fold has none. */
  function grouped<Fact extends OfPosition>(
    facts: readonly Fact[],
    dayOfFact: (fact: Fact) => number,
    isWhole: (begin: number, next: number) => boolean,
    fold: (facts: Fact[], span: Span) => Figures | null,
  ): Map<string, Figures | null> {
    const groups = new Map<string, Figures | null>();
    for (const [group, ofGroup] of groupBy(facts, (fact) => groupOf(by, fact, dayOfFact(fact)))) {
      const period = ofGroup[0] === undefined ? null : periodOf(by, dayOfFact(ofGroup[0]));
      const days = period === null ? null : period.next - period.begin;
      const figures = fold(ofGroup, { days, lastDay: (period?.next ?? untilDay) - 1 });
      if (figures === null) continue;
      const isBlank = period !== null && !isWhole(period.begin, period.next);
      groups.set(group, isBlank ? null : { is_complete: 1, ...figures });
    }
    return groups;
  }

  return {
    drawn,
    question,
    changes: past.changes,
    counts: past.counts.filter((count) => isAsked(count) && count.atMs >= fromMs && count.atMs < untilMs),
    allCounts: past.counts,
    allSales: sales,
    stock,
    salesOnBook,
    items: past.items,
    steps: past.steps,
    proved: provedPositions(past).filter(isPlace),
    isAsked,
    costOf,

    /** Facts of days, of which the first is `since`. */
    byDay: <Fact extends OfPosition & { day: number }>(
      facts: readonly Fact[],
      since: number,
      fold: (facts: Fact[], span: Span) => Figures | null,
    ) =>
      grouped(
        facts,
        ({ day }) => day,
        (begin, next) => begin >= Math.max(fromDay, since) && next <= untilDay,
        fold,
      ),

    /** Facts that happened in the window. */
    byInstant: <Fact extends OfPosition & { atMs: number }>(
      facts: readonly Fact[],
      fold: (facts: Fact[]) => Figures,
    ) =>
      grouped(
        facts.filter((fact) => isAsked(fact) && fact.atMs >= fromMs && fact.atMs < untilMs),
        ({ atMs }) => dayOf(atMs),
        (begin, next) => beginOf(begin) >= fromMs && beginOf(next) <= untilMs,
        fold,
      ),

    /** Facts of now, by place alone. */
    byPlace: <Fact extends OfPosition>(
      facts: readonly Fact[],
      fold: (facts: Fact[]) => Figures,
    ): Map<string, Figures | null> => {
      const groups = groupBy(facts.filter(isAsked), (fact) => groupOf(placeOf(question), fact, 0));
      return new Map([...groups].map(([group, ofGroup]) => [group, fold(ofGroup)]));
    },
  };
}

/** `by` of a report that has no periods. */
export function placeOf({ by }: StockQuestion): "all" | "location" | "category" {
  return by === "location" || by === "category" ? by : "all";
}

const productOfGtin = (gtin: number) => PRODUCTS.find((product) => product.gtin === gtin) ?? PRODUCTS[0];
const categoryOf = (gtin: number): string => productOfGtin(gtin).category;
const costOf: CostOf = (gtin) => productOfGtin(gtin).costMicros;

function groupOf(by: By, { locationId, gtin }: OfPosition, day: number): string {
  switch (by) {
    case "all":
      return "all";
    case "location":
      return locationId;
    case "category":
      return categoryOf(gtin);
    case "day":
    case "week":
    case "month":
      return dateOfDay(periodOf(by, day)?.begin ?? day);
    default:
      return by satisfies never;
  }
}

function periodOf(by: By, day: number): { begin: number; next: number } | null {
  if (by === "day") return { begin: day, next: day + 1 };
  if (by === "week") {
    // 1970-01-01 was a Thursday.
    const begin = day - ((day + 3) % 7);
    return { begin, next: begin + 7 };
  }
  if (by !== "month") return null;
  const month = calendarOf("UTC").monthOfDay(day);
  return { begin: firstDayOf(month), next: firstDayOf(month + 1) };
}

/** Products at locations whose book is above 0, with their last evidence. */
function provedPositions(past: StoredPast): (ProvedPosition & { isTagged: boolean })[] {
  const positions = groupBy(past.changes, ({ locationId, gtin }) => `${locationId}/${gtin}`);
  return [...positions.values()].flatMap((changes) => {
    const [one] = changes;
    const units = sumOf(changes, ({ onHand }) => onHand);
    if (one === undefined || units <= 0) return [];
    const { locationId, gtin } = one;
    const isOfIt = (fact: OfPosition) => fact.locationId === locationId && fact.gtin === gtin;
    const evidence = [...past.sights, ...past.counts.filter(({ isLive }) => isLive)].filter(isOfIt);
    const zones = groupBy(
      past.items.filter((item) => isOfIt(item) && item.isHere),
      ({ zoneId }) => zoneId,
    );
    const [zone] = [...zones].toSorted(
      ([one_, items], [other, others]) => others.length - items.length || (one_ < other ? 1 : -1),
    );
    const { isTagged, costMicros, priceMicros } = productOfGtin(gtin);
    return [
      {
        locationId,
        gtin,
        units,
        firstMs: Math.min(...changes.map(({ atMs }) => atMs)),
        seenMs: evidence.length === 0 ? null : Math.max(...evidence.map(({ atMs }) => atMs)),
        zoneId: zone?.[0] ?? "",
        costMicros,
        priceMicros,
        isTagged,
      },
    ];
  });
}

/** Stock and sales as facts of days, for figures that are made of both. */
export function inventoryFacts({ stock, salesOnBook }: AskedPast) {
  type Fact = OfPosition & { day: number; stock: StockDay | null; sale: SaleLine | null };
  const facts: Fact[] = [
    ...stock.map((day) => ({
      locationId: day.locationId,
      gtin: day.gtin,
      day: day.day,
      stock: day,
      sale: null,
    })),
    ...salesOnBook.map(({ locationId, gtin, day, sale }) => ({ locationId, gtin, day, stock: null, sale })),
  ];
  return facts;
}
