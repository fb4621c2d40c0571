import type { ZoneKind } from "../../domain/location.ts";
import { type Chain, locationIdOf } from "../chain/create-chain.ts";
import type { Engine } from "../engine.ts";
import type { MessageBody } from "../message.ts";
import { type Random, createRandom } from "../random.ts";
import type { Scenario } from "../scenario.ts";
import type { Mail } from "./mail.ts";
import type { Unit } from "./unit.ts";
import type { World } from "./world.ts";

/** One store or the warehouse as the people in it know it. */
export type Site = {
  locationIndex: number;
  locationId: string;
  random: Random;
  areas: Readonly<Record<ZoneKind, readonly number[]>>;
  tills: { terminalId: string; sequence: number }[];
};

/** What every process of the simulation works with. */
export type Context = {
  scenario: Scenario;
  chain: Chain;
  world: World;
  engine: Engine;
  seed: number;
  stores: readonly Site[];
  warehouse: Site;
  mail: Mail;
  emit(locationId: string, topic: string, body: MessageBody): void;
  /** A new unit of the product with the next serial number; untagged products get none. */
  createUnit(cause: "opened" | "received", productIndex: number, areaIndex: number): Unit;
};

export function createSite(chain: Chain, locationIndex: number, seed: number): Site {
  const locationId = locationIdOf(chain, locationIndex);
  const areasOf = (kind: ZoneKind): number[] =>
    chain.areas
      .filter((area) => area.locationIndex === locationIndex && area.kind === kind)
      .map((area) => area.index);
  return {
    locationIndex,
    locationId,
    random: createRandom(seed, `site ${locationId}`),
    areas: {
      dock: areasOf("dock"),
      backroom: areasOf("backroom"),
      sales_floor: areasOf("sales_floor"),
      fitting_room: areasOf("fitting_room"),
      pos: areasOf("pos"),
      exit: areasOf("exit"),
    },
    tills: [
      { terminalId: "T01", sequence: 0 },
      { terminalId: "T02", sequence: 0 },
    ],
  };
}

/** A random area of that kind. A site without one is a fault of the floor plan. */
export function anyArea(site: Site, kind: ZoneKind): number {
  const area = site.random.pick(site.areas[kind]);
  if (area === undefined) throw new Error(`${site.locationId} has no zone of kind ${kind}`);
  return area;
}
