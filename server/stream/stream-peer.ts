import type { ServerFrame } from "../../domain/availability/stream-frames.ts";
import type { Caller } from "../http/route.ts";
import type { Subscription } from "./subscription.ts";

/** One who listens, by WebSocket or by server-sent events. `caller` is null until somebody has authenticated. */
export type StreamPeer = {
  readonly subscriptions: Map<string, Subscription>;
  readonly openedAtMs: number;
  readonly origin: string | undefined;
  caller: Caller | null;
  /** When the other side last showed that it is there, Unix ms. */
  readonly lastHeardAtMs: number;
  /** Bytes that were sent here and not taken by the network yet. */
  readonly bufferedBytes: number;
  /** @param reached the revision that the other side holds with this frame; null while a snapshot is not whole. */
  send(frame: Buffer, reached: number | null): void;
  sendFrame(frame: ServerFrame): void;
  /** Asks whether the other side is there; `frame` says it to its program. */
  ping(frame: Buffer): void;
  close(code: number, reason: string): void;
  /** Ends it without waiting for the other side. */
  terminate(): void;
};
