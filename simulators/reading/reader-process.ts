import { locationIdOf } from "../chain/create-chain.ts";
import type { ReaderFormat } from "../chain/store-layout.ts";
import type { Process } from "../engine.ts";
import type { MessageBody, SimulatedRead } from "../message.ts";
import { createRandom } from "../random.ts";
import type { Context } from "../world/context.ts";
import { REPORT_INTERVAL_MS, type Radio } from "./radio.ts";

const SECOND_MS = 1000;
const REPORTS_PER_HOUR = (3600 * SECOND_MS) / REPORT_INTERVAL_MS;
/** Largest batch in one message; readers limit it by size. */
const MAX_READS_PER_MESSAGE = 50;

/** Reports what it heard every second; now and then its clock is off for minutes, or its network is gone for seconds. */
export function* readerProcess(context: Context, radio: Radio, readerIndex: number): Process {
  const { scenario, chain, engine, seed } = context;
  const reader = chain.readers[readerIndex];
  if (reader === undefined) return;
  const locationId = locationIdOf(chain, reader.locationIndex);
  const random = createRandom(seed, `reader ${locationId}/${reader.readerId}`);
  const { clocksSetAtMs } = scenario.incidents;
  let usualSkewMs = random.int(2 * scenario.maxSkewMs) - scenario.maxSkewMs;
  const repeats = scenario.radio === null;
  let skewMs = usualSkewMs;
  let skewedUntilMs = 0;
  let cutOffUntilMs = 0;
  let eventNumber = 1 + random.int(5000);
  let kept: MessageBody[] = [];

  yield random.int(REPORT_INTERVAL_MS);
  for (;;) {
    yield REPORT_INTERVAL_MS;
    const nowMs = engine.nowMs();
    if (clocksSetAtMs !== null && nowMs >= clocksSetAtMs) usualSkewMs = 0;
    if (nowMs >= skewedUntilMs) {
      skewMs = usualSkewMs;
      if (random.chance(scenario.clockFaultsPerReaderHour / REPORTS_PER_HOUR)) {
        skewMs = Math.round(random.between(-4000, 4000));
        skewedUntilMs = nowMs + random.between(2, 8) * 60 * SECOND_MS;
      }
    }
    if (random.chance(scenario.outagesPerReaderHour / REPORTS_PER_HOUR)) {
      cutOffUntilMs = nowMs + random.between(15, 60) * SECOND_MS;
    }
    for (const reads of reportsOf(radio.listen(readerIndex, nowMs, random), reader.format, repeats)) {
      kept.push({
        kind: "reads",
        format: reader.format,
        readerId: reader.readerId,
        skewMs,
        reportedAtMs: nowMs,
        firstEventNumber: eventNumber,
        reads,
      });
      eventNumber += reads.length;
    }
    if (nowMs < cutOffUntilMs || context.mail.isCutOff(locationId)) {
      // In order; beyond what it can keep the oldest are lost.
      if (kept.length > scenario.keptReports) kept = kept.slice(-scenario.keptReports);
      continue;
    }
    let sent = 0;
    for (const body of kept) {
      if (sent >= scenario.lateReportsPerSecond) break;
      context.emit(locationId, `rfid/${reader.readerId}`, body);
      sent += 1;
    }
    kept = sent === kept.length ? [] : kept.slice(sent);
  }
}

/** Impinj sends one event a message and may repeat a tag it saw often; Zebra merges and sends what fits in one message. */
function* reportsOf(
  reads: readonly SimulatedRead[],
  format: ReaderFormat,
  repeats: boolean,
): Generator<SimulatedRead[]> {
  if (format === "zebra") {
    for (let start = 0; start < reads.length; start += MAX_READS_PER_MESSAGE) {
      yield reads.slice(start, start + MAX_READS_PER_MESSAGE);
    }
    return;
  }
  for (const read of reads) {
    if (repeats && read.count >= 4) yield [{ ...read, observedAtMs: read.observedAtMs - 120 }];
    yield [read];
  }
}
