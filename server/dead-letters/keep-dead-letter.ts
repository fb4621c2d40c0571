import { hash } from "node:crypto";
import type { Database } from "../../sql/database.ts";

const COLUMNS = [
  "dead_letter_id",
  "received_at",
  "topic",
  "location_id",
  "source_id",
  "code",
  "detail",
  "payload",
];

/** Keeps a message that the server took in and could not read, with its bytes, as ingest keeps its own; once, however often it comes. */
export async function keepDeadLetter(
  db: Database,
  letter: {
    receivedAtMs: number;
    topic: string;
    locationId: string;
    sourceId: string;
    code: string;
    detail: string;
    payload: Uint8Array;
  },
): Promise<void> {
  const bytes = Buffer.from(letter.payload);
  const { topic } = letter;
  const id = hash("sha256", Buffer.concat([Buffer.from(`${topic}\0`), bytes]), "hex").slice(0, 32);
  const { locationId, sourceId, code, detail } = letter;
  const receivedAt = letter.receivedAtMs / 1000;
  await db.insert({
    name: "dead-letters/keep",
    table: "dead_letters",
    columns: COLUMNS,
    rows: [[id, receivedAt, topic, locationId, sourceId, code, detail, bytes.toString("base64")]],
    deduplicationToken: `server-${id}`,
  });
}
