import type { Logger } from "pino";
import { z } from "zod";
import type { Database } from "../../sql/database.ts";
import { instantParameter } from "../../sql/instant-parameter.ts";
import { loadQuery } from "../../sql/load-query.ts";
import { secondsText } from "../../sql/seconds-text.ts";
import { escapeText } from "../../sql/tab-separated.ts";
import { HttpProblem } from "../problems.ts";
import { type CommitLog, createCommitLog, MAX_WAITING_ROWS, notTheWriter } from "./commit-log.ts";
import type { WriterTurn } from "./writer-turn.ts";

/** An answer is kept so long. */
const KEYS_KEPT_MS = 24 * 3_600_000;
const COLUMNS = [
  "ordinal",
  "epoch",
  "kind",
  "decided_at",
  "document_id",
  "origin_id",
  "is_open",
  "idempotency_key",
  "document",
  "details",
] as const;

/** The key of a command with the answer that every repeat of it gets; `status` 0: it was begun, and has none yet. */
export type KeptAnswer = { scope: string; key: string; requestHash: string; status: number; text: string };

/** A change of a document, with the whole of it afterwards. `document` null: only an answer to a key is kept. */
export type DocumentChange = {
  kind: string;
  documentId: string;
  /** What it came from, to find all that came from the same. */
  originId: string;
  /** Something is left to do for it: it is loaded at the next start. */
  isOpen: boolean;
  document: unknown;
  answer: KeptAnswer | null;
};

const textRow = z.object({ document: z.string() });
const keyRow = z.object({
  document_id: z.string(),
  request_hash: z.string(),
  answer_status: z.number(),
  answer: z.string(),
});

export type DocumentLog = ReturnType<typeof createDocumentLog>;

/**
 * A narrow table of changes of documents (ADR 0024), written by the server that grants: each row is a change with the document
 * as JSON after it. Queries are those of the folder of its area: last-change, epochs-at, open, find, find-key.
 */
export function createDocumentLog(deps: {
  db: Database;
  area: string;
  table: string;
  logger: Logger;
  nowMs(): number;
  deadlineMs: number;
}) {
  const { db, area } = deps;
  let log: CommitLog | null = null;
  let ordinal = 0;
  let epoch = 0;

  const ask = <Row>(name: string, params: Record<string, unknown>, row: z.ZodType<Row>) =>
    db.query({ name: `${area}/${name}`, sql: loadQuery(`${area}/${name}`), params, row });

  function append(current: CommitLog, change: DocumentChange, deadlineMs = deps.deadlineMs): Promise<void> {
    ordinal += 1;
    const text = change.document === null ? "" : JSON.stringify(change.document);
    const { answer } = change;
    const details =
      answer === null
        ? "{}"
        : JSON.stringify({
            keyScope: answer.scope,
            requestHash: answer.requestHash,
            answerStatus: answer.status,
            answer: answer.text,
          });
    const row =
      `${ordinal}\t${epoch}\t${change.kind}\t${secondsText(deps.nowMs())}\t${escapeText(change.documentId)}\t` +
      `${escapeText(change.originId)}\t${change.isOpen ? 1 : 0}\t${escapeText(answer?.key ?? "")}\t${escapeText(text)}\t` +
      escapeText(details);
    return Promise.resolve(current.durable(current.append([row], ordinal), deadlineMs) ?? undefined);
  }

  return {
    /** Begins to write in the turn of this server, and gives what is open, the oldest first. */
    async begin(turn: WriterTurn): Promise<string[]> {
      const row = z.object({ last_ordinal: z.number(), last_epoch: z.number() });
      const [last] = await ask("last-change", {}, row);
      ordinal = last?.last_ordinal ?? 0;
      epoch = Math.max(turn.epoch, (last?.last_epoch ?? 0) + 1);
      const mine = createCommitLog({
        ...deps,
        target: { area, table: deps.table, columns: COLUMNS },
        lease: turn.lease,
        epoch,
        lastOrdinal: ordinal,
        onCommit: () => {},
        onLost: () => {
          if (log === mine) log = null;
        },
      });
      const change = { kind: "started", documentId: "", originId: "", isOpen: false };
      await append(mine, { ...change, document: null, answer: null });
      const open = await ask("open", {}, textRow);
      if (turn.ended.aborted) {
        await mine.stop({ deadlineMs: 0 });
        return [];
      }
      log = mine;
      turn.ended.addEventListener("abort", () => mine.stepDown(), { once: true });
      return open.map((one) => one.document);
    },
    isWriter: () => log !== null,
    /** Throws `not_the_writer` where another server writes. */
    checkWriter(): void {
      if (log === null) throw notTheWriter();
    },
    /** Resolves when the change is durable. Throws `not_the_writer`, `outcome_unknown`. */
    async write(change: DocumentChange): Promise<void> {
      if (log === null) throw notTheWriter();
      await append(log, change);
    },
    /** Several changes in one commit. Resolves when all are durable, however long it takes. Throws `not_the_writer`. */
    async writeAll(changes: readonly DocumentChange[]): Promise<void> {
      const mine = log;
      if (mine === null) throw notTheWriter();
      if (mine.waitingRows() >= MAX_WAITING_ROWS) {
        const detail = `${MAX_WAITING_ROWS} changes of ${area} wait to become durable.`;
        throw new HttpProblem("reservations_busy", detail, {}, { "retry-after": "2" });
      }
      await Promise.all(changes.map((change) => append(mine, change, Number.POSITIVE_INFINITY)));
    },
    /** The answer that a key got in the last day; null when it is new. Throws where it came with another request. */
    async answerTo(wanted: { scope: string; key: string; requestHash: string }) {
      const since = instantParameter(deps.nowMs() - KEYS_KEPT_MS);
      const params = { key_scope: wanted.scope, idempotency_key: wanted.key, since };
      const [found] = await ask("find-key", params, keyRow);
      if (found === undefined) return null;
      if (found.request_hash !== wanted.requestHash) {
        throw new HttpProblem("idempotency_key_reused", "The key came before with another request.");
      }
      return { documentId: found.document_id, status: found.answer_status, text: found.answer };
    },
    /** JSON of the document after its last change; null when there is none. */
    async find(documentId: string): Promise<string | null> {
      const [found] = await ask("find", { document_id: documentId }, textRow);
      return found?.document ?? null;
    },
    /** Lets what is on its way become durable. */
    async stop(): Promise<void> {
      const mine = log;
      log = null;
      await mine?.stop({ deadlineMs: 5_000 });
    },
  };
}
