import { hash } from "node:crypto";
import type { Logger } from "pino";
import { z } from "zod";
import type { MessageBus } from "../../domain/message-bus.ts";
import type { Receipt } from "../../domain/receipt.ts";
import { taskMessageSchema } from "../../domain/tasks/task-commands.ts";
import { HttpProblem } from "../problems.ts";
import type { TaskDesk } from "./task-desk.ts";
import type { TaskRole } from "./task-role.ts";

/** Commands that are on their way at once; those beyond get no receipt, and are sent again by their device. */
const MAX_ON_THEIR_WAY = 1_000;
const MAX_BYTES = 256_000;

const nameSchema = z.object({ eventId: z.string().min(1).max(200), device: z.string().max(100).optional() });

/**
 * Commands on `{root}/{location}/tasks/{id}`. Each gets a receipt on `{root}/receipts/{location}.{device}`: accepted, duplicate,
 * or rejected with the code that HTTP answers. What nobody could decide gets none: send it again, it is done once.
 */
export function createTaskIntake(deps: {
  role: TaskRole;
  desk: TaskDesk;
  bus: MessageBus;
  root: string;
  logger: Logger;
  nowMs(): number;
}) {
  const { desk, bus, root, logger } = deps;
  let onTheirWay = 0;

  async function hear(topic: string, payload: Uint8Array): Promise<void> {
    const [locationId = "", , taskId = ""] = topic.slice(root.length + 1).split("/");
    const text = Buffer.from(payload).toString("utf8");
    const body = parse(text);
    const named = nameSchema.safeParse(body);
    if (!named.success) {
      logger.warn({ topic }, "a command for a task names no eventId, and gets no receipt");
      return;
    }
    const { eventId } = named.data;
    const device = named.data.device ?? taskId;
    const outcome = await decide(body, { locationId, taskId, device, text });
    if (outcome === null) return;
    const receipt: Receipt = { eventId, ...outcome, topic, recordedAt: new Date(deps.nowMs()).toISOString() };
    await bus.publish(`${root}/receipts/${locationId}.${device}`, JSON.stringify(receipt));
  }

  async function decide(
    body: unknown,
    at: { locationId: string; taskId: string; device: string; text: string },
  ): Promise<Pick<Receipt, "status" | "code" | "detail"> | null> {
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
      if (!(error instanceof HttpProblem) || error.body().status >= 500) {
        logger.warn(
          { err: error, taskId: at.taskId },
          "a command for a task was not decided; it gets no receipt",
        );
        return null;
      }
      return { status: "rejected", code: error.code, detail: error.body().detail };
    }
  }

  return {
    start: () =>
      bus.subscribe(`${root}/+/tasks/+`, (topic, payload) => {
        // Another server is the writer, and hears it too.
        if (deps.role.current() === null) return;
        if (onTheirWay >= MAX_ON_THEIR_WAY || payload.byteLength > MAX_BYTES) {
          logger.warn(
            { topic, bytes: payload.byteLength },
            "a command for a task was not taken: too many, or too large",
          );
          return;
        }
        onTheirWay += 1;
        void hear(topic, payload)
          .catch((error: unknown) => {
            logger.warn({ err: error, topic }, "a receipt for a task's command was not sent");
          })
          .finally(() => {
            onTheirWay -= 1;
          });
      }),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
