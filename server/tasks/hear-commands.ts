import { hash } from "node:crypto";
import type { Logger } from "pino";
import { z } from "zod";
import type { MessageBus } from "../../domain/message-bus.ts";
import type { Receipt } from "../../domain/receipt.ts";
import { taskMessageSchema } from "../../domain/tasks/task-commands.ts";
import type { Database } from "../../sql/database.ts";
import { takeInMessages } from "../commit-log/take-in-messages.ts";
import { keepDeadLetter } from "../dead-letters/keep-dead-letter.ts";
import { HttpProblem } from "../problems.ts";
import { createSerial } from "../commit-log/serial.ts";
import type { TaskDesk } from "./task-desk.ts";

const MAX_BYTES = 256_000;

const nameSchema = z.object({ eventId: z.string().min(1).max(200), device: z.string().max(100).optional() });

/**
 * Commands on `{root}/{location}/tasks/{id}`. Each is acknowledged, and gets a receipt on `{root}/receipts/{location}.{device}`, when
 * what it says is durable: accepted, duplicate, or rejected with the code that HTTP answers. One without a name is a dead letter.
 */
export function createTaskIntake(deps: {
  desk: TaskDesk;
  bus: MessageBus;
  root: string;
  db: Database;
  logger: Logger;
  nowMs(): number;
}) {
  const { desk, bus, root, logger } = deps;

  const placeOf = (topic: string): { locationId: string; taskId: string } => {
    const [locationId = "", , taskId = ""] = topic.slice(root.length + 1).split("/");
    return { locationId, taskId };
  };

  async function hear(topic: string, payload: Uint8Array): Promise<void> {
    const { locationId, taskId } = placeOf(topic);
    if (payload.byteLength > MAX_BYTES) {
      return await setAside(topic, payload, `The command has more than ${MAX_BYTES} bytes.`);
    }
    const text = Buffer.from(payload).toString("utf8");
    const body = parse(text);
    const named = nameSchema.safeParse(body);
    if (!named.success) {
      return await setAside(
        topic,
        payload,
        "The command names no eventId, so that it cannot have a receipt.",
      );
    }
    const { eventId } = named.data;
    const device = named.data.device ?? taskId;
    const outcome = await decide(body, { locationId, taskId, device, text });
    const receipt: Receipt = { eventId, ...outcome, topic, recordedAt: new Date(deps.nowMs()).toISOString() };
    // It is durable and will be acknowledged: one that is sent again gets its receipt then.
    const receipts = `${root}/receipts/${locationId}.${device}`;
    await bus.publish(receipts, JSON.stringify(receipt)).catch((error: unknown) => {
      logger.warn({ err: error, topic }, "a receipt for a task's command was not sent");
    });
  }

  async function setAside(topic: string, payload: Uint8Array, detail: string): Promise<void> {
    const { locationId, taskId: sourceId } = placeOf(topic);
    const letter = { topic, locationId, sourceId, code: "invalid_request", detail, payload };
    await keepDeadLetter(deps.db, { ...letter, receivedAtMs: deps.nowMs() });
  }

  /** Throws while nobody can decide. */

  async function decide(
    body: unknown,
    at: { locationId: string; taskId: string; device: string; text: string },
  ): Promise<Pick<Receipt, "status" | "code" | "detail">> {
    const message = taskMessageSchema.safeParse(body);
    if (!message.success) {
      const detail = message.error.issues[0]?.message ?? "not in the documented form";
      return { status: "rejected", code: "invalid_request", detail };
    }
    const { eventId, ...command } = message.data;
    const { locationId, device } = at;
    const requestHash = hash("sha256", `${at.taskId}\n${at.text}`, "base64url").slice(0, 22);
    try {
      const answer = await desk.command(at.taskId, command, {
        actor: { kind: "device", id: device },
        device,
        key: { scope: `mqtt/${locationId}`, key: eventId, requestHash },
        locationId,
      });
      if (answer.status < 400) {
        return { status: answer.isRepeat ? "duplicate" : "accepted", code: null, detail: null };
      }
      const problem = z.object({ code: z.string(), detail: z.string() }).parse(JSON.parse(answer.text));
      return { status: "rejected", code: problem.code, detail: problem.detail };
    } catch (error) {
      if (!(error instanceof HttpProblem) || error.body().status >= 500) throw error;
      return { status: "rejected", code: error.code, detail: error.body().detail };
    }
  }

  return {
    /** Takes in until `signal` aborts. */
    async run(signal: AbortSignal): Promise<void> {
      const serial = createSerial();
      await takeInMessages({
        bus,
        filter: `${root}/+/tasks/+`,
        signal,
        logger,
        inTurn: (topic, _payload, work) => serial.run(topic, work),
        hear,
        setAside,
      });
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
