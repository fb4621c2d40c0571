import { randomUUID } from "node:crypto";
import type { DeadLetterStep } from "../../domain/api/dead-letters.ts";
import { type ReplayOrder, replayTopic } from "../../domain/events/replay-order.ts";
import { ok, type Result } from "../../domain/result.ts";
import type { EventPublisher } from "../events/event-publisher.ts";
import type { ContentRow } from "./dead-letter-rows.ts";
import type { DeadLetterStore, NewStep } from "./dead-letter-store.ts";

export type Replayer = ReturnType<typeof createReplayer>;

/**
 * Has ingest take dead letters in again. The order goes over MQTT and its outcome comes back as a receipt, after it is
 * durable; only then is the letter marked. Whatever breaks in between leaves it open, and a replay again is harmless: a
 * repeated event is a duplicate, a repeated read changes nothing.
 */
export function createReplayer(deps: {
  store: DeadLetterStore;
  publisher: Pick<EventPublisher, "publishAndWait">;
  root: string;
}) {
  /** One letter; refused with `broker_unavailable` where nothing was sent. */
  async function order(
    letter: ContentRow,
    wish: { isHistorical: boolean; by: string; jobId: string | null },
  ): Promise<Result<NewStep>> {
    const replayId = `replay:${randomUUID()}`;
    const body: ReplayOrder = {
      replayId,
      deadLetterId: letter.dead_letter_id,
      topic: letter.topic,
      receivedAt: letter.first_received_at,
      isHistorical: wish.isHistorical,
      payloadBase64: letter.payload,
    };
    const topic = replayTopic(deps.root, letter.location_id, letter.dead_letter_id);
    const outcome = await deps.publisher.publishAndWait(topic, replayId, body);
    if (!outcome.ok && outcome.code === "broker_unavailable") return outcome;
    const status: DeadLetterStep["status"] = outcome.ok ? outcome.value.status : "unknown";
    const isSettled = status === "accepted" || status === "duplicate" || status === "late";
    return ok({
      deadLetterId: letter.dead_letter_id,
      state: isSettled ? "replayed" : "open",
      step: {
        by: wish.by,
        action: "replay",
        status,
        code: outcome.ok ? (outcome.value.code ?? "") : outcome.code,
        detail: withNote(outcome.ok ? (outcome.value.detail ?? "") : outcome.detail, wish.isHistorical),
        jobId: wish.jobId,
      },
    });
  }

  return {
    /**
     * Replays these letters in their order and records what became of each. A refusal (`broker_unavailable`) ends it;
     * `steps` are those that were taken before.
     */
    async replay(
      ids: readonly string[],
      wish: { isHistorical: boolean; by: string; jobId: string | null },
    ): Promise<{ at: string; steps: NewStep[]; refusal: string | null }> {
      const letters = await deps.store.messages(ids);
      // Published in the order of the ids, so that one connection keeps it.
      const outcomes = await Promise.all(
        ids.flatMap((id) => {
          const letter = letters.get(id);
          return letter === undefined ? [] : [order(letter, wish)];
        }),
      );
      const steps = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value] : []));
      const refused = outcomes.find((outcome) => !outcome.ok);
      const { at } = steps.length === 0 ? { at: "" } : await deps.store.record(steps);
      return { at, steps, refusal: refused === undefined || refused.ok ? null : refused.detail };
    },
  };
}

function withNote(detail: string, isHistorical: boolean): string {
  return isHistorical ? `Without the limit on age. ${detail}` : detail;
}
