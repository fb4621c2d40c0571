import { type Chain, locationIdOf } from "../chain/create-chain.ts";
import type { Unit } from "./unit.ts";

/** Units of one product in one zone that are really there. Zones without a unit have no row. */
export type TruthRow = { locationId: string; gtin: string; zoneId: string; units: number };

/** How often each cause changed what is on hand. On hand + in transit follow from it alone. */
export type Tally = {
  opened: number;
  received: number;
  sold: number;
  voided: number;
  returned: number;
  stolen: number;
};

/** Tags in motion answer more often than tags on a shelf, until `untilMs`. */
export type Moving = { unit: Unit; untilMs: number };

/** What is really where. The only place where units change; every change has a named cause. */
export type World = {
  readonly tally: Tally;
  unitsIn(areaIndex: number): readonly Unit[];
  movingIn(areaIndex: number, nowMs: number): readonly Moving[];
  create(cause: "opened" | "received", productIndex: number, epcHex: string, areaIndex: number): Unit;
  /** Carries a unit to another area (-1: out of the chain's buildings). Its status stays. */
  carry(unit: Unit, areaIndex: number, movingUntilMs: number): void;
  sell(unit: Unit): void;
  undoSale(unit: Unit): void;
  takeBack(unit: Unit, areaIndex: number, movingUntilMs: number): void;
  steal(unit: Unit): void;
  ship(unit: Unit): void;
  arrive(unit: Unit, areaIndex: number, movingUntilMs: number): void;
  /** Sorted by location, GTIN and zone. */
  truth(): TruthRow[];
  units(): readonly Unit[];
};

/** `onChange` is called after each change of a unit's place or status. */
export function createWorld(chain: Chain, onChange: (unit: Unit) => void = () => undefined): World {
  const tally: Tally = { opened: 0, received: 0, sold: 0, voided: 0, returned: 0, stolen: 0 };
  const all: Unit[] = [];
  const present: Unit[][] = chain.areas.map(() => []);
  const moving: Moving[][] = chain.areas.map(() => []);

  const leaveArea = (unit: Unit): void => {
    const units = present[unit.areaIndex];
    const last = units?.pop();
    if (units !== undefined && last !== undefined && last !== unit) {
      units[unit.slot] = last;
      last.slot = unit.slot;
    }
    unit.areaIndex = -1;
  };
  const carry = (unit: Unit, areaIndex: number, movingUntilMs: number): void => {
    leaveArea(unit);
    const units = present[areaIndex];
    if (units !== undefined) {
      unit.areaIndex = areaIndex;
      unit.slot = units.push(unit) - 1;
      if (unit.epcHex !== "") moving[areaIndex]?.push({ unit, untilMs: movingUntilMs });
    }
    onChange(unit);
  };
  const changeStatus = (unit: Unit, from: Unit["status"], to: Unit["status"]): void => {
    change(unit, from, to);
    onChange(unit);
  };

  return {
    tally,
    unitsIn: (areaIndex) => present[areaIndex] ?? [],
    movingIn: (areaIndex, nowMs) => {
      const still = (moving[areaIndex] ?? []).filter(
        (entry) => entry.untilMs > nowMs && entry.unit.areaIndex === areaIndex,
      );
      moving[areaIndex] = still;
      return still;
    },
    create: (cause, productIndex, epcHex, areaIndex) => {
      const unit: Unit = { productIndex, epcHex, status: "on_hand", areaIndex: -1, slot: -1, isHeld: false };
      all.push(unit);
      tally[cause] += 1;
      carry(unit, areaIndex, -1);
      return unit;
    },
    carry,
    sell: (unit) => {
      changeStatus(unit, "on_hand", "sold");
      tally.sold += 1;
    },
    undoSale: (unit) => {
      changeStatus(unit, "sold", "on_hand");
      tally.voided += 1;
    },
    takeBack: (unit, areaIndex, movingUntilMs) => {
      changeStatus(unit, "sold", "on_hand");
      tally.returned += 1;
      carry(unit, areaIndex, movingUntilMs);
    },
    steal: (unit) => {
      changeStatus(unit, "on_hand", "stolen");
      tally.stolen += 1;
    },
    ship: (unit) => {
      changeStatus(unit, "on_hand", "in_transit");
      carry(unit, -1, -1);
    },
    arrive: (unit, areaIndex, movingUntilMs) => {
      changeStatus(unit, "in_transit", "on_hand");
      carry(unit, areaIndex, movingUntilMs);
    },
    truth: () => countTruth(chain, present),
    units: () => all,
  };
}

/** A change from a status that the unit does not have is a fault of the simulation, and would falsify the truth. */
function change(unit: Unit, from: Unit["status"], to: Unit["status"]): void {
  if (unit.status !== from) throw new Error(`a unit that is ${unit.status} cannot go from ${from} to ${to}`);
  unit.status = to;
}

function countTruth(chain: Chain, present: readonly (readonly Unit[])[]): TruthRow[] {
  const rows = new Map<string, TruthRow>();
  for (const area of chain.areas) {
    const locationId = locationIdOf(chain, area.locationIndex);
    for (const unit of present[area.index] ?? []) {
      if (unit.status !== "on_hand") continue;
      const gtin = chain.products[unit.productIndex]?.gtin ?? "";
      const key = `${locationId} ${gtin} ${area.zoneId}`;
      const row = rows.get(key);
      if (row === undefined) rows.set(key, { locationId, gtin, zoneId: area.zoneId, units: 1 });
      else row.units += 1;
    }
  }
  return [...rows].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, row]) => row);
}
