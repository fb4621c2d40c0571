import type { Logger } from "pino";
import { type ParsedTopic, parseTopic } from "../adapters/parse-topic.ts";
import { understandMessage } from "../adapters/understand-message.ts";
import type { Understood } from "../adapters/understood.ts";
import type { IncomingMessage, IntakeDone } from "../intake/intake.ts";
import type { ArrivedEvent } from "./arrived-event.ts";
import type { Batch } from "./batch.ts";
import type { Committer } from "./committer.ts";
import { deadLetterId } from "./dead-letter-id.ts";
import { noteReader, readsByReader } from "./note-reader.ts";
import { openReplay } from "./open-replay.ts";
import { depsFor, listWaiting } from "./replay-deps.ts";
import { type RefusedReads, type TakeReadsDeps, takeReads } from "./take-reads.ts";
import { judgeByLookup, judgeByMemory, type TakeStockEventDeps, takeStockEvent } from "./take-stock-event.ts";
import { addAndTell } from "./tell-replay.ts";

export type PipelineDeps = TakeReadsDeps &
  TakeStockEventDeps & {
    root: string;
    committer: Committer;
    logger: Logger;
    nowMs(): number;
    /** Called once when a message broke the stock book: what is in memory may be wrong, so the process must end. */
    onBroken(error: unknown): void;
  };

type Waiting = { message: IncomingMessage; done: IntakeDone };

/**
 * The way of a message: topic → adapter → reads through the item tracker, or an event through the stock book, or a
 * dead letter → batch. Everything here is one step in memory, in the order of arrival; only an event whose id memory may
 * have forgotten waits for a look into ClickHouse, and what comes after it waits behind it.
 */
export class Pipeline {
  readonly #deps: PipelineDeps;
  /** Messages behind a look-up. Bounded by what intake hands out before it is acknowledged. */
  readonly #waiting: Waiting[] = [];
  #isLookingUp = false;
  #isBroken = false;

  constructor(deps: PipelineDeps) {
    this.#deps = deps;
  }

  readonly take = (message: IncomingMessage, done: IntakeDone): void => {
    if (this.#isBroken) done("failed");
    else if (this.#isLookingUp) this.#waiting.push({ message, done });
    else this.#process(message, done);
  };

  #process(arrived: IncomingMessage, done: IntakeDone): void {
    const message = openReplay(this.#deps.root, arrived);
    const topic = parseTopic(this.#deps.root, message.topic);
    this.#deps.metrics.counts.messages += 1;
    if (topic === null) {
      this.#settle(message, done, (batch) =>
        this.#deadLetter(
          batch,
          message,
          null,
          "unknown_topic",
          `Nothing is taken in from the topic ${message.topic}.`,
        ),
      );
      return;
    }
    const mappings = this.#deps.masterData.mappingsOf(topic.locationId, topic.sourceId);
    const understood = understandMessage(topic, message.payload, message.receivedAtMs, mappings);
    if (understood.kind === "till" || understood.kind === "stock") {
      this.#takeEvent(message, topic, understood, done);
      return;
    }
    this.#settle(message, done, (batch) => this.#takeReaderMessage(batch, message, topic, understood));
  }

  #takeReaderMessage(
    batch: Batch,
    message: IncomingMessage,
    topic: ParsedTopic,
    understood: Exclude<Understood, { kind: "till" | "stock" }>,
  ): void {
    switch (understood.kind) {
      case "reads":
        this.#takeReads(batch, message, topic, understood);
        return;
      case "control":
      case "heartbeat":
      case "readerOffline": {
        const format = understood.kind === "readerOffline" ? "" : understood.format;
        const { eventRuns } = understood;
        noteReader(
          depsFor(this.#deps, message),
          topic,
          { format, signs: [understood], eventRuns },
          message.receivedAtMs,
        );
        return;
      }
      case "rejected":
        this.#deadLetter(batch, message, topic, understood.code, understood.detail, understood.eventId);
        return;
      default: {
        const never: never = understood;
        throw new Error(`unhandled ${JSON.stringify(never)}`);
      }
    }
  }

  #takeReads(
    batch: Batch,
    message: IncomingMessage,
    topic: ParsedTopic,
    understood: Extract<Understood, { kind: "reads" }>,
  ): void {
    const nowMs = this.#deps.nowMs();
    const deps = depsFor(this.#deps, message);
    const { format, mode, sentAtMs } = understood;
    const { receivedAtMs } = message;
    const refused: RefusedReads = { tooOld: 0, inFuture: 0 };
    for (const [readerId, reads] of readsByReader(deps, topic, understood.reads)) {
      const origin = { locationId: topic.locationId, readerId, format, mode, receivedAtMs, sentAtMs, nowMs };
      const { tooOld, inFuture } = takeReads(deps, batch, origin, reads);
      refused.tooOld += tooOld;
      refused.inFuture += inFuture;
    }
    noteReader(deps, topic, understood, receivedAtMs);
    if (message.replay !== undefined) listWaiting(this.#deps, deps.activity);
    const [firstRefused] = understood.refused;
    if (firstRefused !== undefined) {
      const { code, detail } = firstRefused;
      const count = understood.refused.length;
      this.#deadLetter(
        batch,
        message,
        topic,
        code,
        `${count} of ${count + understood.reads.length} reads were refused, the others were taken in. First: ${detail}`,
      );
    }
    if (refused.tooOld + refused.inFuture === 0) return;
    if (refused.tooOld > 0) this.#deps.metrics.refusals.inc({ code: "too_old" }, refused.tooOld);
    if (refused.inFuture > 0) this.#deps.metrics.refusals.inc({ code: "in_future" }, refused.inFuture);
    const of = understood.reads.length;
    batch.receipts.push({
      client: clientOf(message, topic),
      receipt: {
        eventId: `reads:${deadLetterId(message).slice(0, 16)}`,
        status: "rejected",
        code: refused.tooOld > 0 ? "too_old" : "in_future",
        detail:
          `Of ${of} reads ${refused.tooOld} are too old and ${refused.inFuture} in the future. ` +
          "They are kept as raw reads and move no stock. Check the reader's clock.",
        topic: message.topic,
        recordedAt: new Date(nowMs).toISOString(),
      },
    });
  }

  #takeEvent(
    message: IncomingMessage,
    topic: ParsedTopic,
    understood: Extract<Understood, { kind: "till" | "stock" }>,
    done: IntakeDone,
  ): void {
    const common = {
      locationId: topic.locationId,
      source: `${topic.kind}/${topic.sourceId}`,
      topic: message.topic,
      client: clientOf(message, topic),
      nowMs: this.#deps.nowMs(),
    };
    const arrived: ArrivedEvent =
      understood.kind === "till"
        ? { ...common, kind: "till", event: understood.event }
        : { ...common, kind: "stock", event: understood.event };
    const deps = depsFor(this.#deps, message);
    const judged = judgeByMemory(deps, arrived);
    // Memory knows the events within the limit on age alone.
    if (!judged.needsLookup && message.replay?.isHistorical !== true) {
      this.#settle(message, done, (batch) => takeStockEvent(deps, batch, arrived, judged));
      return;
    }
    this.#isLookingUp = true;
    void this.#lookUp(message, arrived, judged, done);
  }

  async #lookUp(
    message: IncomingMessage,
    arrived: ArrivedEvent,
    judged: { eventId: string; hash: bigint },
    done: IntakeDone,
  ): Promise<void> {
    try {
      const judgement = await judgeByLookup(this.#deps, arrived, judged.eventId, judged.hash);
      this.#settle(message, done, (batch) =>
        takeStockEvent(depsFor(this.#deps, message), batch, arrived, { ...judged, judgement }),
      );
    } catch (error) {
      this.#deps.logger.error(
        { error },
        "Whether an event is a repeat could not be looked up; it is not acknowledged and comes again.",
      );
      done("failed");
    }
    this.#goOn();
  }

  #goOn(): void {
    this.#isLookingUp = false;
    while (!this.#isLookingUp) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      this.#process(next.message, next.done);
    }
  }

