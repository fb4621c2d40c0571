import type { ItemState } from "../../../domain/ledger/ledger-event.ts";
import type { Simulation } from "../../../simulators/simulation.ts";
import { type BelievedStock, stockKey } from "./believed-stock.ts";
import type { TrueHistory, UnitHistory } from "./true-history.ts";

/** A SKU-location that is believed wrongly at one instant. `why` is a class of docs/accuracy.md. */
export type Miss = {
  atMs: number;
  locationId: string;
  gtin: string;
  expected: number;
  believed: number;
  why: string;
};

export type Sample = { atMs: number; positions: number; wrong: number; units: number; unitErrors: number };

/** Compares what is believed with what is, SKU-location by SKU-location; those where both say nothing are left out. */
export function takeSample(
  simulation: Simulation,
  believed: BelievedStock,
  history: TrueHistory,
  atMs: number,
): { sample: Sample; misses: Miss[] } {
  const truth = new Map<string, { locationId: string; gtin: string; units: number }>();
  for (const { locationId } of simulation.locations) {
    for (const { gtin } of simulation.products) {
      truth.set(stockKey(locationId, gtin), { locationId, gtin, units: 0 });
    }
  }
  for (const row of simulation.truth()) {
    const position = truth.get(stockKey(row.locationId, row.gtin));
    if (position !== undefined) position.units += row.units;
  }
  const sample: Sample = { atMs, positions: 0, wrong: 0, units: 0, unitErrors: 0 };
  const misses: Miss[] = [];
  const byPosition = new Map<string, ItemState[]>();
  for (const item of believed.items.values()) {
    const key = stockKey(item.locationId, item.gtin);
    const list = byPosition.get(key);
    if (list === undefined) byPosition.set(key, [item]);
    else list.push(item);
  }
  for (const [key, { locationId, gtin, units: expected }] of truth) {
    const now = believed.onHand.get(key) ?? 0;
    if (expected === 0 && now === 0) continue;
    sample.positions += 1;
    sample.units += expected;
    sample.unitErrors += Math.abs(now - expected);
    if (now === expected) continue;
    sample.wrong += 1;
    const items = byPosition.get(key) ?? [];
    const why =
      now > expected
        ? whyTooMany(items, history, locationId)
        : whyTooFew(simulation, believed, history, locationId, gtin);
    misses.push({ atMs, locationId, gtin, expected, believed: now, why });
  }
  return { sample, misses };
}

function isOnHand(item: ItemState): boolean {
  return item.status === "present" || item.status === "exiting";
}

function whyTooMany(items: readonly ItemState[], history: TrueHistory, locationId: string): string {
  for (const item of items) {
    if (!isOnHand(item)) continue;
    const unit = history.find(item.epc);
    if (unit === undefined) return "a ghost is taken for an item";
    const here = unit.stays.at(-1);
    if (here?.locationId === locationId) continue;
    if (unit.unit.status === "stolen") return "stolen, not noticed yet";
    if (unit.unit.status === "sold") return "sold by GTIN, and another item was taken for it";
    return here?.locationId === "" ? "on its way, not noticed yet" : "elsewhere, not noticed yet";
  }
  return "a unit without identity is believed that is not there";
}

function whyTooFew(
  simulation: Simulation,
  believed: BelievedStock,
  history: TrueHistory,
  locationId: string,
  gtin: string,
): string {
  for (const unit of unitsAt(history, locationId, gtin)) {
    const item = unit.item(believed);
    const tag = simulation.tagQuality(unit.history.unit);
    if (item === undefined) return tag === "good" ? "there, not read yet" : `there, its tag is ${tag}`;
    if (item.locationId !== locationId) return "there, believed at another location still";
    if (isOnHand(item)) continue;
    return `there, taken for ${item.status}${tag === "good" ? "" : `, its tag is ${tag}`}`;
  }
  return "fewer units without identity are believed than there are";
}

function* unitsAt(history: TrueHistory, locationId: string, gtin: string) {
  for (const candidate of history.all()) {
    if (candidate.gtin !== gtin || candidate.stays.at(-1)?.locationId !== locationId) continue;
    const { identity }: UnitHistory = candidate;
    yield { history: candidate, item: (believed: BelievedStock) => believed.items.get(identity) };
  }
}
