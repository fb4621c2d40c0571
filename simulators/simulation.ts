import type { Location } from "../domain/location.ts";
import type { Product } from "../domain/product.ts";
import type { Reader } from "../domain/reader.ts";
import { createChain, locationIdOf, readersOf } from "./chain/create-chain.ts";
import { createItemEncoder } from "./chain/item-epc.ts";
import { createEngine } from "./engine.ts";
import type { SimulatedMessage } from "./message.ts";
import { type Radio, type TagQuality, createRadio } from "./reading/radio.ts";
import { readerProcess } from "./reading/reader-process.ts";
import { createRoundRadio } from "./reading/round-radio.ts";
import type { Scenario } from "./scenario.ts";
import { type Context, createSite } from "./world/context.ts";
import { countByHand } from "./world/count-by-hand.ts";
import { countStore } from "./world/count-store.ts";
import { storeDeliveries, storeTransfers, supply } from "./world/deliveries.ts";
import { createMail } from "./world/mail.ts";
import { openStock } from "./world/opening-stock.ts";
import { createOrderHands, type OrderHands } from "./world/order-hands.ts";
import { arrivals } from "./world/shopper.ts";
import { staffRounds } from "./world/staff.ts";
import type { Unit } from "./world/unit.ts";
import { walkThrough } from "./world/walk-through.ts";
import { type Tally, type TruthRow, createWorld } from "./world/world.ts";

/** What happens next in a simulated chain: a message to send, or a look at what is really there. */
export type SimulationStep =
  | ({ kind: "message" } & SimulatedMessage)
  | { kind: "truth"; dueMs: number; rows: readonly TruthRow[] };

export type SimulationOptions = {
  scenario: Scenario;
  /** A whole number from 0; the units' serial numbers follow from its last five digits. */
  seed: number;
  /** Ends after so much simulated time, with a last truth step. Default: never. */
  durationMs?: number;
  /** A truth step at the start and so often after it. Default: only the last one. */
  truthEveryMs?: number;
  /** Called after each change of a unit's place or status, with the simulated time. */
  onUnitChanged?(unit: Readonly<Unit>, nowMs: number): void;
};

/**
 * A retail chain that lives. Pure: no clock, no I/O; the same options give the same steps, byte for byte. Each
 * simulation is walked once. `truth` and `tally` tell the state after the step that was taken last.
 */
export type Simulation = {
  readonly scenario: Scenario;
  readonly seed: number;
  /** Master data, as the API takes them. A reader that the scenario leaves unassigned is not among them. */
  readonly locations: readonly Location[];
  readonly products: readonly Product[];
  readonly readers: readonly Reader[];
  steps(): Generator<SimulationStep, void, void>;
  truth(): TruthRow[];
  tally(): Readonly<Tally>;
  /** For orders that are placed from outside while it lives. */
  readonly hands: OrderHands;
  /** Every unit that ever was, for checks that none appears or disappears without a cause. */
  units(): readonly Readonly<Unit>[];
  /** Where a unit truly is; null when it is nowhere in the chain's buildings. */
  placeOf(unit: Readonly<Unit>): { locationId: string; zoneId: string } | null;
  /** How well its tag works. */
  tagQuality(unit: Readonly<Unit>): TagQuality;
};

export function createSimulation(options: SimulationOptions): Simulation {
  const { scenario, seed } = options;
  const chain = createChain(scenario, seed);
  const engine = createEngine();
  let radio: Radio | null = null;
  const world = createWorld(chain, (unit) => {
    radio?.changed(unit);
    options.onUnitChanged?.(unit, engine.nowMs());
  });
  const outbox: SimulatedMessage[] = [];
  const context = createContext(options, chain, world, engine, outbox);

  openStock(context);
  radio =
    scenario.radio === null
      ? createRadio(scenario, chain, world)
      : createRoundRadio(scenario.radio, chain, world, seed);
  for (const site of context.stores) {
    engine.spawn(arrivals(context, site), 0);
    engine.spawn(staffRounds(context, site), 0);
    engine.spawn(storeDeliveries(context, site), 0);
    if (scenario.transferEveryMs > 0) engine.spawn(storeTransfers(context, site), 0);
  }
  if (scenario.handCounts !== null) {
    for (const site of [...context.stores, context.warehouse]) {
      engine.spawn(countByHand(context, site, scenario.handCounts), 0);
    }
  }
  const { count, outage, walkTest } = scenario.incidents;
  if (walkTest)
    for (const site of [...context.stores, context.warehouse]) engine.spawn(walkThrough(context, site), 0);
  if (count !== null) engine.spawn(countStore(context, count), 0);
  if (outage !== null) engine.spawn(context.mail.deliverAfter(outage), 0);
  engine.spawn(supply(context), 0);
  // Where nothing carries a tag there is nothing to hear.
  const readers = scenario.untaggedShare < 1 ? chain.readers.keys() : [];
  for (const readerIndex of readers) engine.spawn(readerProcess(context, radio, readerIndex), 0);

  function* steps(): Generator<SimulationStep, void, void> {
    const endMs = options.durationMs ?? Infinity;
    const truthEveryMs = options.truthEveryMs ?? Infinity;
    let nextTruthMs = truthEveryMs === Infinity ? Infinity : 0;
    while (engine.nextAtMs() <= endMs) {
      for (const message of outbox.splice(0)) yield { kind: "message", ...message };
      if (engine.nextAtMs() > nextTruthMs) {
        yield { kind: "truth", dueMs: nextTruthMs, rows: world.truth() };
        nextTruthMs += truthEveryMs;
      } else {
        engine.runNext();
      }
    }
    for (const message of outbox.splice(0)) yield { kind: "message", ...message };
    yield { kind: "truth", dueMs: endMs, rows: world.truth() };
  }

  return {
    scenario,
    seed,
    locations: chain.locations,
    products: chain.products,
    readers: readersOf(chain),
    steps,
    hands: createOrderHands(context),
    truth: () => world.truth(),
    tally: () => world.tally,
    units: () => world.units(),
    tagQuality: (unit) => radio?.tagQuality(unit) ?? "good",
    placeOf: (unit) => {
      const area = chain.areas[unit.areaIndex];
      if (area === undefined) return null;
      return { locationId: locationIdOf(chain, area.locationIndex), zoneId: area.zoneId };
    },
  };
}

function createContext(
  { scenario, seed }: SimulationOptions,
  chain: Context["chain"],
  world: Context["world"],
  engine: Context["engine"],
  outbox: SimulatedMessage[],
): Context {
  const sites = chain.locations.map((_, locationIndex) => createSite(chain, locationIndex, seed));
  const warehouse = sites.pop();
  if (warehouse === undefined) throw new Error("a chain has a warehouse");
  const mail = createMail(scenario, sites[0]?.locationId ?? "", engine, outbox, seed);
  const encodeItem = createItemEncoder(chain.products, seed);
  return {
    scenario,
    chain,
    world,
    engine,
    seed,
    stores: sites,
    warehouse,
    mail,
    emit: mail.emit,
    createUnit: (cause, productIndex, areaIndex) =>
      world.create(cause, productIndex, encodeItem(productIndex), areaIndex),
  };
}
