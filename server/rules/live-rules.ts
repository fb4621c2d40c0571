import type { Logger } from "pino";
import { settingsMessageSchema } from "../../domain/api/master-data-answers.ts";
import type { MessageBus } from "../../domain/message-bus.ts";
import type { AvailabilityRule } from "../../domain/rules/availability-rule.ts";
import { createRuleBook, type RuleBook, type UsedUnits } from "../../domain/rules/rule-book.ts";
import type { Database } from "../../sql/database.ts";
import { parsePayload } from "../projection/parse-payload.ts";
import type { Projection } from "../projection/projection.ts";
import { type AllocationSales, createAllocationSales } from "./allocation-sales.ts";
import type { RuleSet, RuleStore } from "./rule-store.ts";

/** Windows are looked at so often; a start, an end or a release is told of within a second. */
const LOOK_EVERY_MS = 250;
const FOLLOW_SALES_EVERY_MS = 1_000;
/** Rows of positions that are looked at before others have their turn. */
const ROWS_AT_ONCE = 20_000;

const EMPTY: RuleSet = { rules: [], groups: [], locations: [], categories: new Map() };

/** Units that live reservations of one channel hold, at an instant in Unix ms. */
export type ReservedByChannel = (locationId: string, gtin: number, channel: string, atMs: number) => number;

export type LiveRules = ReturnType<typeof createLiveRules>;

/**
 * The rules in force, in memory: read from their table at the start and whenever somebody changes them, here or on another
 * server. What a change, a window or a release alters is told to those who follow positions, though no stock moved.
 */
