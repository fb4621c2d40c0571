import { computeAvailability } from "../availability/compute-availability.ts";
import type { MovementReason } from "../movement.ts";
import { STOCK_STATES, type StockState } from "../stock-state.ts";
import type { ExplainHold, ExplainRule, ExplainStep, ExplainTerm, Explanation } from "./explanation.ts";

/** A movement of the product at the location. Times are RFC 3339; empty text = not known. */
export type ExplainLine = {
  sequence: number;
  ordinal: number;
  state: StockState;
  quantity: number;
  reason: MovementReason;
  epc: string;
  reservationId: string;
  orderId: string;
  eventId: string;
  eventType: string;
  source: string;
  occurredAt: string;
  recordedAt: string;
};

/** Lines folded into one: units by state, in the order of `STOCK_STATES`. */
export type FoldedLines = {
  lines: number;
  units: readonly number[];
  firstOccurredAt: string | null;
  lastOccurredAt: string | null;
};

/** The last count that looked at the product before the instant. */
export type LastCount = {
  countId: string;
  ordinal: number;
  eventId: string;
  eventType: string;
  source: string;
  occurredAt: string;
  recordedAt: string;
  expected: number;
  counted: number;
};

/** Everything an explanation is made of, for one product at one location and channel at one instant. */
export type ExplainFacts = Pick<
  Explanation,
  "gtin" | "locationId" | "channel" | "confidence" | "at" | "basis" | "isNow" | "throughSequence"
> & {
  folded: FoldedLines;
  /** True when lines were folded because there are too many, not because a count came after them. */
  isCut: boolean;
  /** In the order in which they are told. */
  lines: readonly ExplainLine[];
  count: LastCount | null;
  holds: readonly ExplainHold[];
  rules: readonly ExplainRule[];
  /** The units that are there with the probability asked for; null where none was. */
  certain: number | null;
};

const SELLABLE = STOCK_STATES.indexOf("sellable");
const DISPLAY_ONLY = STOCK_STATES.indexOf("display_only");

/** Composes the explanation from its facts; pure. The terms sum to the available units (`sumOfTerms`). */
export function explainAvailability(facts: ExplainFacts): Explanation {
  const { folded, lines, holds, rules, certain } = facts;
  const openingOnHand = total(folded.units);
  const openingSellable = folded.units[SELLABLE] ?? 0;
  const steps = toSteps(lines, facts.count, openingOnHand, openingSellable);
  const onHand = openingOnHand + total(steps.map((step) => step.onHand));
  const sellable = openingSellable + total(steps.map((step) => step.sellable));
  const displayOnly =
    (folded.units[DISPLAY_ONLY] ?? 0) +
    total(lines.map((line) => (line.state === "display_only" ? line.quantity : 0)));
  const reserved = total(holds.map((hold) => hold.units));
  const unitsOf = (kind: ExplainRule["kind"]) =>
    total(rules.map((rule) => (rule.kind === kind ? rule.units : 0)));
  const safetyStock = unitsOf("safety_stock");
  const allocated = unitsOf("allocation");
  const cap = rules.find((rule) => rule.kind === "cap")?.units ?? null;
  const { available, reasonCode } = computeAvailability({
    onHand,
    sellable,
    displayOnly,
    reserved,
    safetyStock,
    allocated,
    certain,
    hasRecord: folded.lines + lines.length > 0,
  });
  const shown = cap === null ? available : Math.min(available, cap);
  const { gtin, locationId, channel, confidence, at, basis, isNow, throughSequence } = facts;
  return {
    gtin,
    locationId,
    channel,
    confidence,
    at,
    basis,
    isNow,
    throughSequence,
    answer: {
      onHand,
      sellable,
      reserved,
      safetyStock,
      allocated,
      available: shown,
      isCapped: shown < available,
      reasonCode,
    },
    opening: {
      standsFor: folded.lines === 0 ? "start" : facts.isCut ? "older_steps" : "last_count",
      lines: folded.lines,
      firstOccurredAt: folded.firstOccurredAt,
      lastOccurredAt: folded.lastOccurredAt,
      onHand: openingOnHand,
      sellable: openingSellable,
    },
    steps,
    holds: [...holds],
    rules: [...rules],
    terms: toTerms({ sellable, certain, reserved, safetyStock, allocated, available, shown }),
  };
}

/** Σ of the terms: the available units that the explanation comes to. */
export function sumOfTerms(explanation: Explanation): number {
  return total(explanation.terms.map((term) => term.units));
}

/** Each line with its balance; the count stands before the first line that is its own or later. */
function toSteps(
  lines: readonly ExplainLine[],
  count: LastCount | null,
  onHand: number,
  sellable: number,
): ExplainStep[] {
  const steps: ExplainStep[] = [];
  let isCountTold = count === null;
  let onHandAfter = onHand;
  let sellableAfter = sellable;
  const tellCount = (last: LastCount) => {
    isCountTold = true;
    const { countId, expected, counted, ordinal: _, ...event } = last;
    steps.push({
      kind: "count",
      ...event,
      ...NO_LINE,
      count: { countId, expected, counted },
      onHandAfter,
      sellableAfter,
    });
  };
  for (const line of lines) {
    if (!isCountTold && count !== null && line.ordinal >= count.ordinal) tellCount(count);
    const effect = line.state === "sellable" ? line.quantity : 0;
    onHandAfter += line.quantity;
    sellableAfter += effect;
    steps.push({
      kind: "movement",
      occurredAt: line.occurredAt,
      recordedAt: line.recordedAt,
      source: line.source,
      eventId: line.eventId,
      eventType: line.eventType,
      sequence: line.sequence,
      reason: line.reason,
      state: line.state,
      epc: line.epc === "" ? null : line.epc,
      reservationId: line.reservationId === "" ? null : line.reservationId,
      orderId: line.orderId === "" ? null : line.orderId,
      count: null,
      onHand: line.quantity,
      sellable: effect,
      onHandAfter,
      sellableAfter,
    });
  }
  if (!isCountTold && count !== null) tellCount(count);
  return steps;
}

const NO_LINE = {
  sequence: null,
  reason: null,
  state: null,
  epc: null,
  reservationId: null,
  orderId: null,
  onHand: 0,
  sellable: 0,
} as const;

function toTerms(of: {
  sellable: number;
  certain: number | null;
  reserved: number;
  safetyStock: number;
  allocated: number;
  available: number;
  shown: number;
}): ExplainTerm[] {
  const uncertain = of.certain === null ? 0 : Math.max(0, of.sellable - of.certain);
  const beforeZero = of.sellable - uncertain - of.reserved - of.safetyStock - of.allocated;
  return [
    { term: "sellable", units: of.sellable },
    { term: "uncertain", units: 0 - uncertain },
    { term: "reserved", units: 0 - of.reserved },
    { term: "safety_stock", units: 0 - of.safetyStock },
    { term: "allocated", units: 0 - of.allocated },
    { term: "not_below_zero", units: Math.max(0, 0 - beforeZero) },
    { term: "cap", units: of.shown - of.available },
  ];
}

function total(numbers: readonly number[]): number {
  let sum = 0;
  for (const number of numbers) sum += number;
  return sum;
}
