import type { WebSocket } from "ws";
import type { ServerFrame } from "../../domain/availability/stream-frames.ts";
import type { Caller } from "../http/route.ts";
import type { Subscription } from "./subscription.ts";

/** One connection. Frames are text; `caller` is null until somebody has authenticated. */
export class StreamSocket {
  readonly subscriptions = new Map<string, Subscription>();
  readonly openedAtMs: number;
  readonly origin: string | undefined;
  caller: Caller | null;
  lastHeardAtMs: number;
  invalidFrames = 0;
  readonly #socket: WebSocket;

  constructor(
    socket: WebSocket,
    options: { caller: Caller | null; origin: string | undefined; nowMs: number },
  ) {
    this.#socket = socket;
    this.caller = options.caller;
    this.origin = options.origin;
    this.openedAtMs = options.nowMs;
    this.lastHeardAtMs = options.nowMs;
  }

  /** Bytes that were sent here and not taken by the network yet. */
  get bufferedBytes(): number {
    return this.#socket.bufferedAmount;
  }

  send(frame: Buffer): void {
    this.#socket.send(frame, { binary: false, compress: false });
  }

  sendFrame(frame: ServerFrame): void {
    this.#socket.send(JSON.stringify(frame), { compress: false });
  }

  /** Asks the network layer of the other side, which answers without its program. */
  pingProtocol(): void {
    this.#socket.ping();
  }

  onProtocolPong(listener: () => void): void {
    this.#socket.on("pong", listener);
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, reason);
  }

  /** Ends it without waiting for the other side. */
  terminate(): void {
    this.#socket.terminate();
  }
}
