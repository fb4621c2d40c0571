import type { AvailabilityItem } from "../../domain/availability/availability-item.ts";
import {
  type ClientFrame,
  type ServerFrame,
  serverFrameSchema,
} from "../../domain/availability/stream-frames.ts";
import { ApiProblem } from "../api-problem.ts";
import { type BackOff, backOffDelayMs } from "./back-off.ts";
import { createFrameApplier } from "./frame-applier.ts";
import type { WebSocketConstructor, WebSocketLike } from "./web-socket-like.ts";

/**
 * connecting: nothing is known yet. live: what is known is the server's newest. stale: it was live, and the connection is
 * silent or gone; what is known ages. offline: that lasts, or the server refused; `problem` says why.
 */
export type StreamState = "connecting" | "live" | "stale" | "offline";

export type StreamStatus = {
  state: StreamState;
  /** Unix ms of the last frame of any kind; null = never heard. Its age is the age of the data while not live. */
  lastHeardAtMs: number | null;
  problem: { code: string; detail: string } | null;
};

/** A `snapshot` replaces everything known; `changes` holds the newest state of what changed; `progress` brings a part of a snapshot
 * that is not whole yet: good to show, not to sum up. */
export type StreamEvent =
  | { type: "snapshot"; revision: number; items: AvailabilityItem[] }
  | { type: "changes"; revision: number; items: AvailabilityItem[] }
  | { type: "progress"; received: number; items: AvailabilityItem[] };

/**
 * `channel`: answered for it. `confidence`: only units count that are there with this probability. `thresholds`: tell only when
 * `available` crosses one of them, from above it to it or below, or back; docs/stream.md has it exactly.
 */
export type StreamFilter = {
  gtins?: string[];
  locations?: string[];
  channel?: string;
  confidence?: number;
  thresholds?: number[];
};

export type AvailabilityStreamOptions = {
  /** `ws:` or `wss:` address of `/v1/availability/stream`. */
  url: string;
  /** What to hear of; without `gtins` and `locations`: all that the key may see. */
  filter?: StreamFilter;
  /** Fetches a single-use ticket for each connection. Without it the connection's cookie or header is relied on. */
  getTicket?: () => Promise<string>;
  onEvent: (event: StreamEvent) => void;
  onStatus: (status: StreamStatus) => void;
  /** Default: the global WebSocket. Node before 22 has none: pass the class of the `ws` package. */
  WebSocket?: WebSocketConstructor;
  /** A connection without a frame for this long is given up, milliseconds; by default after two pings of the server did not come. */
  staleAfterMs?: number;
  /** Not live for this long is called offline, milliseconds. */
  offlineAfterMs?: number;
  backOff?: BackOff;
};

export type AvailabilityStream = {
  /** Tries at once instead of waiting for the next attempt: the network is back, the page is shown again. */
  wake(): void;
  /** Closes for good; no further events. */
  stop(): void;
};

const FINAL_CODES = new Set(["forbidden", "origin_not_allowed"]);

/**
 * Opens the stream of availability and keeps it open: authenticates, subscribes, applies frames without holes, resumes where it
 * was after a break, and says honestly whether what is known is the newest. Never throws; problems arrive by `onStatus`.
 */
