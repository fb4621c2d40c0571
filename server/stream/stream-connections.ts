import type { WebSocket } from "ws";
import { clientFrameSchema, type ClientFrame } from "../../domain/availability/stream-frames.ts";
import { isStillValid } from "../http/identify.ts";
import type { Caller } from "../http/route.ts";
import type { KeyStore } from "../keys/key-store.ts";
import { HttpProblem, type ProblemCode, PROBLEMS } from "../problems.ts";
import type { Projection } from "../projection/projection.ts";
import type { ServerConfig } from "../server-config.ts";
import type { SessionStore } from "../sessions/session-store.ts";
import { EventPeer, parseEventId } from "./event-peer.ts";
import { type ParsedWish, parseWish, type StreamWish } from "./parse-wish.ts";
import type { StreamHub } from "./stream-hub.ts";
import type { StreamPeer } from "./stream-peer.ts";
import { StreamSocket } from "./stream-socket.ts";
import type { SubscriptionFilter } from "./subscription-filter.ts";

/** Roles that may follow availability. */
export const STREAM_ROLES = ["storefront", "merchandiser", "admin"] as const;
const POLICY_VIOLATION = 1008;
const GOING_AWAY = 1001;
const MAX_INVALID_FRAMES = 20;
const CHECK_EVERY_MS = 500;
/** Each is kept in mind as long as the subscription lives, unlike one question's. */
const MAX_ITEMS_PER_SUBSCRIPTION = 100_000;

export type StreamConnections = ReturnType<typeof createStreamConnections>;

