import { replayOrderSchema } from "../../domain/events/replay-order.ts";
import { intakeLocation } from "../intake/intake-topics.ts";
import type { IncomingMessage } from "../intake/intake.ts";
import { deadLetterId } from "./dead-letter-id.ts";

/**
 * The message inside an order to take a dead letter in again; any other message as it is. An order that is malformed, or
 * whose bytes are not those of the letter it names, stays what it is, and so ends as a dead letter of its own topic.
 */
export function openReplay(root: string, message: IncomingMessage): IncomingMessage {
  if (!message.topic.includes("/replay/") || intakeLocation(root, message.topic) === null) return message;
  const parsed = replayOrderSchema.safeParse(parseJson(message.payload));
  if (!parsed.success) return message;
  const { deadLetterId: named, topic, payloadBase64, receivedAt, replayId, isHistorical } = parsed.data;
  const opened: IncomingMessage = {
    topic,
    payload: Buffer.from(payloadBase64, "base64"),
    clientId: null,
    isDuplicate: true,
    receivedAtMs: Date.parse(receivedAt),
    replay: { replayId, isHistorical, answerTopic: message.topic, orderedAtMs: message.receivedAtMs },
  };
  return deadLetterId(opened) === named ? opened : message;
}

function parseJson(payload: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(payload).toString("utf8"));
  } catch {
    return null;
  }
}
