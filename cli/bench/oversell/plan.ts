/** What a run does. Every attempt wants one unit of one product; all products are at one location. */
export type OversellPlan = {
  attempts: number;
  clients: number;
  products: number;
  unitsPerProduct: number;
  /** SIGKILLs of the system's process, at even distances. */
  kills: number;
};

/**
 * Two phases. While `churning`, few of the granted units are kept: most are released or left to expire, so that units
 * come free and are fought for all the time. Then come the `keeping` attempts, enough to take all that is left and to be
 * refused when there is nothing more.
 */
export type Phases = { churning: number; keeping: number };

export function phasesOf(plan: OversellPlan): Phases {
  const units = plan.products * plan.unitsPerProduct;
  const keeping = Math.min(Math.floor(plan.attempts / 2), 2 * units + plan.clients);
  return { churning: plan.attempts - keeping, keeping };
}

/** Why the plan can show nothing; null when it can. */
export function problemOfPlan(plan: OversellPlan): string | null {
  const units = plan.products * plan.unitsPerProduct;
  if (phasesOf(plan).keeping < units * 1.5) {
    return `${plan.attempts} attempts do not contend for ${units} units: at least three attempts a unit are needed.`;
  }
  return plan.kills > plan.attempts / 100 ? "That is more than one kill in 100 attempts." : null;
}

export type Fate = "keep" | "release" | "extend" | "expire";

const SHORT_TTL_SECONDS = 1;
const TTL_SECONDS = 60;

/** What becomes of the unit if the attempt gets one; the same for the same number. */
export function fateOf(attempt: number): Exclude<Fate, "keep"> {
  // Knuth's multiplicative hash: neighbours differ.
  const share = (Math.imul(attempt + 1, 2_654_435_761) >>> 0) / 2 ** 32;
  return share < 0.6 ? "release" : share < 0.8 ? "expire" : "extend";
}

/** One that is to be extended is extended once, and then left to expire. */
export function ttlSecondsOf(fate: Fate): number {
  return fate === "release" || fate === "keep" ? TTL_SECONDS : SHORT_TTL_SECONDS;
}
