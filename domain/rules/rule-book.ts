import { createLocalClock, isTimeZone, type LocalClock } from "../time-zone/local-clock.ts";
import type { AvailabilityRule } from "./availability-rule.ts";
import { compareNarrowness } from "./narrowness.ts";
import { type WindowState, windowAt } from "./rule-window.ts";

/** What rules do to a position for a channel, whole units; `cap` null: all is shown. */
export type RuleEffect = { safetyStock: number; allocated: number; cap: number | null };

/** A rule that fits a position. `isInForce`: its window is open; `units`: what it withholds or shows, 0 where another one holds. */
export type FittingRule = { rule: AvailabilityRule; isInForce: boolean; holds: boolean; units: number };

/** Units of an allocation that its channel has used: what its live reservations hold, and what was handed over since it began. */
export type UsedUnits = (rule: AvailabilityRule, locationId: string, gtin: number, atMs: number) => number;

export type RuleBookInput = {
  rules: readonly AvailabilityRule[];
  groups: readonly { groupId: string; locations: readonly string[] }[];
  locations: readonly { locationId: string; timeZone: string }[];
  /** Of products whose category a rule names; others may be absent. */
  categories: ReadonlyMap<number, string>;
  usedUnits: UsedUnits;
};

/** A rule where one clock holds; its window's state is looked up once for the time that it lasts. */
type PlacedRule = { rule: AvailabilityRule; clock: LocalClock; state: WindowState; sinceMs: number };

/** Rules of one location. Lists are ordered from the narrowest on. */
type LocationRules = {
  all: readonly PlacedRule[];
  general: readonly PlacedRule[];
  ofGtin: ReadonlyMap<number, readonly PlacedRule[]>;
  ofCategory: ReadonlyMap<string, readonly PlacedRule[]>;
};

const NOTHING: RuleEffect = Object.freeze({ safetyStock: 0, allocated: 0, cap: null });
const NEVER: WindowState = { isIn: false, untilMs: -Infinity };
const NO_RULES: readonly PlacedRule[] = [];
/** No product has this number. */
const NO_PRODUCT = -1;

export type RuleBook = ReturnType<typeof createRuleBook>;

/**
 * Rules made ready for quick answers: a position without rules costs two look-ups, one with rules as many steps as rules fit it.
 * Of `safety_stock` and of `cap` the narrowest that is in force holds; of allocations the narrowest of each channel
 * (`compareNarrowness`). A location that is not known has the clock of UTC.
 */
