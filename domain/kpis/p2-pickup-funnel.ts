import { CLOSED, type FulfilmentFact, filterPlaced, isPickup, type PickupFilter } from "./pickup-facts.ts";
import { ratioOf } from "./sale-line.ts";

/** P2: how far pickups came that were placed in the window, and the one end of each that was not collected. */
export function pickupFunnel(facts: readonly FulfilmentFact[], filter: PickupFilter) {
  const placed = filterPlaced(facts, filter).filter(isPickup);
  const endOf = ({ status, collectedAtMs, noShowAtMs }: FulfilmentFact): string => {
    if (collectedAtMs !== null) return "collected";
    if (!CLOSED.has(status)) return "open";
    if (noShowAtMs !== null) return "no_show";
    return status === "short" ? "short" : "cancelled";
  };
  const ended = (end: string): number => placed.filter((pickup) => endOf(pickup) === end).length;
  const stages: [stage: string, kind: string, pickups: number][] = [
    ["placed", "passed", placed.length],
    ["accepted", "passed", placed.filter(({ acceptedAtMs }) => acceptedAtMs !== null).length],
    ["ready", "passed", placed.filter(({ readyAtMs }) => readyAtMs !== null).length],
    ["collected", "passed", ended("collected")],
    ["no_show", "lost", ended("no_show")],
    ["cancelled", "lost", ended("cancelled")],
    ["short", "lost", ended("short")],
    ["open", "open", ended("open")],
  ];
  return stages.map(([stage, kind, pickups]) => ({
    stage,
    kind,
    pickups,
    share: ratioOf(pickups, placed.length),
  }));
}
