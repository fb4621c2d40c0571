import { z } from "zod";
import {
  type DeadLetter,
  type DeadLetterDetail,
  type DeadLetterFilter,
  type DeadLetterGroup,
  type DeadLetterStep,
  deadLetterGroupSchema,
} from "../../domain/api/dead-letters.ts";
import { instantSchema } from "../../domain/identifiers.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";
import {
  type ContentRow,
  contentRowSchema,
  type LetterRow,
  letterRowSchema,
  stepRowSchema,
  toDeadLetter,
  utf8Text,
} from "./dead-letter-rows.ts";
import { hexView } from "./hex-view.ts";

/** Later than any row. */
const END_OF_TIME_MS = 9_999_999_999_999;
/** Base64 of the 300 bytes that a list shows, and of more than any message has. */
const PREVIEW_CHARACTERS = 400;
const ALL_CHARACTERS = 1_000_000_000;
const HEX_VIEW_BYTES = 4096;

/** A step to be recorded, with the state that it leaves the letter in. */
export type NewStep = {
  deadLetterId: string;
  state: DeadLetter["state"];
  step: Omit<DeadLetterStep, "at">;
};

export type DeadLetterStore = ReturnType<typeof createDeadLetterStore>;

/** Dead letters as ingest stored them, and the steps that people and replays took. */
export function createDeadLetterStore(deps: { db: Database; nowMs(): number }) {
  const { db } = deps;
  let lastStepMs = 0;

  async function contents(
    ids: readonly string[],
    payloadCharacters: number,
  ): Promise<Map<string, ContentRow>> {
    if (ids.length === 0) return new Map();
    const rows = await db.query({
      name: "dead-letters/contents",
      sql: loadQuery("dead-letters/contents"),
      params: { dead_letter_ids: ids, payload_characters: payloadCharacters },
      row: contentRowSchema,
    });
    return new Map(rows.map((row) => [row.dead_letter_id, row]));
  }

  async function find(deadLetterId: string): Promise<LetterRow | null> {
    const [row] = await db.query({
      name: "dead-letters/state-of",
      sql: loadQuery("dead-letters/state-of"),
      params: { dead_letter_ids: [deadLetterId] },
      row: letterRowSchema,
    });
    return row ?? null;
  }

  return {
    find,

    /** One row more than `limit` tells that there are more. */
    async list(
      filter: DeadLetterFilter,
      before: { ms: number; id: string } | null,
      limit: number,
    ): Promise<{ letters: DeadLetter[]; total: number }> {
      const rows = await db.query({
        name: "dead-letters/list",
        sql: loadQuery("dead-letters/list"),
        params: {
          ...filterParams(filter),
          before_ms: before?.ms ?? END_OF_TIME_MS,
          before_id: before?.id ?? "",
          page_rows: limit + 1,
        },
        row: letterRowSchema,
      });
      const held = await contents(
        rows.map((row) => row.dead_letter_id),
        PREVIEW_CHARACTERS,
      );
      return {
        letters: rows.map((row) => toDeadLetter(row, held.get(row.dead_letter_id))),
        total: rows[0]?.total ?? 0,
      };
    },

    async groups(filter: DeadLetterFilter): Promise<DeadLetterGroup[]> {
      const rows = await db.query({
        name: "dead-letters/groups",
        sql: loadQuery("dead-letters/groups"),
        params: filterParams(filter),
        row: groupRowSchema,
      });
      const held = await contents(
        rows.map((row) => row.example_id),
        0,
      );
      return rows.map((row) =>
        deadLetterGroupSchema.parse({
          ...row,
          firstReceivedAt: row.first_received_at,
          receivedAt: row.last_received_at,
          topicCount: row.topic_count,
          topics: row.topics.map(([topic, letters]) => ({ topic, letters })),
          example: { deadLetterId: row.example_id, detail: held.get(row.example_id)?.detail ?? "" },
        }),
      );
    },

    async detail(deadLetterId: string): Promise<DeadLetterDetail | null> {
      const row = await find(deadLetterId);
      if (row === null) return null;
      const content = (await contents([deadLetterId], ALL_CHARACTERS)).get(deadLetterId);
      const bytes = Buffer.from(content?.payload ?? "", "base64");
      const steps = await db.query({
        name: "dead-letters/steps",
        sql: loadQuery("dead-letters/steps"),
        params: { dead_letter_id: deadLetterId },
        row: stepRowSchema,
      });
      return {
        ...toDeadLetter(row, content),
        preview: utf8Text(bytes.subarray(0, 300), bytes.length > 300),
        payloadBase64: content?.payload ?? "",
        text: utf8Text(bytes),
        hex: hexView(bytes.subarray(0, HEX_VIEW_BYTES)),
        steps,
      };
    },

    /** The next open letters in the order in which they first came, and how many there are from here on. */
    async openAfter(filter: DeadLetterFilter, after: { ms: number; id: string } | null, limit: number) {
      return await db.query({
        name: "dead-letters/open-after",
        sql: loadQuery("dead-letters/open-after"),
        params: {
          ...filterParams(filter),
          after_ms: after?.ms ?? 0,
          after_id: after?.id ?? "",
          page_rows: limit,
        },
        row: z.object({ dead_letter_id: z.string(), first_received_ms: z.number(), remaining: z.number() }),
      });
    },

    /** The whole messages of these letters. */
    messages: (ids: readonly string[]) => contents(ids, ALL_CHARACTERS),

    /** Durable when it answers. Times rise, so that the newest step of a letter is the last one recorded. */
    async record(steps: readonly NewStep[]): Promise<{ at: string }> {
      lastStepMs = Math.max(lastStepMs + 1, deps.nowMs());
      const at = new Date(lastStepMs).toISOString();
      await db.insert({
        name: "dead-letters/record",
        table: "dead_letter_steps",
        columns: ["dead_letter_id", "at", "actor", "action", "state", "status", "code", "detail", "job_id"],
        rows: steps.map(({ deadLetterId, state, step }) => [
          deadLetterId,
          at,
          step.by,
          step.action,
          state,
          step.status ?? "",
          step.code,
          step.detail,
          step.jobId ?? "",
        ]),
      });
      return { at };
    },
  };
}

const groupRowSchema = z.object({
  code: z.string(),
  kind: z.string(),
  shape: z.string(),
  letters: z.number(),
  arrivals: z.number(),
  first_received_at: instantSchema,
  last_received_at: instantSchema,
  topic_count: z.number(),
  topics: z.array(z.tuple([z.string(), z.number()])),
  example_id: z.string(),
});

function filterParams(filter: DeadLetterFilter): Record<string, string | number> {
  return {
    state: filter.state,
    location_id: filter.location ?? "",
    source_id: filter.source ?? "",
    kind: filter.kind ?? "",
    code: filter.code ?? "",
    shape: filter.shape ?? "",
    from_ms: filter.from === undefined ? 0 : Date.parse(filter.from),
    to_ms: filter.to === undefined ? END_OF_TIME_MS : Date.parse(filter.to),
  };
}
