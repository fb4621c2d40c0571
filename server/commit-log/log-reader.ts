import { z } from "zod";
import { instantSchema } from "../../domain/identifiers.ts";
import type { Database } from "../../sql/database.ts";
import { instantParameter } from "../../sql/instant-parameter.ts";
import { loadQuery } from "../../sql/load-query.ts";

const keyRowSchema = z.object({
  ordinal: z.number(),
  decided_at: instantSchema,
  subject_id: z.string(),
  key_scope: z.string(),
  idempotency_key: z.string(),
  request_hash: z.string(),
  answer_status: z.number(),
});
/** An idempotency key with the row that carries it; `subject_id` is what its command changed. */
export type KeyRow = z.infer<typeof keyRowSchema>;

export type LogReader = ReturnType<typeof createLogReader>;

/**
 * What every log of commands is asked: its end, its keys, and answers that were given. Queries are those of the folder of its area:
 * last-change, load-keys, find-keys, answer-at.
 */
export function createLogReader(deps: { db: Database; area: string; maxRows: number; maxSeconds: number }) {
  const { db, area, maxRows, maxSeconds } = deps;

  /** A query of this area. */
  const ask = <Row>(name: string, params: Record<string, unknown>, row: z.ZodType<Row>) =>
    db.query({
      name: `${area}/${name}`,
      sql: loadQuery(`${area}/${name}`),
      params,
      row,
      maxRows,
      maxSeconds,
    });

  return {
    ask,

    async lastChange(): Promise<{ ordinal: number; epoch: number }> {
      const row = z.object({ last_ordinal: z.number(), last_epoch: z.number() });
      const [found] = await ask("last-change", {}, row);
      return { ordinal: found?.last_ordinal ?? 0, epoch: found?.last_epoch ?? 0 };
    },

    /** The newest keys that have to be known since an instant, in chunks; the oldest first. */
    keys: (sinceMs: number, maxKeys: number): AsyncIterable<KeyRow[]> =>
      db.stream({
        name: `${area}/load-keys`,
        sql: loadQuery(`${area}/load-keys`),
        params: { since: instantParameter(sinceMs), max_keys: maxKeys },
        row: keyRowSchema,
      }),

    /** Those of some keys that were used since an instant, whoever sent them; of each sender the newest row. */
    findKeys: (keys: readonly string[], sinceMs: number): Promise<KeyRow[]> =>
      ask("find-keys", { idempotency_keys: keys, since: instantParameter(sinceMs) }, keyRowSchema),

    /** The first answer to the command whose key the row of this ordinal carries. */
    async answerAt(ordinal: number): Promise<{ status: number; text: string } | null> {
      const row = z.object({ answer_status: z.number(), text: z.string() });
      const [found] = await ask("answer-at", { ordinal }, row);
      return found === undefined ? null : { status: found.answer_status, text: found.text };
    },
  };
}
