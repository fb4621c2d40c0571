import { upgradeWebSocket } from "@hono/node-server";
import type { Hono } from "hono";
import { WebSocket } from "ws";
import {
  type TaskClientFrame,
  taskClientFrameSchema,
  type TaskServerFrame,
} from "../../domain/tasks/task-frames.ts";
import { toProblemResponse } from "../http/answers.ts";
import { type Identify, isStillValid } from "../http/identify.ts";
import { newRequestId } from "../http/request-id.ts";
import type { Caller } from "../http/route.ts";
import type { KeyStore } from "../keys/key-store.ts";
import { HttpProblem, type ProblemCode } from "../problems.ts";
import type { ServerConfig } from "../server-config.ts";
import type { SessionStore } from "../sessions/session-store.ts";
import { admitSocket } from "../stream/stream-route.ts";
import type { TaskDesk } from "./task-desk.ts";
import type { TaskRole } from "./task-role.ts";

export const TASK_STREAM_PATH = "/v1/tasks/stream";
export const TASK_STREAM_ROLES = ["store", "merchandiser", "admin"] as const;
const POLICY_VIOLATION = 1008;
const GOING_AWAY = 1001;
const TRY_AGAIN_LATER = 1013;
const CHECK_EVERY_MS = 1_000;

type TaskSocket = {
  raw: WebSocket;
  caller: Caller | null;
  openedAtMs: number;
  heardAtMs: number;
  location: string | null;
};

/**
 * The tasks of one location as a WebSocket: all that is open after `subscribe`, then each change. Whoever reads too slowly is cut off
 * and gets everything anew when it comes back, so nothing is missed and no queue grows.
 */
export function createTaskSockets(deps: {
  role: TaskRole;
  desk: TaskDesk;
  sessions: Pick<SessionStore, "takeTicket">;
  keys: KeyStore;
  config: ServerConfig;
  nowMs(): number;
}) {
  const { role, desk } = deps;
  const { stream } = deps.config;
  const sockets = new Set<TaskSocket>();
  let timer: NodeJS.Timeout | undefined;
  let pingedAtMs = 0;

  function send(socket: TaskSocket, frame: TaskServerFrame): void {
    if (socket.raw.bufferedAmount > stream.maxBufferedBytes) {
      socket.raw.close(TRY_AGAIN_LATER);
      sockets.delete(socket);
      return;
    }
    socket.raw.send(JSON.stringify(frame));
  }

  function refuse(socket: TaskSocket, code: ProblemCode, detail: string): void {
    send(socket, { type: "error", code, detail });
  }

  function end(socket: TaskSocket, code: ProblemCode, detail: string): void {
    refuse(socket, code, detail);
    socket.raw.close(POLICY_VIOLATION, code);
    sockets.delete(socket);
  }

  function hear(socket: TaskSocket, data: unknown): void {
    socket.heardAtMs = deps.nowMs();
    const frame = parseFrame(data);
    if (frame === null) return end(socket, "invalid_frame", "The frame was not understood.");
    if (frame.type === "pong") return;
    if (frame.type === "authenticate") {
      const caller = deps.sessions.takeTicket(frame.ticket);
      if (socket.caller !== null) return;
      const roles: readonly string[] = TASK_STREAM_ROLES;
      if (caller === null || !roles.includes(caller.role)) {
        return end(socket, "unauthenticated", "The ticket is none of somebody who may follow tasks.");
      }
      socket.caller = caller;
      return send(socket, { type: "ready" });
    }
    if (socket.caller === null) return end(socket, "unauthenticated", "The first frame must authenticate.");
    const own = socket.caller.locationId;
    const location = frame.location ?? own;
    if (location === null) return refuse(socket, "invalid_frame", "subscribe names a location.");
    if (own !== null && location !== own)
      return refuse(socket, "location_not_allowed", `The key is of ${own}.`);
    socket.location = location;
    sendAll(socket, location);
  }

  function sendAll(socket: TaskSocket, location: string): void {
    const session = role.current();
    // As soon as this server writes tasks, all sockets get theirs.
    if (session === null) return;
    const tasks = [...session.book.live()].filter((task) => task.locationId === location).map(desk.answerOf);
    send(socket, { type: "tasks", location, tasks });
  }

  role.onChanged((changes) => {
    for (const { kind, task } of changes) {
      const frame = { type: "task", change: kind, task: desk.answerOf(task) } as const;
      for (const socket of sockets) if (socket.location === task.locationId) send(socket, frame);
    }
  });
  role.onSession(async () => {
    for (const socket of sockets) if (socket.location !== null) sendAll(socket, socket.location);
  });

  function check(): void {
    const nowMs = deps.nowMs();
    const isPinged = nowMs - pingedAtMs >= stream.pingSeconds * 1000;
    if (isPinged) pingedAtMs = nowMs;
    for (const socket of sockets) {
      if (socket.caller === null) {
        if (nowMs - socket.openedAtMs > stream.authenticateWithinSeconds * 1000) {
          end(socket, "unauthenticated", "No ticket came in time.");
        }
      } else if (!isStillValid(socket.caller, deps.keys, nowMs)) {
        end(socket, "unauthenticated", "The key was revoked or the session has ended.");
      } else if (nowMs - socket.heardAtMs > stream.silentSeconds * 1000) {
        socket.raw.terminate();
        sockets.delete(socket);
      } else if (isPinged) {
        send(socket, { type: "ping", at: new Date(nowMs).toISOString() });
        socket.raw.ping();
      }
    }
  }

  function open(raw: WebSocket, caller: Caller | null): TaskSocket {
    const nowMs = deps.nowMs();
    const socket: TaskSocket = { raw, caller, openedAtMs: nowMs, heardAtMs: nowMs, location: null };
    raw.on("pong", () => {
      socket.heardAtMs = deps.nowMs();
    });
    sockets.add(socket);
    if (caller !== null) send(socket, { type: "ready" });
    return socket;
  }

  function upgrade(caller: Caller | null) {
    let socket: TaskSocket | null = null;
    return upgradeWebSocket(() => ({
      onOpen(_event, connection) {
        if (connection.raw instanceof WebSocket) socket = open(connection.raw, caller);
      },
      onMessage(event) {
        if (socket !== null) hear(socket, event.data);
      },
      onClose() {
        if (socket !== null) sockets.delete(socket);
      },
      onError() {
        socket?.raw.terminate();
      },
    }));
  }

  return {
    mount(app: Hono, guards: { identify: Identify; checkHost(host: string): void }): void {
      app.get(TASK_STREAM_PATH, async (context, next) => {
        try {
          const caller = await admitSocket(context, {
            ...guards,
            isFull: () => sockets.size >= stream.maxSockets,
            roles: TASK_STREAM_ROLES,
            subject: "tasks",
          });
          return (await upgrade(caller)(context, next)) ?? context.notFound();
        } catch (error) {
          if (error instanceof HttpProblem) return toProblemResponse(error, newRequestId());
          throw error;
        }
      });
    },
    start(): void {
      timer = setInterval(check, CHECK_EVERY_MS);
    },
    stop(): void {
      clearInterval(timer);
      for (const socket of sockets) socket.raw.close(GOING_AWAY, "going_away");
    },
  };
}

function parseFrame(data: unknown): TaskClientFrame | null {
  if (typeof data !== "string") return null;
  try {
    const parsed = taskClientFrameSchema.safeParse(JSON.parse(data));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
