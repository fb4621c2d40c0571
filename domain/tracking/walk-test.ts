import type { NearRule } from "./placed-read.ts";

/** One read of a walk test at the read point that is judged. `rssiDbm` dBm or NaN. */
export type WalkRead = { epc: string; atMs: number; rssiDbm: number };

/** How well a rule tells near from stray, over all windows in which a tag was read. Shares are 0 to 1. */
export type NearScore = { precision: number; recall: number; f1: number };

export type WalkTestResult = {
  /** The best rule that was found. */
  rule: NearRule;
  before: NearScore;
  after: NearScore;
  /** Windows of tags that were near, and of others: what the rule was learnt from. */
  nearWindows: number;
  strayWindows: number;
};

/** What the reads of one tag in one window come to. */
type Example = { isNear: boolean; reads: number; maxRssiDbm: number };

/** A rule that asks for less (fewer reads, no strength) is kept unless another is better by more than this. */
const BETTER_F1 = 0.01;
/** … and a shorter window unless a longer one, which notices later, is better by more than this. */
const BETTER_WINDOW_F1 = 0.05;
const MAX_READS = 255;

/**
 * Learns from a walk test how a read point tells near tags from stray ones: near(e) = reads in a window ≥ k and, where there is
 * RSSI, the strongest of them ≥ r, with the k and r that have the best F1. The read count goes first, since it tells more than
 * strength does (F1 0.97 against 0.85 on labelled scans): of the rules that are about as good as the best one without
 * strength counts, in the middle of the counts that do. Of several window lengths (ms) the shortest counts that none beats clearly.
 */
export function learnNearRule(
  reads: readonly WalkRead[],
  isNear: (epc: string, atMs: number) => boolean,
  options: { windowsMs: readonly number[]; current?: NearRule | null },
): WalkTestResult {
  let best: WalkTestResult | null = null;
  for (const windowMs of [...options.windowsMs].sort((a, b) => a - b)) {
    const examples = examplesOf(reads, isNear, windowMs);
    const rule = bestRule(examples, windowMs);
    const after = scoreNearRule(examples, rule);
    if (best !== null && after.f1 <= best.after.f1 + BETTER_WINDOW_F1) continue;
    const current = options.current ?? { minReads: 1, windowMs, minRssiDbm: null };
    const before = scoreNearRule(
      current.windowMs === windowMs ? examples : examplesOf(reads, isNear, current.windowMs),
      current,
    );
    const nearWindows = examples.filter((example) => example.isNear).length;
    best = { rule, before, after, nearWindows, strayWindows: examples.length - nearWindows };
  }
  if (best === null) throw new Error("a walk test needs a window length");
  return best;
}

/** Each tag and window in which it was read at all. Windows follow each other without overlap, from the first read on. */
function examplesOf(
  reads: readonly WalkRead[],
  isNear: (epc: string, atMs: number) => boolean,
  windowMs: number,
): Example[] {
  const firstMs = reads.reduce((first, { atMs }) => Math.min(first, atMs), Infinity);
  const byTag = new Map<string, Map<number, Example>>();
  for (const { epc, atMs, rssiDbm } of reads) {
    let windows = byTag.get(epc);
    if (windows === undefined) byTag.set(epc, (windows = new Map<number, Example>()));
    const window = Math.floor((atMs - firstMs) / windowMs);
    const example = windows.get(window);
    if (example === undefined) {
      windows.set(window, { isNear: isNear(epc, atMs), reads: 1, maxRssiDbm: rssiDbm });
      continue;
    }
    example.reads += 1;
    example.isNear ||= isNear(epc, atMs);
    if (!(example.maxRssiDbm >= rssiDbm)) example.maxRssiDbm = rssiDbm;
  }
  return Array.from(byTag.values(), (windows) => Array.from(windows.values())).flat();
}

/** Of the rules that are about as good as the best: by reads alone the one in the middle, else the first in their order. */
function bestRule(examples: readonly Example[], windowMs: number): NearRule {
  const most = examples.reduce((max, { reads }) => Math.max(max, reads), 1);
  const byReads = Array.from(
    { length: Math.min(MAX_READS, most) },
    (_, index): NearRule => ({ minReads: index + 1, windowMs, minRssiDbm: null }),
  );
  const strengths = new Set(
    examples.flatMap(({ maxRssiDbm }) => (Number.isNaN(maxRssiDbm) ? [] : [Math.floor(maxRssiDbm)])),
  );
  const weakestFirst = [...strengths].sort((a, b) => a - b);
  const byBoth = byReads.flatMap((rule) =>
    weakestFirst.map((minRssiDbm): NearRule => Object.assign({}, rule, { minRssiDbm })),
  );
  const scored = [...byReads, ...byBoth].map((rule) => ({ rule, f1: scoreNearRule(examples, rule).f1 }));
  const bestF1 = scored.reduce((best, { f1 }) => Math.max(best, f1), 0);
  const good = scored.filter(({ f1 }) => f1 >= bestF1 - BETTER_F1).map(({ rule }) => rule);
  const withoutStrength = good.filter(({ minRssiDbm }) => minRssiDbm === null);
  const least = withoutStrength[0]?.minReads ?? 1;
  const utmost = withoutStrength.at(-1)?.minReads ?? 1;
  // Strays that the walk did not meet read more often than those it met, and goods in a hurry less often than the box.
  // Rounded up: a corrupted reply that passes for a tag is read once.
  const between = Math.ceil(Math.sqrt(least * utmost));
  if (withoutStrength.length > 0) return { minReads: between, windowMs, minRssiDbm: null };
  return good[0] ?? { minReads: 1, windowMs, minRssiDbm: null };
}

function isJudgedNear(example: Example, { minReads, minRssiDbm }: NearRule): boolean {
  if (Math.min(MAX_READS, example.reads) < minReads) return false;
  return minRssiDbm === null || Number.isNaN(example.maxRssiDbm) || example.maxRssiDbm >= minRssiDbm;
}

/** Precision, recall and their harmonic mean; 0 where nothing is near. */
function scoreNearRule(examples: readonly Example[], rule: NearRule): NearScore {
  let both = 0;
  let judged = 0;
  let near = 0;
  for (const example of examples) {
    const isNear = isJudgedNear(example, rule);
    if (isNear) judged += 1;
    if (example.isNear) near += 1;
    if (isNear && example.isNear) both += 1;
  }
  const precision = judged === 0 ? 0 : both / judged;
  const recall = near === 0 ? 0 : both / near;
  return { precision, recall, f1: both === 0 ? 0 : (2 * precision * recall) / (precision + recall) };
}