  /** Adds to the batch what `add` adds, together with the message's acknowledgement: they share their fate. */
  #settle(message: IncomingMessage, done: IntakeDone, add: (batch: Batch) => void): void {
    const { committer } = this.#deps;
    const batch = committer.current;
    batch.addMessage(message.replay?.orderedAtMs ?? message.receivedAtMs, done);
    try {
      addAndTell(batch, message, this.#deps.nowMs(), add);
    } catch (error) {
      this.#break(batch, message, error);
    }
    committer.touched();
  }

  /**
   * A message that the stock book cannot bear must not be delivered for ever: it is kept as a dead letter and
   * acknowledged. The book may be half changed, so nothing more is applied to it; a new start recovers it.
   */
  #break(batch: Batch, message: IncomingMessage, error: unknown): void {
    this.#isBroken = true;
    const topic = parseTopic(this.#deps.root, message.topic);
    const reason = error instanceof Error ? error.message : String(error);
    this.#deadLetter(
      batch,
      message,
      topic,
      "internal_error",
      `Onhand failed on this message (${reason}). Stock is as before it. Report it, with the message.`,
    );
    this.#deps.onBroken(error);
  }

  #deadLetter(
    batch: Batch,
    message: IncomingMessage,
    topic: ParsedTopic | null,
    code: string,
    detail: string,
    eventId: string | null = null,
  ): void {
    const { metrics, activity, masterData } = depsFor(this.#deps, message);
    metrics.counts.deadLetters += 1;
    metrics.refusals.inc({ code });
    if (topic?.kind === "rfid") {
      const { locationId, sourceId } = topic;
      const heard = activity.heard(
        locationId,
        sourceId,
        "",
        masterData.isAssignedReader(locationId, sourceId),
      );
      if (heard !== null) heard.rejected += 1;
    }
    batch.deadLetters.push({
      deadLetterId: deadLetterId(message),
      receivedAtMs: message.receivedAtMs,
      topic: message.topic,
      locationId: topic?.locationId ?? "",
      sourceId: topic?.sourceId ?? "",
      code,
      detail,
      payload: message.payload,
    });
    if (topic === null || topic.kind === "rfid") return;
    batch.receipts.push({
      client: clientOf(message, topic),
      receipt: {
        eventId: eventId ?? `unnamed:${deadLetterId(message).slice(0, 16)}`,
        status: "rejected",
        code,
        detail,
        topic: message.topic,
        recordedAt: new Date(message.receivedAtMs).toISOString(),
      },
    });
  }
}

/** Whom a receipt is for: the publisher where the broker tells it, else the location and source of the topic. */
function clientOf(message: IncomingMessage, topic: ParsedTopic): string {
  return message.clientId ?? `${topic.locationId}.${topic.sourceId}`;
}
