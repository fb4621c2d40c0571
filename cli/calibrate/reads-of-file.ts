import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { z } from "zod";
import { identityOfEpc } from "../../domain/epc/identity.ts";
import { type ParsedTopic, parseTopic } from "../../ingest/adapters/parse-topic.ts";
import { understandMessage } from "../../ingest/adapters/understand-message.ts";

/** One raw read of a walk test and where it came from. */
export type RawWalkRead = {
  locationId: string;
  readerId: string;
  antenna: number;
  zoneId: string;
  epc: string;
  atMs: number;
  rssiDbm: number;
};

const capturedSchema = z.object({ topic: z.string(), payload: z.unknown() });

/**
 * The reads of a file of messages, one a line: `{"topic": …, "payload": …}` (as `onhand simulate --dry-run` prints), or the
 * message alone, all of them from `reader`. Lines without reads are passed over. No zone is known.
 */
export async function readsOfFile(
  path: string,
  reader: { locationId: string; readerId: string } | null,
): Promise<RawWalkRead[]> {
  const reads: RawWalkRead[] = [];
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Infinity });
  let number = 0;
  for await (const line of lines) {
    number += 1;
    if (line.trim() === "") continue;
    const message = messageOf(line, reader);
    if (message === null) {
      throw new Error(
        `Line ${number} of ${path} has no topic, so its reader is not known. Say --location and --reader.`,
      );
    }
    if (message.topic.kind !== "rfid") continue;
    const understood = understandMessage(message.topic, Buffer.from(message.payload), Date.now());
    if (understood.kind !== "reads") continue;
    const { locationId, sourceId } = message.topic;
    for (const { epcHex, antenna, observedAtMs: atMs, rssiDbm } of understood.reads) {
      const epc = identityOfEpc(epcHex);
      reads.push({ locationId, readerId: sourceId, antenna, zoneId: "", epc, atMs, rssiDbm });
    }
  }
  return reads;
}

function messageOf(
  line: string,
  reader: { locationId: string; readerId: string } | null,
): { topic: ParsedTopic; payload: string } | null {
  const captured = capturedSchema.safeParse(jsonOf(line));
  if (captured.success) {
    const { topic, payload } = captured.data;
    const parsed = parseTopic(topic.split("/").slice(0, -3).join("/"), topic);
    const text = typeof payload === "string" ? payload : JSON.stringify(payload);
    return parsed === null ? null : { topic: parsed, payload: text };
  }
  if (reader === null) return null;
  const { locationId, readerId: sourceId } = reader;
  const topic = `onhand/${locationId}/rfid/${sourceId}`;
  return { topic: { topic, kind: "rfid", locationId, sourceId }, payload: line };
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