export function createRuleBook(input: RuleBookInput) {
  const { rules, categories, usedUnits } = input;
  const groupsOf = new Map<string, Set<string>>();
  for (const group of input.groups) {
    for (const locationId of group.locations) {
      const known = groupsOf.get(locationId) ?? new Set();
      groupsOf.set(locationId, known.add(group.groupId));
    }
  }
  const zones = new Map(input.locations.map(({ locationId, timeZone }) => [locationId, timeZone]));
  const clocks = new Map<string, LocalClock>();
  const byLocation = new Map<string, LocationRules>();
  /** By clock and rule, so that a window is followed once for all locations of a zone. */
  const placed = new Map<string, Map<string, PlacedRule>>();

  function clockOf(locationId: string): LocalClock {
    const wished = zones.get(locationId) ?? "UTC";
    const timeZone = isTimeZone(wished) ? wished : "UTC";
    const clock = clocks.get(timeZone) ?? createLocalClock(timeZone);
    clocks.set(timeZone, clock);
    return clock;
  }

  function place(rule: AvailabilityRule, clock: LocalClock): PlacedRule {
    const ofZone = placed.get(clock.timeZone) ?? new Map<string, PlacedRule>();
    placed.set(clock.timeZone, ofZone);
    const one = ofZone.get(rule.ruleId) ?? { rule, clock, state: NEVER, sinceMs: Infinity };
    ofZone.set(rule.ruleId, one);
    return one;
  }

  function compile(locationId: string): LocationRules {
    const clock = clockOf(locationId);
    const all = rules
      .filter(({ scope }) => scope.locationId === null || scope.locationId === locationId)
      .filter(
        ({ scope }) =>
          scope.locationGroup === null || groupsOf.get(locationId)?.has(scope.locationGroup) === true,
      )
      .toSorted(compareNarrowness)
      .map((rule) => place(rule, clock));
    const listFor = (gtin: number, category: string | undefined) =>
      all.filter(({ rule: { scope } }) => fitsProduct(scope, gtin, category));
    const ofGtin = new Map<number, readonly PlacedRule[]>();
    const ofCategory = new Map<string, readonly PlacedRule[]>();
    for (const { rule } of all) {
      const { gtin, category } = rule.scope;
      if (gtin !== null) ofGtin.set(Number(gtin), listFor(Number(gtin), categories.get(Number(gtin))));
      if (category !== null) ofCategory.set(category, listFor(NO_PRODUCT, category));
    }
    return { all, general: listFor(NO_PRODUCT, undefined), ofGtin, ofCategory };
  }

  function rulesOf(locationId: string): LocationRules {
    const known = byLocation.get(locationId);
    if (known !== undefined) return known;
    const compiled = compile(locationId);
    byLocation.set(locationId, compiled);
    return compiled;
  }

  function candidates(locationId: string, gtin: number): readonly PlacedRule[] {
    if (rules.length === 0) return NO_RULES;
    const found = rulesOf(locationId);
    const ofGtin = found.ofGtin.get(gtin);
    if (ofGtin !== undefined) return ofGtin;
    if (found.ofCategory.size === 0) return found.general;
    return found.ofCategory.get(categories.get(gtin) ?? "") ?? found.general;
  }

  function remaining(rule: AvailabilityRule, locationId: string, gtin: number, atMs: number): number {
    return Math.max(0, rule.quantity - Math.max(0, usedUnits(rule, locationId, gtin, atMs)));
  }

  return {
    /** True where no rule fits, in force or not. */
    hasNoRules: (locationId: string, gtin: number): boolean => candidates(locationId, gtin).length === 0,

    /** What holds for a channel at a position and an instant, Unix ms. The answer is shared: don't change it. */
    effectOn(locationId: string, gtin: number, channel: string, atMs: number): RuleEffect {
      const fitting = candidates(locationId, gtin);
      if (fitting.length === 0) return NOTHING;
      let safetyStock: number | null = null;
      let cap: number | null = null;
      let allocated = 0;
      const told = new Set<string>();
      for (const one of fitting) {
        const { rule } = one;
        const of = rule.scope.channel;
        if (rule.kind === "allocation") {
          if (of === null || told.has(of) || !isInForce(one, atMs)) continue;
          told.add(of);
          if (of !== channel) allocated += remaining(rule, locationId, gtin, atMs);
        } else if (of !== null && of !== channel) continue;
        else if (rule.kind === "safety_stock") {
          if (safetyStock === null && isInForce(one, atMs)) safetyStock = rule.quantity;
        } else if (cap === null && isInForce(one, atMs)) cap = rule.quantity;
      }
      if (safetyStock === null && cap === null && allocated === 0) return NOTHING;
      return { safetyStock: safetyStock ?? 0, allocated, cap };
    },

    /** Every rule that fits a position and speaks of a channel, the narrowest first, and which of them hold: for explanations. */
    fittingRules(locationId: string, gtin: number, channel: string, atMs: number): FittingRule[] {
      const held = new Set<string>();
      return candidates(locationId, gtin)
        .filter(
          ({ rule }) =>
            rule.kind === "allocation" || rule.scope.channel === null || rule.scope.channel === channel,
        )
        .map((one) => {
          const { rule } = one;
          const key = rule.kind === "allocation" ? `allocation ${rule.scope.channel}` : rule.kind;
          const isOpen = isInForce(one, atMs);
          const isOwn = rule.kind === "allocation" && rule.scope.channel === channel;
          const holds = isOpen && !held.has(key);
          if (holds) held.add(key);
          const units =
            !holds || isOwn
              ? 0
              : rule.kind === "allocation"
                ? remaining(rule, locationId, gtin, atMs)
                : rule.quantity;
          return { rule, isInForce: isOpen, holds, units };
        });
    },

    /** True where a rule speaks of a position, in force or not. */
    covers(rule: AvailabilityRule, locationId: string, gtin: number): boolean {
      return candidates(locationId, gtin).some((one) => one.rule.ruleId === rule.ruleId);
    },

    /** The windows of all rules by each clock of the locations, at an instant: whether they are open, and until when that lasts. */
    windowsAt(atMs: number): { rule: AvailabilityRule; timeZone: string; state: WindowState }[] {
      for (const { locationId } of input.locations) clockOf(locationId);
      clockOf("");
      return [...clocks.values()].flatMap((clock) =>
        rules.map((rule) => ({ rule, timeZone: clock.timeZone, state: windowAt(rule, clock, atMs) })),
      );
    },

    clockOf,
  };
}

function isInForce(one: PlacedRule, atMs: number): boolean {
  if (atMs < one.sinceMs || atMs >= one.state.untilMs) {
    one.state = windowAt(one.rule, one.clock, atMs);
    one.sinceMs = atMs;
  }
  return one.state.isIn;
}

function fitsProduct(scope: AvailabilityRule["scope"], gtin: number, category: string | undefined): boolean {
  if (scope.gtin !== null) return Number(scope.gtin) === gtin;
  return scope.category === null || scope.category === category;
}