/** Opens, hears and ends sockets: who they are, what they want, whether they are still there. */
export function createStreamConnections(deps: {
  hub: StreamHub;
  projection: Projection;
  sessions: SessionStore;
  keys: KeyStore;
  config: ServerConfig;
  nowMs(): number;
}) {
  const { hub, config, projection } = deps;
  const { stream } = config;
  const timers: NodeJS.Timeout[] = [];

  function refuse(socket: StreamPeer, code: ProblemCode, detail: string, id?: string): void {
    const text = `${detail} ${PROBLEMS[code].remedy}`;
    socket.sendFrame({ type: "error", code, detail: text, ...(id === undefined ? {} : { id }) });
  }

  function end(socket: StreamPeer, code: ProblemCode, detail: string): void {
    hub.remove(socket);
    refuse(socket, code, detail);
    socket.close(POLICY_VIOLATION, code);
  }

  function welcome(socket: StreamPeer, caller: Caller): void {
    socket.caller = caller;
    socket.sendFrame({ type: "ready", serverId: projection.serverId });
  }

  /** A second proof, beside a cookie's, changes nothing; its ticket is used up all the same. */
  function authenticate(socket: StreamSocket, ticket: string): void {
    const caller = deps.sessions.takeTicket(ticket);
    if (socket.caller !== null) return;
    if (caller === null || !isAlive(caller)) {
      return end(socket, "unauthenticated", "The ticket was used before, is too old, or is none.");
    }
    if (caller.isPublishable && (socket.origin === undefined || !caller.origins.includes(socket.origin))) {
      return end(
        socket,
        "origin_not_allowed",
        `The key is not for pages of origin ${socket.origin ?? "(none)"}.`,
      );
    }
    welcome(socket, caller);
  }

  function subscribe(socket: StreamSocket, frame: Extract<ClientFrame, { type: "subscribe" }>): void {
    const { id } = frame;
    const earlier = socket.subscriptions.get(id);
    if (earlier !== undefined) hub.unsubscribe(earlier);
    if (socket.subscriptions.size >= stream.maxSubscriptionsPerSocket) {
      return refuse(
        socket,
        "too_many_subscriptions",
        `${stream.maxSubscriptionsPerSocket} is the limit.`,
        id,
      );
    }
    const { resumeFrom } = frame;
    const parsed = filterOf(frame, socket.caller);
    if (!parsed.ok) return refuse(socket, parsed.code, parsed.detail, id);
    follow(socket, id, parsed.filter, resumeFrom ?? null);
  }

  function filterOf(wish: StreamWish, caller: Caller | null): ParsedWish {
    return parseWish(wish, {
      isCapped: caller?.isPublishable === true,
      maxItems: Math.min(config.maxItemsPerQuery, MAX_ITEMS_PER_SUBSCRIPTION),
      table: projection.table(),
    });
  }

  function follow(
    socket: StreamPeer,
    id: string,
    filter: SubscriptionFilter,
    resumeFrom: { serverId: string; revision: number } | null,
  ): void {
    const isOurs = resumeFrom !== null && resumeFrom.serverId === projection.serverId;
    const revision = isOurs ? resumeFrom.revision : null;
    hub.subscribe({ id, socket, filter, revision, sending: null, bands: null, group: null });
  }

  function hear(socket: StreamSocket, data: unknown): void {
    socket.lastHeardAtMs = deps.nowMs();
    const frame = parseFrame(data);
    if (frame === null) {
      socket.invalidFrames += 1;
      if (socket.invalidFrames > MAX_INVALID_FRAMES)
        return end(socket, "invalid_frame", "Too many such frames.");
      return refuse(socket, "invalid_frame", "The frame was not understood.");
    }
    if (frame.type === "authenticate") return authenticate(socket, frame.ticket);
    if (socket.caller === null) return end(socket, "unauthenticated", "The first frame must authenticate.");
    switch (frame.type) {
      case "subscribe":
        return subscribe(socket, frame);
      case "unsubscribe": {
        const subscription = socket.subscriptions.get(frame.id);
        if (subscription !== undefined) hub.unsubscribe(subscription);
        return;
      }
      case "pong":
        return;
      default:
        return frame satisfies never;
    }
  }

  const isAlive = (caller: Caller) => isStillValid(caller, deps.keys, deps.nowMs());

  /** A revoked key's sockets end within a second; so do those that never say who they are. */
  function checkCallers(): void {
    const nowMs = deps.nowMs();
    for (const socket of hub.sockets) {
      if (socket.caller === null) {
        if (nowMs - socket.openedAtMs > stream.authenticateWithinSeconds * 1000) {
          end(socket, "unauthenticated", "No ticket came in time.");
        }
      } else if (!isAlive(socket.caller)) {
        end(socket, "unauthenticated", "The key was revoked or the session has ended.");
      }
    }
  }

  function ping(): void {
    const nowMs = deps.nowMs();
    const at = new Date(nowMs).toISOString();
    const frame = Buffer.from(JSON.stringify({ type: "ping", at, revision: hub.revision() }));
    for (const socket of hub.sockets) {
      if (nowMs - socket.lastHeardAtMs > stream.silentSeconds * 1000) {
        socket.terminate();
      } else if (socket.caller !== null && socket.bufferedBytes <= stream.maxBufferedBytes) {
        socket.ping(frame);
      }
    }
  }

  const isFull = () => hub.sockets.size >= stream.maxSockets;

  return {
    isFull,
    /** A new connection; `caller` when its cookie or header has said who it is. */
    open(webSocket: WebSocket, caller: Caller | null, origin: string | undefined): StreamSocket {
      const socket = new StreamSocket(webSocket, { caller, origin, nowMs: deps.nowMs() });
      socket.onProtocolPong(() => {
        socket.lastHeardAtMs = deps.nowMs();
      });
      hub.add(socket);
      if (caller !== null) welcome(socket, caller);
      return socket;
    },
    /** Server-sent events for one wish. @returns the body of the answer; throws what is refused as an HttpProblem. */
    openEvents(wanted: {
      id: string;
      caller: Caller;
      origin: string | undefined;
      lastEventId: string | undefined;
      wish: StreamWish;
    }): ReadableStream<Uint8Array> {
      const { id, caller, origin, lastEventId, wish } = wanted;
      if (isFull()) throw new HttpProblem("too_many_sockets", "No more are accepted now.");
      const parsed = filterOf(wish, caller);
      if (!parsed.ok) throw new HttpProblem(parsed.code, parsed.detail);
      const { serverId } = projection;
      const peer = new EventPeer({ caller, origin, serverId, nowMs: deps.nowMs, onGone: hub.remove });
      hub.add(peer);
      welcome(peer, caller);
      follow(peer, id, parsed.filter, parseEventId(lastEventId));
      return peer.body;
    },
    hear,
    closed: (socket: StreamSocket) => hub.remove(socket),
    start(): void {
      hub.start();
      timers.push(setInterval(ping, stream.pingSeconds * 1000), setInterval(checkCallers, CHECK_EVERY_MS));
    },
    /** Tells every socket that the server goes away: clients come back elsewhere, or resume with a snapshot. */
    stop(): void {
      hub.stop();
      for (const timer of timers.splice(0)) clearInterval(timer);
      for (const socket of hub.sockets) socket.close(GOING_AWAY, "going_away");
    },
  };
}

function parseFrame(data: unknown): ClientFrame | null {
  if (typeof data !== "string") return null;
  try {
    const parsed = clientFrameSchema.safeParse(JSON.parse(data));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
