import type { WebSocket } from "ws";
import type { ServerFrame } from "../../domain/availability/stream-frames.ts";
import type { Caller } from "../http/route.ts";
import type { StreamPeer } from "./stream-peer.ts";
import type { Subscription } from "./subscription.ts";

/** One WebSocket. Frames are text. */
export class StreamSocket implements StreamPeer {
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

  get bufferedBytes(): number {
    return this.#socket.bufferedAmount;
  }

  send(frame: Buffer): void {
    this.#socket.send(frame, { binary: false, compress: false });
  }

  sendFrame(frame: ServerFrame): void {
    this.#socket.send(JSON.stringify(frame), { compress: false });
  }

  /** The network layer of the other side answers too, without its program. */
  ping(frame: Buffer): void {
    this.send(frame);
    this.#socket.ping();
  }

  onProtocolPong(listener: () => void): void {
    this.#socket.on("pong", listener);
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, reason);
  }

  terminate(): void {
    this.#socket.terminate();
  }
}
