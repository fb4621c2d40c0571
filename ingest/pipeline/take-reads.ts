import { gtinOfEpc, identityOfEpc } from "../../domain/epc/identity.ts";
import type { TagRead } from "../../domain/read.ts";
import type { StockBook } from "../../domain/tracking/stock-book.ts";
import type { IngestMetrics } from "../ingest-metrics.ts";
import type { MasterData } from "../master-data.ts";
import type { ReaderActivity } from "../reader-activity.ts";
import type { ReaderState } from "../readers/reader-state.ts";
import type { Sightings } from "../sightings.ts";
import type { Batch } from "./batch.ts";
import type { LocationClocks } from "./location-clocks.ts";
import type { ReadVerdict } from "../../domain/read-verdict.ts";

export type TimeLimits = { maxPastMs: number; maxFutureMs: number };

export type TakeReadsDeps = {
  book: StockBook;
  clocks: LocationClocks;
  masterData: MasterData;
  activity: ReaderActivity;
  sightings: Sightings;
  metrics: IngestMetrics;
  limits: TimeLimits;
  nextOrdinal(): number;
};

/** What was refused of a message's reads, for its receipt. */
export type RefusedReads = { tooOld: number; inFuture: number };

/** Where and when a message's reads came from. `sentAtMs` by the reader's clock, NaN where only its reads have times. */
export type ReadsOrigin = {
  locationId: string;
  readerId: string;
  format: string;
  mode: string;
  receivedAtMs: number;
  sentAtMs: number;
  nowMs: number;
};

/**
 * Takes the reads of one message into the batch: every read is kept raw with a verdict, the accepted ones go through
 * the item tracker. Reads of a reader or antenna without a zone wait until it is assigned, those of a tag without product or of a
 * product that is not in the list until it is mapped or imported.
 */
export function takeReads(
  deps: TakeReadsDeps,
  batch: Batch,
  origin: ReadsOrigin,
  reads: readonly TagRead[],
): RefusedReads {
  const { locationId, readerId, nowMs } = origin;
  const isAssigned = deps.masterData.isAssignedReader(locationId, readerId);
  const activity = deps.activity.heard(locationId, readerId, origin.format, isAssigned);
  if (activity !== null && origin.mode !== "") activity.mode = origin.mode;
  const correctionMs = activity === null ? 0 : correct(deps.activity, activity, origin, reads);
  const ordinal = deps.nextOrdinal();
  const group = batch.reads.message(locationId, readerId, origin.format, ordinal, correctionMs);
  // By the ordinal, not the clock: a replay knows no other.
  const takenAtMs = Math.floor(ordinal / 1000);
  const oldestMs = nowMs - deps.limits.maxPastMs;
  const newestMs = nowMs + deps.limits.maxFutureMs;
  const refused: RefusedReads = { tooOld: 0, inFuture: 0 };
  for (const read of reads) {
    const named = gtinOfEpc(read.epcHex);
    const gtin = named === 0 ? deps.masterData.productOfTag(read.epcHex) : named;
    const isKnown = gtin !== 0 && deps.masterData.isKnownProduct(gtin);
    const place = deps.masterData.placeOf(locationId, readerId, read.antenna);
    let verdict: ReadVerdict = "accepted";
    if (read.observedAtMs < oldestMs) {
      verdict = "too_old";
      refused.tooOld += 1;
    } else if (read.observedAtMs > newestMs) {
      verdict = "in_future";
      refused.inFuture += 1;
    } else if (place === null) verdict = "waiting";
    else if (gtin === 0) verdict = "no_product";
    else if (!isKnown && !deps.book.mayTrack(locationId, identityOfEpc(read.epcHex), gtin)) {
      verdict = "unknown_product";
    }
    if (verdict !== "accepted") batch.reads.add(group, read, gtin, place?.zoneId ?? "", verdict);
    if (activity !== null) deps.activity.countRead(activity, read.antenna, verdict === "waiting");
    if (verdict !== "accepted" || place === null) continue;
    for (const silence of deps.clocks.readCame(locationId, read.observedAtMs, takenAtMs)) {
      batch.addEvent(silence, deps.nextOrdinal(), 0n);
    }
    const event = deps.book.applyRead({
      identity: identityOfEpc(read.epcHex),
      gtin,
      locationId,
      zoneId: place.zoneId,
      zoneKind: place.zoneKind,
      observedAtMs: read.observedAtMs,
      rssiDbm: read.rssiDbm,
      near: place.near,
    });
    const { wasStray } = deps.book;
    batch.reads.add(group, read, gtin, place.zoneId, wasStray ? "stray" : "accepted");
    if (!wasStray && isKnown) deps.sightings.seen(locationId, gtin, read.observedAtMs);
    if (event !== null) batch.addEvent({ ...event, source: `rfid/${readerId}` }, deps.nextOrdinal(), 0n);
  }
  deps.metrics.counts.reads += reads.length;
  if (activity !== null) activity.rejected += refused.tooOld + refused.inFuture;
  return refused;
}

/** Corrects the reads' times for the reader's clock, and tells by how much. */
function correct(
  activity: ReaderActivity,
  state: ReaderState,
  origin: ReadsOrigin,
  reads: readonly TagRead[],
): number {
  let newestMs = origin.sentAtMs;
  for (const read of reads) if (!(read.observedAtMs <= newestMs)) newestMs = read.observedAtMs;
  const correctionMs = activity.correct(state, origin.receivedAtMs, newestMs);
  if (correctionMs !== 0) for (const read of reads) read.observedAtMs += correctionMs;
  return correctionMs;
}
