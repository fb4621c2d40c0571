import type { ReaderFormat } from "../../../simulators/chain/store-layout.ts";
import { encodeMessage } from "../../../simulators/formats/encode-message.ts";
import type { SimulatedRead, Timeline } from "../../../simulators/message.ts";
import { serialOf } from "./prepare-data.ts";
import { epcOf, locationIdOf } from "./work-load.ts";

/** Items are read in turns; so many locations × products stand on the shelves, one item each. */
export type ReadPlan = { locations: number; products: number; readsPerMessage: number };

const AS_IT_IS: Timeline = { toUnixMs: (ms) => ms, openingMs: 0 };
/** Of the items, one in so many changes its zone with each turn: tags that move are what tracking is for. */
const STILL_TURNS = 50;

/**
 * Messages of reads number `from` to `to` (in messages): Impinj's format for single reads, Zebra's array for batches.
 * Every item is read once a turn, by its own location's reader, at times that rise from `startMs` to `endMs`.
 */
export function* readMessages(
  plan: ReadPlan,
  range: { from: number; to: number; startMs: number; endMs: number },
): Generator<{ topic: string; payload: string }> {
  const { locations, products, readsPerMessage } = plan;
  const stepMs = (range.endMs - range.startMs) / Math.max(1, range.to - range.from);
  for (let message = range.from; message < range.to; message += 1) {
    const location = message % locations;
    const observedAtMs = Math.floor(range.startMs + (message - range.from) * stepMs);
    const reads: SimulatedRead[] = [];
    const first = Math.floor(message / locations) * readsPerMessage;
    for (let index = first; index < first + readsPerMessage; index += 1) {
      const product = index % products;
      const turn = Math.floor(index / products);
      reads.push({
        epcHex: epcOf(product, serialOf(location, 0)),
        antenna: 1 + (Math.floor((turn + STILL_TURNS - (product % STILL_TURNS)) / STILL_TURNS) % 2),
        rssiDbm: -55,
        count: 1,
        observedAtMs,
      });
    }
    const locationId = locationIdOf(location);
    const format: ReaderFormat = readsPerMessage === 1 ? "impinj" : "zebra";
    const body = {
      kind: "reads" as const,
      format,
      readerId: "reader-1",
      skewMs: 0,
      reportedAtMs: observedAtMs,
      firstEventNumber: first,
      reads,
    };
    yield { topic: `${locationId}/rfid/reader-1`, payload: encodeMessage(body, AS_IT_IS, locationId) };
  }
}
