import { hash } from "node:crypto";
import type { Logger } from "pino";
import { ZodError } from "zod";
import type { ConnectorMessage } from "../../domain/connectors/connector.ts";
import { subjectOf } from "../../domain/connectors/shop-message.ts";
import { DatabaseError } from "../../sql/database-error.ts";
import type { DocumentLog } from "../commit-log/document-log.ts";
import { createSerial } from "../commit-log/serial.ts";
import { HttpProblem } from "../problems.ts";
import type { ConnectorMetrics } from "./connector-metrics.ts";
import type { ConnectorRecord, ConnectorStore } from "./connector-store.ts";
import { type MessageStore, storedMessage } from "./message-store.ts";
import { originOf, readMessage } from "./take-message.ts";
import { held, ignored, type Taken } from "./taken.ts";

/** Messages that wait to be taken, above which no more are taken in: their platform sends them again. */
const MAX_WAITING = 20_000;
/** Subjects that are worked on side by side. */
const LANES = 8;
const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 60_000;

export type Inbox = ReturnType<typeof createInbox>;
type Waiting = { message: ConnectorMessage; nextMs: number; isRunning: boolean };

/**
 * Messages of connected shops: durable before they are acknowledged, known by their id, then taken one after the other of what they are
 * about. What cannot be decided now is tried again; what a person has to see to is held until somebody replays it.
 */
