import { REPLAY_CLIENT } from "../../domain/events/replay-order.ts";
import type { Receipt } from "../../domain/receipt.ts";
import type { IncomingMessage } from "../intake/intake.ts";
import type { Batch } from "./batch.ts";
import type { ReadVerdict } from "../../domain/read-verdict.ts";

type Outcome = Pick<Receipt, "status" | "code" | "detail">;

/**
 * Adds to the batch what `add` makes of a message. Of a replayed one it also adds a receipt for who ordered the replay,
 * which says what became of it now; and it leaves out what was told when the message first came: the dead letter, and
 * refusals to its sender.
 */
export function addAndTell(
  batch: Batch,
  message: IncomingMessage,
  nowMs: number,
  add: (batch: Batch) => void,
): void {
  const { replay } = message;
  if (replay === undefined) return add(batch);
  const before = {
    deadLetters: batch.deadLetters.length,
    receipts: batch.receipts.length,
    reads: batch.reads.mark(),
  };
  add(batch);
  const letters = batch.deadLetters.splice(before.deadLetters);
  const receipts = batch.receipts.splice(before.receipts);
  batch.receipts.push(...receipts.filter(({ receipt }) => receipt.status === "accepted"));
  const refused = letters[0] ?? receipts.find(({ receipt }) => receipt.status === "rejected")?.receipt;
  const outcome: Outcome =
    refused === undefined
      ? takenIn(receipts[0]?.receipt, batch.reads.verdictsSince(before.reads))
      : { status: "rejected", code: refused.code, detail: refused.detail };
  batch.receipts.push({
    client: REPLAY_CLIENT,
    receipt: {
      eventId: replay.replayId,
      ...outcome,
      topic: replay.answerTopic,
      recordedAt: new Date(nowMs).toISOString(),
    },
  });
}

function takenIn(event: Receipt | undefined, verdicts: ReadonlyMap<ReadVerdict, number>): Outcome {
  if (event !== undefined) {
    const { status, code, eventId } = event;
    return { status, code, detail: event.detail ?? `Event ${eventId}.` };
  }
  const words = [...verdicts].map(([verdict, reads]) => `${verdict} ${reads}`);
  const detail = words.length === 0 ? "It holds no reads." : `Reads: ${words.join(", ")}.`;
  return { status: "accepted", code: null, detail };
}