export function createLiveRules(deps: {
  db: Database;
  bus: MessageBus;
  root: string;
  logger: Logger;
  nowMs(): number;
  store: RuleStore;
  projection: Projection;
  reservedByChannel: ReservedByChannel;
}) {
  const { logger, nowMs, projection } = deps;
  let set = EMPTY;
  let sales = createAllocationSales({ db: deps.db, book: () => book, rules: [], nowMs });
  let book = makeBook(EMPTY, sales);
  let nextChangeMs = Infinity;
  let nextSalesMs = 0;
  let open = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let reloading: Promise<void> | null = null;
  let isFollowing = false;

  function makeBook(from: RuleSet, itsSales: AllocationSales): RuleBook {
    const rules = from.rules.map(({ rule }) => rule);
    return createRuleBook({ ...from, rules, usedUnits: usedUnitsOf(itsSales) });
  }

  function usedUnitsOf(itsSales: AllocationSales): UsedUnits {
    return (rule, locationId, gtin, atMs) =>
      deps.reservedByChannel(locationId, gtin, rule.scope.channel ?? "", atMs) +
      itsSales.soldUnits(rule.ruleId, locationId, gtin);
  }

  /** Notes which windows are open and when that changes next. @returns rules whose window opened or closed since. */
  function noteWindows(atMs: number): AvailabilityRule[] {
    const before = open;
    const changed = new Map<string, AvailabilityRule>();
    open = new Set();
    nextChangeMs = Infinity;
    for (const { rule, timeZone, state } of book.windowsAt(atMs)) {
      const key = `${rule.ruleId} ${timeZone}`;
      if (state.isIn) open.add(key);
      if (state.isIn !== before.has(key)) changed.set(rule.ruleId, rule);
      nextChangeMs = Math.min(nextChangeMs, state.untilMs);
    }
    return [...changed.values()];
  }

  /** Gives every position that one of the rules covers a new revision, in turns. */
  async function touchCovered(covered: readonly { book: RuleBook; rule: AvailabilityRule }[]): Promise<void> {
    if (covered.length === 0 || !projection.isLoaded()) return;
    const table = projection.table();
    for (let row = 0; row < table.size; row += 1) {
      if (row % ROWS_AT_ONCE === ROWS_AT_ONCE - 1) await new Promise((resolve) => setImmediate(resolve));
      const locationId = table.locationIdAt(row);
      const gtin = table.gtinAt(row);
      if (covered.some((one) => one.book.covers(one.rule, locationId, gtin)))
        projection.touch(locationId, gtin);
    }
  }

  async function reload(): Promise<void> {
    const loaded = await deps.store.loadNow();
    const before = { set, book };
    const versions = new Map(before.set.rules.map(({ rule, version }) => [rule.ruleId, version]));
    const isSameWorld =
      JSON.stringify([before.set.groups, before.set.locations]) ===
      JSON.stringify([loaded.groups, loaded.locations]);
    const nextSales = createAllocationSales({ db: deps.db, book: () => next, rules: loaded.rules, nowMs });
    const next = makeBook(loaded, nextSales);
    await nextSales.follow(() => {});
    set = loaded;
    book = next;
    sales = nextSales;
    noteWindows(nowMs());
    const kept = new Set(loaded.rules.map(({ rule }) => rule.ruleId));
    await touchCovered([
      ...before.set.rules
        .filter(
          ({ rule, version }) =>
            !isSameWorld || !kept.has(rule.ruleId) || version !== versionNow(rule.ruleId),
        )
        .map(({ rule }) => ({ book: before.book, rule })),
      ...loaded.rules
        .filter(({ rule, version }) => !isSameWorld || versions.get(rule.ruleId) !== version)
        .map(({ rule }) => ({ book: next, rule })),
    ]);
  }

  function versionNow(ruleId: string): number | undefined {
    return set.rules.find(({ rule }) => rule.ruleId === ruleId)?.version;
  }

  /** One reload at a time; a change that comes while one runs is read by another after it. */
  async function reloadInTurn(): Promise<void> {
    const before = reloading;
    const mine = (async () => {
      await before?.catch(() => {});
      await reload();
    })();
    reloading = mine;
    await mine;
  }

  function reloadSoon(): void {
    reloadInTurn().catch((error: unknown) => {
      logger.error({ err: error }, "rules could not be read again; those known before hold until they can");
    });
  }

  async function look(): Promise<void> {
    const atMs = nowMs();
    if (atMs >= nextChangeMs) {
      await touchCovered(noteWindows(atMs).map((rule) => ({ book, rule })));
    }
    if (sales.isEmpty || atMs < nextSalesMs) return;
    nextSalesMs = atMs + FOLLOW_SALES_EVERY_MS;
    await sales.follow((locationId, gtin) => projection.touch(locationId, gtin));
  }

  function lookInTurn(): void {
    if (isFollowing) return;
    isFollowing = true;
    look()
      .catch((error: unknown) =>
        logger.warn({ err: error }, "sales of allocations could not be read; trying again"),
      )
      .finally(() => {
        isFollowing = false;
      });
  }

  return {
    book: () => book,
    ruleSet: (): RuleSet => set,
    effectOn: (locationId: string, gtin: number, channel: string, atMs: number) =>
      book.effectOn(locationId, gtin, channel, atMs),
    usedUnits: ((rule, locationId, gtin, atMs) =>
      usedUnitsOf(sales)(rule, locationId, gtin, atMs)) satisfies UsedUnits,
    /** The clock of a location; UTC where it is not known. */
    clockOf: (locationId: string) => book.clockOf(locationId),
    /** Reads the rules again now; resolves when they hold here. */
    reload: reloadInTurn,
    async start(): Promise<void> {
      await reloadInTurn();
      await deps.bus.subscribe(`${deps.root}/settings`, (_topic, payload) => {
        const changed = parsePayload(settingsMessageSchema, payload)?.changed ?? [];
        const isOfRules = changed.includes("rules") || changed.includes("locations");
        const isOfCategories =
          changed.includes("products") && set.rules.some(({ rule }) => rule.scope.category !== null);
        if (isOfRules || isOfCategories) reloadSoon();
      });
      timer = setInterval(lookInTurn, LOOK_EVERY_MS);
      timer.unref();
    },
    stop(): void {
      clearInterval(timer);
    },
  };
}
