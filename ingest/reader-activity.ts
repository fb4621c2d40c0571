import { EventNumbers } from "../domain/event-numbers.ts";
import type { ReaderHealth, ReaderNotice } from "../domain/reader.ts";
import type { Database } from "../sql/database.ts";
import type { EventRun, ReaderSign } from "./adapters/understood.ts";
import { NoticeBook } from "./readers/notice-book.ts";
import { noteSign } from "./readers/note-sign.ts";
import { healthOf, statusOf } from "./readers/reader-health.ts";
import { createReaderState, type ReaderState } from "./readers/reader-state.ts";

/** The rate is the mean over this many ticks. */
const rateTicks = 5;
/** Readers that are tracked at once; more are counted but not listed, so that a stranger cannot fill the memory. */
const maxReaders = 20_000;
const maxAntennas = 64;
/** Streams of numbered messages of one reader. */
const maxStreams = 4;

/** Reads of one reader that wait for a zone. */
export type WaitingReads = { reads: number; newestAtMs: number; antennas: Set<number> };

/** What the activity tells to metrics. */
export type ReaderNews = { onNotice(kind: ReaderNotice["kind"]): void; onLost(count: number): void };

/** How each reader that was heard is doing: memory of one process, with its totals by minute in `reader_activity`. */
export class ReaderActivity {
  readonly #readers = new Map<string, ReaderState>();
  /** Corrections of clocks from an earlier run, until the reader is heard. */
  readonly #corrections = new Map<string, number>();
  /** Asked for several times a message. */
  #latest: ReaderState | null = null;
  #model: ReaderActivity | null = null;
  readonly #nowMs: () => number;
  readonly #news: ReaderNews;
  readonly #notices: NoticeBook;

  constructor(nowMs: () => number, news: ReaderNews = { onNotice: () => {}, onLost: () => {} }) {
    this.#nowMs = nowMs;
    this.#news = news;
    this.#notices = new NoticeBook(news.onNotice);
  }

  /** The state of a reader that was heard before. */
  find(locationId: string, readerId: string): ReaderState | null {
    const latest = this.#latest;
    if (latest !== null && latest.readerId === readerId && latest.locationId === locationId) return latest;
    return this.#readers.get(`${locationId}/${readerId}`) ?? null;
  }

