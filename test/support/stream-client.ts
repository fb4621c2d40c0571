import { WebSocket } from "ws";
import {
  type ClientFrame,
  type ServerFrame,
  serverFrameSchema,
} from "../../domain/availability/stream-frames.ts";
import type { AvailabilityItem } from "../../domain/availability/availability-item.ts";

/**
 * A client of the stream as its documentation tells to write one: applies snapshots and changes, counts holes. It reads
 * only while it is not paused, so that it can be slow.
 */
export class StreamClient {
  readonly frames: ServerFrame[] = [];
  readonly known = new Map<string, AvailabilityItem>();
  readonly socket: WebSocket;
  revision = -1;
  holes = 0;
  snapshots = 0;
  isComplete = false;
  closed: { code: number; reason: string } | null = null;
  #incoming = new Map<string, AvailabilityItem>();

  constructor(url: string, options: { headers?: Record<string, string> } = {}) {
    this.socket = new WebSocket(`${url.replace(/^http/, "ws")}/v1/availability/stream`, {
      headers: options.headers,
    });
    this.socket.on("message", (data) =>
      this.#take(serverFrameSchema.parse(JSON.parse((data as Buffer).toString("utf8")))),
    );
    this.socket.on("close", (code, reason) => {
      this.closed = { code, reason: reason.toString() };
    });
    this.socket.on("error", () => {});
  }

  send(frame: ClientFrame): void {
    this.socket.send(JSON.stringify(frame));
  }

  of<Type extends ServerFrame["type"]>(type: Type): Extract<ServerFrame, { type: Type }>[] {
    return this.frames.filter((frame): frame is Extract<ServerFrame, { type: Type }> => frame.type === type);
  }

  #take(frame: ServerFrame): void {
    this.frames.push(frame);
    if (frame.type === "snapshot") {
      if (frame.part === 0) this.#incoming = new Map();
      for (const item of frame.items) this.#incoming.set(keyOf(item), item);
      if (!frame.isLast) return;
      this.known.clear();
      for (const [key, item] of this.#incoming) this.known.set(key, item);
      this.revision = frame.revision;
      this.snapshots += 1;
      this.isComplete = true;
    } else if (frame.type === "changes") {
      if (frame.fromRevision > this.revision || frame.revision < this.revision) this.holes += 1;
      for (const item of frame.items) this.known.set(keyOf(item), item);
      this.revision = frame.revision;
    }
  }
}

export function keyOf(item: { locationId: string; gtin: string }): string {
  return `${item.locationId} ${item.gtin}`;
}