export function createInbox(deps: {
  log: DocumentLog;
  connectors: ConnectorStore;
  store: MessageStore;
  take(connector: ConnectorRecord, message: ConnectorMessage): Promise<Taken>;
  metrics: ConnectorMetrics;
  logger: Logger;
  nowMs(): number;
}) {
  const { log, connectors, store, metrics, logger } = deps;
  const { run: inTurn } = createSerial();
  const serial = createSerial();
  const waiting = new Map<string, Waiting>();
  let heldCount = 0;

  const at = () => new Date(deps.nowMs()).toISOString();
  const idOf = ({ connectorId, messageId }: Pick<ConnectorMessage, "connectorId" | "messageId">) =>
    `${connectorId}:${messageId}`;

  async function write(message: ConnectorMessage, before: ConnectorMessage["status"] | null): Promise<void> {
    await log.write({
      kind: message.status,
      documentId: idOf(message),
      originId: originOf(message.connectorId, message.subject),
      isOpen: message.status === "waiting",
      document: message,
      answer: null,
    });
    heldCount += Number(message.status === "held") - Number(before === "held");
  }

  function wait(message: ConnectorMessage): void {
    waiting.set(idOf(message), { message, nextMs: 0, isRunning: false });
  }

  /** Begins to work on all whose time has come, the oldest first. Those of one subject go one after the other. */
  function pump(): void {
    for (const one of waiting.values()) {
      if (one.isRunning || one.nextMs > deps.nowMs()) continue;
      one.isRunning = true;
      const origin = originOf(one.message.connectorId, one.message.subject);
      const lane = hash("sha256", origin, "buffer").readUInt8(0) % LANES;
      void serial.run(String(lane), () => work(one));
    }
  }

  async function work(one: Waiting): Promise<void> {
    const { message } = one;
    try {
      if (!log.isWriter()) return;
      const taken = await outcomeOf(message);
      await write({ ...message, ...taken, changedAt: at(), attempts: message.attempts + 1 }, "waiting");
      waiting.delete(idOf(message));
      metrics.count(message.connectorId, taken.status);
      if (taken.status === "done" && message.subject !== "levels") await tryAgain(message);
    } catch (error) {
      message.attempts += 1;
      one.nextMs =
        deps.nowMs() + Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(message.attempts, 10));
      const { connectorId, messageId, topic } = message;
      logger.warn({ err: error, connectorId, messageId, topic }, "a message of a shop is tried again later");
    } finally {
      one.isRunning = false;
    }
  }

  async function outcomeOf(message: ConnectorMessage): Promise<Taken> {
    const connector = connectors.get(message.connectorId);
    if (connector === null) return ignored("Its connector was removed.");
    try {
      return await deps.take(connector, message);
    } catch (error) {
      if (error instanceof ZodError) return notUnderstood(error);
      // What is refused for what it says is refused again: a person has to see to it.
      if (error instanceof HttpProblem && error.body().status < 500)
        return held(error.code, error.body().detail);
      if (error instanceof HttpProblem || error instanceof DatabaseError) throw error;
      logger.error({ err: error, messageId: message.messageId }, "a message of a shop could not be taken");
      return held("internal_error", error instanceof Error ? error.message : String(error));
    }
  }

  /** Others of the same order that were held may go on now, or are overtaken. */
  async function tryAgain({ connectorId, subject, messageId }: ConnectorMessage): Promise<void> {
    for (const document of await store.heldOf(originOf(connectorId, subject))) {
      if (document.messageId === messageId) continue;
      const connector = connectors.get(connectorId);
      if (connector === null) return;
      const taken = await deps.take(connector, document).catch(() => null);
      if (taken === null || (taken.status === "held" && taken.code === document.code)) continue;
      await write({ ...document, ...taken, changedAt: at(), attempts: document.attempts + 1 }, "held");
      metrics.count(connectorId, taken.status);
    }
  }

  return {
    /**
     * Takes a message in. Resolves when it is durable; one that came before is not taken again. Throws `not_the_writer`,
     * `outcome_unknown` (it is safe to send it again) and `reservations_busy`.
     */
    receive(
      connector: ConnectorRecord,
      message: { messageId: string; topic: string; body: unknown },
    ): Promise<{ messageId: string; isDuplicate: boolean }> {
      const { connectorId } = connector;
      const { messageId, topic, body } = message;
      const documentId = idOf({ connectorId, messageId });
      return inTurn(documentId, async () => {
        log.checkWriter();
        const known = waiting.has(documentId) ? "" : await log.find(documentId);
        if (known !== null) {
          const stored = known === "" ? null : storedMessage.parse(known);
          // Its first answer was lost before anybody worked on it.
          if (stored?.status === "waiting") wait(stored);
          pump();
          metrics.count(connectorId, "duplicate");
          return { messageId, isDuplicate: true };
        }
        if (waiting.size >= MAX_WAITING) {
          const detail = `${MAX_WAITING} messages of shops wait to be taken.`;
          throw new HttpProblem("reservations_busy", detail, {}, { "retry-after": "30" });
        }
        const now = at();
        const begun: ConnectorMessage = {
          messageId,
          connectorId,
          topic,
          subject: "",
          status: "waiting",
          code: null,
          detail: null,
          unmatched: [],
          receivedAt: now,
          changedAt: now,
          attempts: 0,
          body,
          progress: null,
        };
        const made: ConnectorMessage = { ...begun, ...understood(connector, topic, body) };
        await write(made, null);
        metrics.count(connectorId, "received");
        if (made.status === "held") metrics.count(connectorId, "held");
        else wait(made);
        pump();
        return { messageId, isDuplicate: false };
      });
    },

    /** Takes one again that was held, or that nothing was done for. Throws `message_not_found`, `message_state`. */
    replay: (connectorId: string, messageId: string): Promise<ConnectorMessage> =>
      inTurn(idOf({ connectorId, messageId }), () => replay(connectorId, messageId)),

    /** A person says that nothing is to be done for it. Throws as `replay`. */
    discard: (connectorId: string, messageId: string): Promise<ConnectorMessage> =>
      inTurn(idOf({ connectorId, messageId }), async () => {
        const message = await findSettled(connectorId, messageId);
        const discarded: ConnectorMessage = {
          ...message,
          status: "discarded",
          progress: null,
          changedAt: at(),
        };
        await write(discarded, message.status);
        metrics.count(connectorId, "discarded");
        return discarded;
      }),

    /** All that are held of a connector, up to a thousand. @returns how many. */
    async replayHeld(connectorId: string): Promise<number> {
      const rows = await store.list({ connectorId, status: "held", subject: "" }, null, 1000);
      for (const { document } of rows.toReversed()) {
        await inTurn(idOf(document), () => replay(connectorId, document.messageId));
      }
      return rows.length;
    },

    find: async (connectorId: string, messageId: string): Promise<ConnectorMessage | null> => {
      const text = await log.find(idOf({ connectorId, messageId }));
      return text === null ? null : storedMessage.parse(text);
    },
    /** In a writer's turn: what waits, the oldest first. */
    async begin(open: readonly string[]): Promise<void> {
      waiting.clear();
      for (const text of open) wait(storedMessage.parse(text));
      heldCount = await store.heldCount();
    },
    pump,
    waitingCount: () => waiting.size,
    heldCount: () => heldCount,
    idle: () => serial.idle(),
  };

  async function findSettled(connectorId: string, messageId: string): Promise<ConnectorMessage> {
    log.checkWriter();
    const text = await log.find(idOf({ connectorId, messageId }));
    if (text === null) throw new HttpProblem("message_not_found", `There is no message ${messageId}.`);
    const message = storedMessage.parse(text);
    if (message.status === "waiting" || message.status === "done") {
      throw new HttpProblem("message_state", `It is ${message.status}.`, { state: message.status });
    }
    return message;
  }

  async function replay(connectorId: string, messageId: string): Promise<ConnectorMessage> {
    const message = await findSettled(connectorId, messageId);
    const connector = connectors.get(connectorId);
    if (connector === null)
      throw new HttpProblem("connector_not_found", `There is no connector ${connectorId}.`);
    const { topic, body } = message;
    const again: ConnectorMessage = {
      ...message,
      status: "waiting",
      code: null,
      detail: null,
      unmatched: [],
      // What was found of its order since then holds.
      progress: null,
      changedAt: at(),
      ...understood(connector, topic, body),
    };
    await write(again, message.status);
    if (again.status === "waiting") wait(again);
    pump();
    return again;
  }
}

/** What it is about; held at once where it has not the documented form. */
function understood(connector: ConnectorRecord, topic: string, body: unknown): Partial<ConnectorMessage> {
  try {
    return { subject: subjectOf(readMessage(connector.kind, topic, body)) };
  } catch (error) {
    if (!(error instanceof ZodError)) throw error;
    const { status, code, detail } = notUnderstood(error);
    return { status, code, detail };
  }
}

function notUnderstood(error: ZodError): Taken {
  const [first] = error.issues;
  const place = first?.path.map(String).join(".") ?? "";
  return held(
    "message_not_understood",
    `${place === "" ? "It" : place}: ${first?.message ?? "not as documented"}.`,
  );
}
