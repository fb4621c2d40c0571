import { identityOfEpc } from "../../../domain/epc/identity.ts";
import type { Simulation } from "../../../simulators/simulation.ts";
import type { Unit } from "../../../simulators/world/unit.ts";

/** From `atMs` (simulated) on the unit was on hand at that place; `locationId` empty where it was nowhere on hand. */
export type Stay = { atMs: number; locationId: string; zoneId: string };

export type UnitHistory = { unit: Readonly<Unit>; identity: string; gtin: string; stays: Stay[] };

/** Where each tagged unit really was, from its first place on. */
export type TrueHistory = {
  note(unit: Readonly<Unit>, nowMs: number): Stay | null;
  /** By EPC without filter value; undefined for a tag that never was. */
  find(identity: string): UnitHistory | undefined;
  all(): Iterable<UnitHistory>;
  /** True when the unit was on hand at the location at some time of the span. */
  wasThere(history: UnitHistory, locationId: string, fromMs: number, toMs: number): boolean;
};

export function createTrueHistory(simulation: () => Simulation): TrueHistory {
  const byUnit = new Map<Readonly<Unit>, UnitHistory>();
  const byIdentity = new Map<string, UnitHistory>();
  return {
    note(unit, nowMs) {
      let history = byUnit.get(unit);
      if (history === undefined) {
        const identity = unit.epcHex === "" ? "" : identityOfEpc(unit.epcHex);
        const gtin = simulation().products[unit.productIndex]?.gtin ?? "";
        history = { unit, identity, gtin, stays: [] };
        byUnit.set(unit, history);
        if (identity !== "") byIdentity.set(identity, history);
      }
      const place = unit.status === "on_hand" ? simulation().placeOf(unit) : null;
      const stay = { atMs: nowMs, locationId: place?.locationId ?? "", zoneId: place?.zoneId ?? "" };
      const last = history.stays.at(-1);
      if (last?.locationId === stay.locationId && last.zoneId === stay.zoneId) return null;
      history.stays.push(stay);
      return stay;
    },
    find: (identity) => byIdentity.get(identity),
    all: () => byUnit.values(),
    wasThere({ stays }, locationId, fromMs, toMs) {
      return stays.some((stay, index) => {
        const endMs = stays[index + 1]?.atMs ?? Infinity;
        return stay.locationId === locationId && stay.atMs <= toMs && endMs >= fromMs;
      });
    },
  };
}
