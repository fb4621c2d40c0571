import type { ServerFrame } from "../../domain/availability/stream-frames.ts";
import type { Caller } from "../http/route.ts";
import type { StreamPeer } from "./stream-peer.ts";
import type { Subscription } from "./subscription.ts";

/** How long a browser waits before it comes back, milliseconds. */
const RETRY_MS = 2000;

/**
 * One response of server-sent events. The frames are those of the WebSocket; `id:` names the revision that is held with a
 * frame, and stands only where one is reached, so that `Last-Event-ID` never skips a part. It cannot answer a ping: that
 * the network takes what is sent is its sign of life.
 */
export class EventPeer implements StreamPeer {
  readonly subscriptions = new Map<string, Subscription>();
  readonly caller: Caller;
  readonly origin: string | undefined;
  readonly openedAtMs: number;
  /** The body of the response. */
  readonly body: ReadableStream<Uint8Array>;
  readonly #serverId: string;
  readonly #nowMs: () => number;
  readonly #onGone: () => void;
  #controller: ReadableStreamDefaultController<Uint8Array> | null = null;
  #takenAtMs: number;

  constructor(options: {
    caller: Caller;
    origin: string | undefined;
    serverId: string;
    nowMs(): number;
    onGone(peer: EventPeer): void;
  }) {
    this.caller = options.caller;
    this.origin = options.origin;
    this.#serverId = options.serverId;
    this.#nowMs = () => options.nowMs();
    this.#onGone = () => options.onGone(this);
    this.openedAtMs = options.nowMs();
    this.#takenAtMs = this.openedAtMs;
    this.body = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#controller = controller;
          controller.enqueue(Buffer.from(`retry: ${RETRY_MS}\n\n`));
        },
        pull: () => {
          this.#takenAtMs = this.#nowMs();
        },
        cancel: () => {
          this.#controller = null;
          this.#onGone();
        },
      },
      new ByteLengthQueuingStrategy({ highWaterMark: 0 }),
    );
  }

  get bufferedBytes(): number {
    return -(this.#controller?.desiredSize ?? 0);
  }

  get lastHeardAtMs(): number {
    return this.bufferedBytes === 0 ? this.#nowMs() : this.#takenAtMs;
  }

  send(frame: Buffer, reached: number | null): void {
    const id = reached === null ? "" : `id: ${this.#serverId}.${reached}\n`;
    this.#controller?.enqueue(Buffer.concat([Buffer.from(`${id}data: `), frame, END_OF_EVENT]));
  }

  sendFrame(frame: ServerFrame): void {
    this.send(Buffer.from(JSON.stringify(frame)), null);
  }

  ping(frame: Buffer): void {
    this.send(frame, null);
  }

  /** There is no code or reason to give: an error was sent as a frame before, and a client comes back. */
  close(): void {
    this.#end((controller) => controller.close());
  }

  terminate(): void {
    this.#end((controller) => controller.error(new Error("the reader is too slow")));
  }

  /** Nobody is told of an end that was made here, so it is said. */
  #end(end: (controller: ReadableStreamDefaultController<Uint8Array>) => void): void {
    const controller = this.#controller;
    this.#controller = null;
    if (controller !== null) end(controller);
    this.#onGone();
  }
}

const END_OF_EVENT = Buffer.from("\n\n");

/** What `Last-Event-ID` says was held; null for anything that this form never had. */
export function parseEventId(text: string | undefined): { serverId: string; revision: number } | null {
  const match = /^([0-9a-f-]{36})\.(\d{1,16})$/.exec(text ?? "");
  if (match === null) return null;
  const [, serverId = "", revision = ""] = match;
  return { serverId, revision: Number(revision) };
}