  /**
   * The state of a reader from which a message came; null when too many different readers were heard. `isAlive` false: the
   * message was its last will.
   */
  heard(
    locationId: string,
    readerId: string,
    format: string,
    isAssigned: boolean,
    isAlive = true,
  ): ReaderState | null {
    let activity = this.find(locationId, readerId);
    if (activity === null) {
      if (this.#readers.size >= maxReaders) return null;
      const key = `${locationId}/${readerId}`;
      activity = createReaderState(locationId, readerId, this.#correctionOf(key));
      this.#readers.set(key, activity);
    }
    this.#latest = activity;
    if (format !== "") activity.format = format;
    activity.lastHeardAtMs = this.#nowMs();
    if (activity.isOffline && isAlive) {
      activity.isOffline = false;
      this.#note(activity, "online", "heard again");
    }
    activity.isAssigned = isAssigned;
    return activity;
  }

  countRead(activity: ReaderState, antenna: number, isWaiting: boolean): void {
    activity.reads += 1;
    if (isWaiting) activity.waitingReads += 1;
    if (antenna >= 0 && activity.antennasSeen.size < maxAntennas) activity.antennasSeen.add(antenna);
  }

  /** One that knows the readers' clocks and is looked at by nobody: for messages that say nothing of today. */
  aside(): ReaderActivity {
    const aside = new ReaderActivity(this.#nowMs);
    aside.#model = this;
    return aside;
  }

  /** The correction of a reader's clock that an earlier run measured. */
  restoreClock(locationId: string, readerId: string, correctionMs: number): void {
    if (this.#corrections.size < maxReaders) this.#corrections.set(`${locationId}/${readerId}`, correctionMs);
  }

  /**
   * What to add to the times of a message that came at `receivedAtMs` and whose newest time by the reader's clock is
   * `newestMs` (NaN: it has none).
   */
  correct(state: ReaderState, receivedAtMs: number, newestMs: number): number {
    const { clock } = state;
    const before = clock.correctionMs;
    if (Number.isNaN(newestMs)) return before;
    const correctionMs = clock.note(receivedAtMs, newestMs);
    if (correctionMs !== before) {
      const seconds = Math.round(-correctionMs / 1000);
      const how = seconds === 0 ? "right" : `${Math.abs(seconds)} s ${seconds > 0 ? "ahead" : "behind"}`;
      this.#note(state, "clock_corrected", `its clock is ${how}; its reads are corrected by that`);
    }
    return correctionMs;
  }

  /** Takes in what a reader says of itself. */
  noteSign(state: ReaderState, sign: ReaderSign, receivedAtMs: number): void {
    const lostBefore = state.lostMessages;
    noteSign(state, sign, receivedAtMs, (kind, detail, count) => this.#note(state, kind, detail, count));
    if (state.lostMessages > lostBefore) this.#news.onLost(state.lostMessages - lostBefore);
    if (sign.kind !== "readerOffline" && sign.isReaderTime) this.correct(state, receivedAtMs, sign.atMs);
  }

  /** Takes in the numbers of messages that came. */
  noteNumbers(state: ReaderState, run: EventRun, receivedAtMs: number): void {
    state.numbers ??= new Map();
    let numbers = state.numbers.get(run.stream);
    if (numbers === undefined) {
      if (state.numbers.size >= maxStreams) return;
      numbers = new EventNumbers();
      state.numbers.set(run.stream, numbers);
    }
    numbers.note(run.first, run.last, receivedAtMs);
  }

  /** How many readers are in each status, and how many have a clock that is corrected. */
  summary(): { byStatus: Record<ReaderHealth["status"], number>; corrected: number } {
    const byStatus = { online: 0, silent: 0, offline: 0, unassigned: 0 };
    let corrected = 0;
    for (const state of this.#readers.values()) {
      byStatus[statusOf(state, this.#nowMs())] += 1;
      if (state.clock.correctionMs !== 0) corrected += 1;
    }
    return { byStatus, corrected };
  }

  /** After a reader was assigned, its waiting reads have been taken in, but for these: their antenna has no zone yet. */
  assigned(locationId: string, readerId: string, waiting: WaitingReads): void {
    const known = this.#readers.get(`${locationId}/${readerId}`);
    if (known === undefined && waiting.reads === 0) return;
    const activity = known ?? this.heard(locationId, readerId, "", true);
    if (activity === null) return;
    if (known === undefined) activity.lastHeardAtMs = waiting.newestAtMs;
    activity.isAssigned = true;
    activity.waitingReads = waiting.reads;
    for (const antenna of waiting.antennas) if (antenna >= 0) activity.antennasSeen.add(antenna);
  }

  waiting(): { locationId: string; readerId: string; waitingReads: number }[] {
    return [...this.#readers.values()].filter((activity) => activity.waitingReads > 0);
  }

  /**
   * Health by location of the readers whose health changed since the last call, with the rate over the time between
   * calls (`tickMs`).
   */
  tick(tickMs: number): Map<string, ReaderHealth[]> {
    const nowMs = this.#nowMs();
    const changed = new Map<string, ReaderHealth[]>();
    for (const activity of this.#readers.values()) {
      this.#noteLost(activity, nowMs);
      activity.recentCounts.push(activity.reads - activity.readsAtLastTick);
      if (activity.recentCounts.length > rateTicks) activity.recentCounts.shift();
      activity.readsAtLastTick = activity.reads;
      const health = healthOf(activity, nowMs, tickMs);
      const text = JSON.stringify(health);
      if (text === activity.announced) continue;
      activity.announced = text;
      const list = changed.get(activity.locationId) ?? [];
      list.push(health);
      changed.set(activity.locationId, list);
    }
    return changed;
  }

  /** Adds what is new since the last flush to the table `reader_activity`. */
  async flush(db: Database): Promise<void> {
    const rows: (string | number)[][] = [];
    const written: {
      activity: ReaderState;
      reads: number;
      rejected: number;
      lost: number;
      heardAtMs: number;
    }[] = [];
    for (const activity of this.#readers.values()) {
      const { reads, rejected, lostMessages, lastHeardAtMs } = activity;
      if (lastHeardAtMs === activity.flushedHeardAtMs) continue;
      rows.push([
        activity.locationId,
        activity.readerId,
        Math.trunc(lastHeardAtMs / 60_000) * 60,
        activity.format,
        reads - activity.flushedReads,
        rejected - activity.flushedRejected,
        (lastHeardAtMs / 1000).toFixed(3),
        lostMessages - activity.flushedLost,
        activity.clock.correctionMs,
      ]);
      written.push({ activity, reads, rejected, lost: lostMessages, heardAtMs: lastHeardAtMs });
    }
    await this.#notices.flush(db);
    if (rows.length === 0) return;
    await db.insert({
      name: "ingest/insert-reader-activity",
      table: "reader_activity",
      columns: [
        "location_id",
        "reader_id",
        "minute",
        "format",
        "reads",
        "rejected",
        "last_heard_at",
        "lost",
        "clock_correction_ms",
      ],
      rows,
    });
    for (const { activity, reads, rejected, lost, heardAtMs } of written) {
      activity.flushedReads = reads;
      activity.flushedRejected = rejected;
      activity.flushedLost = lost;
      activity.flushedHeardAtMs = heardAtMs;
    }
  }

  #note(state: ReaderState, kind: ReaderNotice["kind"], detail: string, count = 1): void {
    this.#notices.add(state, { at: new Date(this.#nowMs()).toISOString(), kind, detail, count });
  }

  #correctionOf(key: string): number | null {
    const known = this.#readers.get(key)?.clock.correctionMs ?? this.#corrections.get(key);
    return known ?? (this.#model === null ? null : this.#model.#correctionOf(key));
  }

  #noteLost(state: ReaderState, nowMs: number): void {
    if (state.numbers === null) return;
    for (const numbers of state.numbers.values()) {
      const lost = numbers.takeLost(nowMs);
      if (lost === 0) continue;
      state.lostMessages += lost;
      this.#news.onLost(lost);
      this.#note(state, "lost_messages", "numbers are missing between its messages", lost);
    }
  }
}
