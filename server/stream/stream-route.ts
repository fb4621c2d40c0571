import { upgradeWebSocket } from "@hono/node-server";
import type { Context, Hono } from "hono";
import { WebSocket } from "ws";
import { toProblemResponse } from "../http/answers.ts";
import type { Identify } from "../http/identify.ts";
import { hostOf } from "../http/request-facts.ts";
import { newRequestId } from "../http/request-id.ts";
import { checkSameOrigin } from "../http/request-guards.ts";
import type { Caller } from "../http/route.ts";
import { HttpProblem } from "../problems.ts";
import { STREAM_ROLES, type StreamConnections } from "./stream-connections.ts";
import type { StreamSocket } from "./stream-socket.ts";

export const STREAM_PATH = "/v1/availability/stream";

/** Refuses before the upgrade what can be refused there; a socket without cookie or header authenticates in its first frame. */
export function mountStream(
  app: Hono,
  deps: { identify: Identify; checkHost(host: string): void; connections: StreamConnections },
): void {
  app.get(STREAM_PATH, async (context, next) => {
    try {
      const caller = await admitSocket(context, {
        ...deps,
        isFull: deps.connections.isFull,
        roles: STREAM_ROLES,
        subject: "availability",
      });
      return (await upgrade(caller, deps.connections)(context, next)) ?? context.notFound();
    } catch (error) {
      if (error instanceof HttpProblem) return toProblemResponse(error, newRequestId());
      throw error;
    }
  });
}

/** Who opens a socket, as far as its headers tell; null when it has to say so in its first frame. Throws what is refused. */
export async function admitSocket(
  context: Context,
  deps: {
    identify: Identify;
    checkHost(host: string): void;
    isFull(): boolean;
    roles: readonly string[];
    /** What it follows, for the refusal. */
    subject: string;
  },
): Promise<Caller | null> {
  deps.checkHost(hostOf(context));
  if (context.req.header("upgrade")?.toLowerCase() !== "websocket") {
    throw new HttpProblem("upgrade_required", "This address is a WebSocket.", {}, { upgrade: "websocket" });
  }
  if (deps.isFull()) throw new HttpProblem("too_many_sockets", "No more are accepted now.");
  const authorization = context.req.header("authorization");
  const caller = await deps.identify({ authorization, cookie: context.req.header("cookie") });
  if (caller === null) {
    if (authorization === undefined) return null;
    throw new HttpProblem("unauthenticated", "The key is not valid.");
  }
  const { roles: allowed, subject } = deps;
  if (!allowed.includes(caller.role)) {
    throw new HttpProblem("forbidden", `A ${caller.role} may not follow ${subject}.`, { allowed });
  }
  const origin = context.req.header("origin");
  if (caller.sessionExpiresAtMs !== null) checkSameOrigin(origin, hostOf(context));
  if (caller.isPublishable && (origin === undefined || !caller.origins.includes(origin))) {
    throw new HttpProblem("origin_not_allowed", `The key is not for pages of origin ${origin ?? "(none)"}.`);
  }
  return caller;
}

function upgrade(caller: Caller | null, connections: StreamConnections) {
  let socket: StreamSocket | null = null;
  return upgradeWebSocket((context) => ({
    onOpen(_event, connection) {
      if (connection.raw instanceof WebSocket) {
        socket = connections.open(connection.raw, caller, context.req.header("origin"));
      }
    },
    onMessage(event) {
      if (socket !== null) connections.hear(socket, event.data);
    },
    onClose() {
      if (socket !== null) connections.closed(socket);
    },
    onError() {
      socket?.terminate();
    },
  }));
}
