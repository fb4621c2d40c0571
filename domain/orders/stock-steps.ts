import {
  type DecisionContext,
  decisionMs,
  type ReservationRefusal,
  type Shortfall,
} from "../reservations/decisions/decision.ts";
import type { ReservationEvent } from "../reservations/reservation-event.ts";
import type { StockUnits } from "../reservations/sum-lines.ts";
import { prepareStep } from "./prepare-step.ts";

/**
 * What an order asks of reservations. `hold`: units for it, confirmed at once; those `from` other reservations change their
 * holder without being free in between, the others have to be available. `adopt`: a reservation becomes the order's; what it
 * holds beyond `lines` is given back. `reduce`: units are not needed, or cannot be had. `extend`: kept until another time.
 * `pick`: taken from the shelf.
 */
export type StockStep =
  | {
      kind: "hold";
      reservationId: string;
      lines: StockUnits[];
      from: { reservationId: string; lines: StockUnits[] }[];
      holdUntil: string;
      holder: Holder;
    }
  | { kind: "adopt"; reservationId: string; lines: StockUnits[]; holdUntil: string; holder: Holder }
  | { kind: "reduce"; reservationId: string; lines: StockUnits[]; as: "short" | "released"; reason: string }
  | { kind: "extend"; reservationId: string; holdUntil: string }
  | { kind: "pick"; reservationId: string };

/** For whom units are held. */
export type Holder = { orderId: string; channel: string; customerId: string | null };

/**
 * Does all of them or nothing, against the book and what is available now: checks first, then makes one event after the other.
 * `onEvent` has to apply each to the book before it returns. What a reservation that has ended held is nobody's any more: giving
 * it up is done already.
 *
 * Each reservation is reduced by one step at most, but for those that several holds take units from.
 *
 * @returns why nothing was done, null when all was.
 */
export function applyStockSteps(
  context: DecisionContext,
  steps: readonly StockStep[],
  onEvent: (event: ReservationEvent) => void,
): ReservationRefusal | null {
  const shortfalls = shortfallsOfHolds(context, steps);
  if (shortfalls.length > 0) return { code: "insufficient_availability", shortfalls };
  for (const step of withSharedSources(steps)) {
    const prepared = prepareStep(context, step);
    if (!prepared.ok) return prepared.refusal;
  }
  for (const step of steps) {
    const prepared = prepareStep(context, step);
    if (!prepared.ok) throw new Error(`checked, and then refused: ${JSON.stringify(prepared.refusal)}`);
    for (const make of prepared.makes) onEvent(make());
  }
  return null;
}

/** All that is to be held anew, equal products at one location as one. */
function shortfallsOfHolds(context: DecisionContext, steps: readonly StockStep[]): Shortfall[] {
  const wanted = new Map<string, StockUnits>();
  const add = ({ locationId, gtin, quantity }: StockUnits, sign: 1 | -1) => {
    const key = `${locationId} ${gtin}`;
    const known = wanted.get(key) ?? { locationId, gtin, quantity: 0 };
    wanted.set(key, { ...known, quantity: known.quantity + sign * quantity });
  };
  for (const step of steps) {
    if (step.kind !== "hold") continue;
    for (const line of step.lines) add(line, 1);
    for (const { lines } of step.from) for (const line of lines) add(line, -1);
  }
  const atMs = decisionMs(context);
  return [...wanted.values()].flatMap((line) => {
    if (line.quantity <= 0) return [];
    const available = Math.max(0, context.availableOf(line.locationId, line.gtin, atMs));
    return available < line.quantity ? [{ ...line, available }] : [];
  });
}

/** The steps as they are checked: of a reservation that several holds take from, the first takes the units of all. */
function withSharedSources(steps: readonly StockStep[]): StockStep[] {
  const taken = new Map<string, StockUnits[]>();
  const checked = steps.map((step) => {
    if (step.kind !== "hold") return step;
    const from = step.from.flatMap(({ reservationId, lines }) => {
      const known = taken.get(reservationId);
      if (known === undefined) {
        const all = lines.map((line) => ({ ...line }));
        taken.set(reservationId, all);
        return [{ reservationId, lines: all }];
      }
      for (const line of lines) {
        const same = known.find((one) => one.locationId === line.locationId && one.gtin === line.gtin);
        if (same === undefined) known.push({ ...line });
        else same.quantity += line.quantity;
      }
      return [];
    });
    return { ...step, from };
  });
  return checked;
}
