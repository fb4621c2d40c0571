import { setMaxListeners } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import type { Random } from "../../../simulators/random.ts";
import type { Simulation } from "../../../simulators/simulation.ts";
import type { Unit } from "../../../simulators/world/unit.ts";
import type { DemoCalls } from "./demo-calls.ts";
import { BETWEEN, drawTime, type TimeName } from "./demo-times.ts";

const MOST_AT_ONCE = 2_000;
const ACCOUNTS = 400;
/** The others order as guests. */
const HAS_ACCOUNT = 0.85;
const MOST_PURCHASES = 400;
/** Of those who were to collect something. */
const NEVER_COMES = 0.06;

/** A unit that somebody ordered and has at home now. */
export type Purchase = {
  orderId: string;
  customerId: string | null;
  locationId: string;
  channel: string;
  unit: Readonly<Unit>;
};

/** What shoppers and staff of the demo share. */
export type DemoPeople = {
  calls: DemoCalls;
  simulation: Simulation;
  random: Random;
  signal: AbortSignal;
  neverComes: number;
  /** What was handed over lately and may come back. */
  purchases: Purchase[];
  /** Units that staff were asked to look for, by task. */
  sought: Map<string, Readonly<Unit>>;
  /** Who may use an offer that was given to them, with the offer. */
  offersOf: Map<string, string>;
  /** Resolves when somebody has done that; rejects when the demo ends. */
  takeTimeFor(name: TimeName): Promise<void>;
  /** Resolves when the next of its kind comes. */
  next(kind: keyof typeof BETWEEN): Promise<void>;
  pass(simulatedSeconds: number): Promise<void>;
  /** Somebody with an account of the web shop; null: a guest. */
  someCustomer(): Promise<string | null>;
  keep(purchase: Purchase): void;
};

export function createDemoPeople(deps: {
  calls: DemoCalls;
  simulation: Simulation;
  random: Random;
  signal: AbortSignal;
  /** Simulated seconds a second. */
  speed: number;
  between?: Readonly<Record<keyof typeof BETWEEN, number>>;
  neverComes?: number;
}): DemoPeople {
  const { speed, signal, between = BETWEEN, neverComes = NEVER_COMES, ...rest } = deps;
  const customers = new Map<number, string>();
  const purchases: Purchase[] = [];
  // Each of them waits on it, and there may be as many at once as there is work.
  setMaxListeners(MOST_AT_ONCE, signal);

  const pass = async (simulatedSeconds: number): Promise<void> => {
    await pause((simulatedSeconds * 1000) / speed, undefined, { signal });
  };
  return {
    ...rest,
    signal,
    neverComes,
    purchases,
    sought: new Map(),
    offersOf: new Map(),
    pass,
    takeTimeFor: (name) => pass(drawTime(rest.random, name)),
    next: (kind) => pass(rest.random.exponential(between[kind])),
    async someCustomer() {
      if (!rest.random.chance(HAS_ACCOUNT)) return null;
      const number = rest.random.int(ACCOUNTS);
      const known = customers.get(number);
      if (known !== undefined) return known;
      const customer = await rest.calls.customer(`demo-${number}`);
      if (customer !== null) customers.set(number, customer.customerId);
      return customer?.customerId ?? null;
    },
    keep(purchase) {
      purchases.push(purchase);
      if (purchases.length > MOST_PURCHASES) purchases.shift();
    },
  };
}
