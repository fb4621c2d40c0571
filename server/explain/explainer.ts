import type { Logger } from "pino";
import { Counter, type Registry } from "prom-client";
import { explainAvailability, sumOfTerms } from "../../domain/explain/explain-availability.ts";
import type { ExplainHold, ExplainRule, Explanation } from "../../domain/explain/explanation.ts";
import type { AvailabilityItem } from "../../domain/availability/availability-item.ts";
import { gtinFromNumber } from "../../domain/gtin.ts";
import { STOCK_STATES } from "../../domain/stock-state.ts";
import type { AvailabilityReader, PresenceOdds } from "../availability/availability-reader.ts";
import { HttpProblem } from "../problems.ts";
import type { Projection } from "../projection/projection.ts";
import type { ExplainScope, ExplainStore, StoredTotals } from "./explain-store.ts";

/**
 * A hold that is granted while the history is read is no fault, nor is an allocation of which memory learns within a second that a
 * sale used it: the question is asked again, so often.
 */
const ATTEMPTS = 8;
const BETWEEN_ATTEMPTS_MS = 250;

/** Holds of a product at a location that counted at an instant, by what was recorded until then. */
export type HoldHistory = { liveAt(scope: ExplainScope): Promise<ExplainHold[]> };

/** The rules that were in force at an instant, with the units that they took of the answer. */
export type RuleHistory = {
  inForce(
    locationId: string,
    gtin: number,
    channel: string,
    atMs: number,
  ): ExplainRule[] | Promise<ExplainRule[]>;
};

export type ExplainWish = {
  locationId: string;
  gtin: number;
  channel: string;
  confidence: number | null;
  /** Null = now. */
  atMs: number | null;
  byEventTime: boolean;
  maxSteps: number;
};

/** Two numbers that should be one. */
type Mismatch = { what: string; explained: unknown; answered: unknown };

/** Says why an availability is what it is, and never says it when the sum differs from the answer. */
export function createExplainer(deps: {
  store: ExplainStore;
  projection: Projection;
  reader: AvailabilityReader;
  odds: PresenceOdds;
  holds: HoldHistory;
  rules: RuleHistory;
  registry: Registry;
  logger: Logger;
  nowMs(): number;
}) {
  const { store, projection, reader, logger } = deps;
  const mismatches = new Counter({
    name: "onhand_explain_mismatches_total",
    help: "Explanations that were not given because their sum differed from the answer",
    registers: [deps.registry],
  });

  /** What memory answers, and the last movement that is in it: taken in one step, so that they belong together. */
  function cut(wish: ExplainWish) {
    const { locationId, gtin, channel, confidence } = wish;
    const nowMs = deps.nowMs();
    return {
      nowMs,
      through: projection.appliedSequence(locationId),
      counts: projection.table().get(locationId, gtin),
      item: reader.itemOf(locationId, gtin, { channel, quantity: 1, confidence }),
      certain: confidence === null ? null : deps.odds.unitsWith(locationId, gtin, confidence, nowMs),
    };
  }

  async function once(wish: ExplainWish): Promise<{ explanation: Explanation; mismatch: Mismatch | null }> {
    const { locationId, gtin, channel, confidence, byEventTime } = wish;
    const now = cut(wish);
    const atMs = wish.atMs ?? now.nowMs;
    const scope: ExplainScope = { locationId, gtin, atMs, byEventTime, through: now.through };
    const totals = await store.totals(scope);
    const history = await store.history(scope, wish.maxSteps);
    const explanation = explainAvailability({
      gtin: gtinFromNumber(gtin),
      locationId,
      channel,
      confidence,
      at: new Date(atMs).toISOString(),
      basis: byEventTime ? "event_time" : "answered",
      isNow: wish.atMs === null,
      throughSequence: now.through,
      ...history,
      holds: await deps.holds.liveAt(scope),
      rules: await deps.rules.inForce(locationId, gtin, channel, atMs),
      certain: now.certain,
    });
    const isLive = wish.atMs === null && !byEventTime;
    const mismatch =
      stockMismatch(totals, now.counts) ??
      stepsMismatch(explanation, totals) ??
      (isLive ? answerMismatch(explanation, now.item) : null);
    return { explanation, mismatch };
  }

  return {
    /** @throws HttpProblem `explanation_differs` when the sum is not the answer, `not_ready` while positions are loaded. */
    async explain(wish: ExplainWish): Promise<Explanation> {
      if (!projection.isLoaded()) {
        throw new HttpProblem("not_ready", "Positions are being loaded.", {}, { "retry-after": "2" });
      }
      for (let attempt = 1; ; attempt += 1) {
        const { explanation, mismatch } = await once(wish);
        if (mismatch === null) return explanation;
        if (attempt < ATTEMPTS) {
          await new Promise((resolve) => setTimeout(resolve, BETWEEN_ATTEMPTS_MS));
          continue;
        }
        mismatches.inc();
        const { locationId, gtin } = wish;
        logger.error({ locationId, gtin, ...mismatch }, "an explanation does not come to the answer");
        throw new HttpProblem(
          "explanation_differs",
          `${mismatch.what} differ for ${gtin} at ${locationId}.`,
          {
            ...mismatch,
          },
        );
      }
    },
  };
}

/** The ledger through the last applied movement, against the position in memory. */
function stockMismatch(totals: StoredTotals, counts: Record<string, number> | null): Mismatch | null {
  const explained = STOCK_STATES.map((_, at) => (totals.units[at] ?? 0) + (totals.laterUnits[at] ?? 0));
  const answered = STOCK_STATES.map((state) => counts?.[state] ?? 0);
  return isSame(explained, answered) ? null : { what: "The ledger and the position", explained, answered };
}

/** The opening balance and the steps, against a sum of its own; and the terms against the answer. */
function stepsMismatch(explanation: Explanation, totals: StoredTotals): Mismatch | null {
  const { onHand, sellable, available } = explanation.answer;
  const sellableTotal = totals.units[STOCK_STATES.indexOf("sellable")] ?? 0;
  const explained = [onHand, sellable, sumOfTerms(explanation)];
  const answered = [totals.units.reduce((sum, units) => sum + units, 0), sellableTotal, available];
  return isSame(explained, answered) ? null : { what: "The steps and the sum", explained, answered };
}

/** What is answered now. A shop that is shown a cap is not shown the rest. */
function answerMismatch({ answer, rules }: Explanation, item: AvailabilityItem): Mismatch | null {
  const hasCap = rules.some((rule) => rule.kind === "cap");
  const numbers = (of: Explanation["answer"]) => [
    of.available,
    Number(of.isCapped),
    ...(hasCap ? [] : [of.onHand, of.sellable, of.reserved, of.safetyStock, of.allocated]),
  ];
  const explained = numbers(answer);
  const answered = numbers(item);
  return isSame(explained, answered) ? null : { what: "The explanation and the answer", explained, answered };
}

function isSame(one: readonly number[], other: readonly number[]): boolean {
  return one.every((number, at) => number === other[at]);
}
