import { atLeast, mostWith } from "../../../domain/confidence/distribution.ts";
import type { Asked } from "./ask-chain.ts";

/** Lower ends of the bins of stated probabilities. */
const BINS = [0, 0.1, 0.3, 0.5, 0.7, 0.9, 0.93, 0.97, 0.99, 0.999];
const NEAR_95 = { from: 0.93, to: 0.97 };
const PROMISED_WITH = 0.95;

/** Answers "at least k are there with probability p" whose p lies in the bin: how many, the mean p, and the share that was true. */
export type Bin = { from: number; to: number; answers: number; stated: number; true: number };

/**
 * What a rule of promising did where one unit was asked for at every position with stock: promised, and of these broken (no unit was
 * there); the same where all that it would promise was asked for. `refused` are promises that would have been kept.
 */
export type Policy = {
  name: "no buffer" | "buffer 1" | "confidence 0.95";
  promised: number;
  broken: number;
  refused: number;
  unitsPromised: number;
  unitsBroken: number;
};

export type Tally = {
  answers: number;
  bins: Bin[];
  /** Answers stated with 0.93 to 0.97. */
  near95: Bin;
  /** Promises "n are there at 95 %": how many, the mean of what was stated of them, and the share that was true. */
  promises: { promises: number; stated: number; true: number };
  policies: Policy[];
  /** Kept promises of one unit that a buffer of 1 would have refused and confidence allowed. */
  salesABufferRefuses: number;
};

type Sums = { answers: number; stated: number; true: number };

export function createTally() {
  const bins: Sums[] = BINS.map(() => ({ answers: 0, stated: 0, true: 0 }));
  const near: Sums = { answers: 0, stated: 0, true: 0 };
  const promises: Sums = { answers: 0, stated: 0, true: 0 };
  const policies: Policy[] = [policyOf("no buffer"), policyOf("buffer 1"), policyOf("confidence 0.95")];
  let salesABufferRefuses = 0;

  return {
    take({ units, tail, truth }: Asked): void {
      for (let wanted = 1; wanted <= units; wanted++) {
        const stated = atLeast(tail, wanted);
        const isTrue = truth >= wanted;
        const bin = bins[BINS.findLastIndex((from) => stated >= from)];
        if (bin !== undefined) note(bin, stated, isTrue);
        if (stated >= NEAR_95.from && stated < NEAR_95.to) note(near, stated, isTrue);
      }
      const sure = Math.min(units, mostWith(tail, PROMISED_WITH));
      if (sure > 0) note(promises, atLeast(tail, sure), truth >= sure);
      for (const [index, offered] of [units, units - 1, sure].entries()) {
        const policy = policies[index];
        if (policy !== undefined) promise(policy, offered, truth);
      }
      if (units - 1 < 1 && sure >= 1 && truth >= 1) salesABufferRefuses += 1;
    },
    result(): Tally {
      return {
        answers: bins.reduce((sum, bin) => sum + bin.answers, 0),
        bins: bins.map((bin, index) => binOf(bin, BINS[index] ?? 0, BINS[index + 1] ?? 1)),
        near95: binOf(near, NEAR_95.from, NEAR_95.to),
        promises: { promises: promises.answers, stated: meanOf(promises), true: shareOf(promises) },
        policies,
        salesABufferRefuses,
      };
    },
  };
}

function policyOf(name: Policy["name"]): Policy {
  return { name, promised: 0, broken: 0, refused: 0, unitsPromised: 0, unitsBroken: 0 };
}

function promise(policy: Policy, offered: number, truth: number): void {
  if (offered < 1) {
    if (truth >= 1) policy.refused += 1;
    return;
  }
  policy.promised += 1;
  if (truth < 1) policy.broken += 1;
  policy.unitsPromised += offered;
  policy.unitsBroken += Math.max(0, offered - truth);
}

function note(sums: Sums, stated: number, isTrue: boolean): void {
  sums.answers += 1;
  sums.stated += stated;
  if (isTrue) sums.true += 1;
}

function binOf(sums: Sums, from: number, to: number): Bin {
  return { from, to, answers: sums.answers, stated: meanOf(sums), true: shareOf(sums) };
}

function meanOf({ answers, stated }: Sums): number {
  return answers === 0 ? 0 : stated / answers;
}

function shareOf(sums: Sums): number {
  return sums.answers === 0 ? 0 : sums.true / sums.answers;
}