export function openAvailabilityStream(options: AvailabilityStreamOptions): AvailabilityStream {
  const {
    url,
    filter = {},
    getTicket,
    onEvent,
    onStatus,
    staleAfterMs = 40_000,
    offlineAfterMs = 20_000,
  } = options;
  const WebSocketClass = options.WebSocket ?? globalWebSocket();
  const applier = createFrameApplier();
  let status: StreamStatus = { state: "connecting", lastHeardAtMs: null, problem: null };
  let socket: WebSocketLike | null = null;
  let isStopped = false;
  let hadHole = false;
  let attempt = 0;
  let connection = 0;
  let subscription = 0;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let silenceTimer: ReturnType<typeof setTimeout> | undefined;
  let offlineTimer: ReturnType<typeof setTimeout> | undefined;

  function report(state: StreamState, problem: StreamStatus["problem"] = null): void {
    const isSame = status.state === state && status.problem?.code === problem?.code;
    status = { ...status, state, problem };
    if (!isSame) onStatus(status);
  }

  function send(frame: ClientFrame): void {
    socket?.send(JSON.stringify(frame));
  }

  async function connect(): Promise<void> {
    connection += 1;
    const mine = connection;
    armSilence();
    let ticket: string | null = null;
    if (getTicket !== undefined) {
      try {
        ticket = await getTicket();
      } catch (error) {
        if (mine !== connection || isStopped) return;
        if (error instanceof ApiProblem && (error.status === 401 || error.status === 403)) giveUp(error);
        else lost();
        return;
      }
      if (mine !== connection || isStopped) return;
    }
    const opened = new WebSocketClass(url);
    socket = opened;
    opened.addEventListener("open", () => {
      if (mine === connection && ticket !== null) send({ type: "authenticate", ticket });
    });
    opened.addEventListener("message", (event) => {
      if (mine === connection) hear(event.data);
    });
    opened.addEventListener("close", () => {
      if (mine === connection) lost();
    });
    // A close follows each error; there is nothing more to learn from it, but `ws` throws where nobody listens.
    opened.addEventListener("error", () => {});
  }

  function hear(data: unknown): void {
    const frame = parseFrame(data);
    if (frame === null) return lost();
    status = { ...status, lastHeardAtMs: Date.now() };
    armSilence();
    switch (frame.type) {
      case "ready":
        return subscribe();
      case "snapshot":
      case "changes":
        return applyFrame(frame);
      case "ping":
        return send({ type: "pong" });
      case "error":
        return refused(frame);
      default:
        return frame satisfies never;
    }
  }

  function subscribe(): void {
    subscription += 1;
    const id = String(subscription);
    const resumeFrom = applier.resumePoint();
    applier.begin(id);
    send({ type: "subscribe", id, ...filter, ...(resumeFrom === null ? {} : { resumeFrom }) });
  }

  function applyFrame(frame: Extract<ServerFrame, { type: "snapshot" | "changes" }>): void {
    const applied = applier.apply(frame);
    switch (applied.kind) {
      case "ignored":
        return;
      case "hole":
        send({ type: "unsubscribe", id: frame.id });
        // First ask only for what was missed; if that too has a hole, for everything.
        if (hadHole) applier.forget();
        hadHole = true;
        return subscribe();
      case "progress":
        return onEvent({ type: "progress", received: applied.received, items: applied.items });
      case "snapshot":
      case "changes":
        onEvent({ type: applied.kind, revision: applied.revision, items: applied.items });
        attempt = 0;
        hadHole = false;
        clearTimeout(offlineTimer);
        offlineTimer = undefined;
        return report("live");
      default:
        return applied satisfies never;
    }
  }

  function armSilence(): void {
    clearTimeout(silenceTimer);
    silenceTimer = setTimeout(lost, staleAfterMs);
  }

  /** The connection is gone or silent: what is known ages from here on. Tries again after a while. */
  function lost(): void {
    dropSocket();
    if (isStopped) return;
    if (status.state === "live") report("stale");
    offlineTimer ??= setTimeout(() => report("offline", status.problem), offlineAfterMs);
    clearTimeout(retryTimer);
    retryTimer = setTimeout(() => void connect(), backOffDelayMs(attempt, Math.random(), options.backOff));
    attempt += 1;
  }

  function refused({ code, detail, id }: Extract<ServerFrame, { type: "error" }>): void {
    // A ticket that was too late is mended by the next one; where there is none to be had, `getTicket` says so.
    if (code === "unauthenticated" && getTicket !== undefined) return lost();
    const isFinal = id !== undefined || code === "unauthenticated" || FINAL_CODES.has(code);
    return isFinal ? giveUp({ code, detail }) : report(status.state, { code, detail });
  }

  /** The server refused in a way that trying again would not mend. */
  function giveUp(problem: { code: string; detail: string }): void {
    stop();
    report("offline", { code: problem.code, detail: problem.detail });
  }

  function dropSocket(): void {
    connection += 1;
    clearTimeout(silenceTimer);
    socket?.close();
    socket = null;
  }

  function stop(): void {
    isStopped = true;
    clearTimeout(retryTimer);
    clearTimeout(offlineTimer);
    dropSocket();
  }

  onStatus(status);
  void connect();
  return {
    stop,
    wake() {
      if (isStopped || socket !== null) return;
      attempt = 0;
      clearTimeout(retryTimer);
      void connect();
    },
  };
}

function parseFrame(data: unknown): ServerFrame | null {
  if (typeof data !== "string") return null;
  try {
    const parsed = serverFrameSchema.safeParse(JSON.parse(data));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function globalWebSocket(): WebSocketConstructor {
  if (typeof WebSocket === "undefined") {
    throw new TypeError("No global WebSocket here: pass the class of the ws package as `WebSocket`.");
  }
  return WebSocket;
}
