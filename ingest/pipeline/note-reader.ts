import type { TagRead } from "../../domain/read.ts";
import type { ParsedTopic } from "../adapters/parse-topic.ts";
import type { EventRun, ReaderFormat, ReaderSign } from "../adapters/understood.ts";
import type { IngestMetrics } from "../ingest-metrics.ts";
import type { MasterData } from "../master-data.ts";
import type { ReaderActivity } from "../reader-activity.ts";

export type NoteReaderDeps = {
  masterData: MasterData;
  activity: ReaderActivity;
  metrics: IngestMetrics;
};

/**
 * The reader that a part of a message belongs to: the topic's, unless that one is a gateway and the part names another
 * (docs/readers.md). The location is always the topic's, so a credential is held to its own.
 */
function readerOf(deps: NoteReaderDeps, topic: ParsedTopic, named: string | null): string {
  if (named === null || !deps.masterData.isGateway(topic.locationId, topic.sourceId)) return topic.sourceId;
  return idOfReader(named) ?? topic.sourceId;
}

/** The id of a reader that calls itself by any text: what an id may not hold becomes `-`; null where nothing is left. */
function idOfReader(named: string): string | null {
  const id = named
    .replace(/[^A-Za-z0-9._-]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 64);
  return id === "" ? null : id;
}

/** A message's reads by the reader they belong to. Mostly all are the topic's, and nothing is copied. */
export function readsByReader(
  deps: NoteReaderDeps,
  topic: ParsedTopic,
  reads: readonly TagRead[],
): Iterable<readonly [string, readonly TagRead[]]> {
  if (!deps.masterData.isGateway(topic.locationId, topic.sourceId)) return [[topic.sourceId, reads]];
  const byName = new Map<string | null, TagRead[]>();
  for (const read of reads) {
    const known = byName.get(read.readerId);
    if (known === undefined) byName.set(read.readerId, [read]);
    else known.push(read);
  }
  const byReader = new Map<string, TagRead[]>();
  for (const [named, own] of byName) {
    const readerId = readerOf(deps, topic, named);
    byReader.set(readerId, [...(byReader.get(readerId) ?? []), ...own]);
  }
  return byReader;
}

/** Takes in what a message says of its readers beside reads: signs, and the numbers of its events. */
export function noteReader(
  deps: NoteReaderDeps,
  topic: ParsedTopic,
  said: { format: ReaderFormat | "text" | ""; signs: readonly ReaderSign[]; eventRuns: readonly EventRun[] },
  receivedAtMs: number,
): void {
  const { locationId } = topic;
  const heard = (named: string | null, isAlive: boolean) => {
    const readerId = readerOf(deps, topic, named);
    const isAssigned = deps.masterData.isAssignedReader(locationId, readerId);
    return deps.activity.heard(locationId, readerId, said.format, isAssigned, isAlive);
  };
  for (const run of said.eventRuns) {
    const known = deps.activity.find(locationId, readerOf(deps, topic, run.readerId));
    const state = known ?? heard(run.readerId, true);
    if (state !== null) deps.activity.noteNumbers(state, run, receivedAtMs);
  }
  for (const sign of said.signs) {
    deps.metrics.counts.control += 1;
    const state = heard(sign.readerId, sign.kind !== "readerOffline");
    if (state !== null) deps.activity.noteSign(state, sign, receivedAtMs);
  }
}
