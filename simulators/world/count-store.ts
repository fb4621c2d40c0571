import type { Process } from "../engine.ts";
import { COUNT_SWEEPS } from "../reading/radio-parameters.ts";
import { createRandom } from "../random.ts";
import type { Span } from "../scenario.ts";
import type { Context } from "./context.ts";

const SECOND_MS = 1000;
/** A hand-held sends what it has so often. */
const SEND_EVERY_MS = 20 * SECOND_MS;
const COUNTED_KINDS = ["backroom", "dock", "sales_floor", "fitting_room", "pos"] as const;

/** A person walks through the first store with a hand-held, shelf after shelf, while it sells. */
export function* countStore(context: Context, span: Span): Process {
  const { scenario, chain, world, engine, seed } = context;
  const site = context.stores[0];
  if (site === undefined) return;
  const random = createRandom(seed, "count");
  const countId = `count-${seed}-${site.locationId}`;
  const missRate = (1 - (scenario.radio?.readRate ?? 1)) ** COUNT_SWEEPS;
  const areas = COUNTED_KINDS.flatMap((kind) => site.areas[kind]);
  const sweepMs = (span.toMs - span.fromMs) / areas.length;
  let sent = 0;
  const send = (kind: "count_started" | "count_ended"): void =>
    context.emit(site.locationId, "stock/handheld-1", {
      kind,
      eventId: `${countId}-${kind}`,
      atMs: engine.nowMs(),
      countId,
    });

  yield span.fromMs;
  send("count_started");
  for (const areaIndex of areas) {
    const zoneId = chain.areas[areaIndex]?.zoneId ?? "";
    const seen = new Set<string>();
    const parts = Math.max(1, Math.round(sweepMs / SEND_EVERY_MS));
    for (let part = 0; part < parts; part += 1) {
      yield sweepMs / parts;
      const epcs = world
        .unitsIn(areaIndex)
        .filter((unit) => unit.epcHex !== "" && !seen.has(unit.epcHex) && unit.slot % parts === part)
        .filter((unit) => seen.add(unit.epcHex) && !random.chance(missRate))
        .map(({ epcHex }) => ({ epcHex, capturedAtMs: engine.nowMs() - random.int(SECOND_MS), zoneId }));
      if (epcs.length === 0) continue;
      sent += 1;
      const eventId = `${countId}-reads-${sent}`;
      context.emit(site.locationId, "stock/handheld-1", {
        kind: "count_reads",
        eventId,
        atMs: engine.nowMs(),
        countId,
        epcs,
      });
    }
  }
  send("count_ended");
}
