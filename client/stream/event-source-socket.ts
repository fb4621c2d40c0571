import type { ClientFrame } from "../../domain/availability/stream-frames.ts";
import type { WebSocketConstructor, WebSocketLike } from "./web-socket-like.ts";

type Subscribe = Extract<ClientFrame, { type: "subscribe" }>;
type Listener = (event: { data: unknown }) => void;

export type EventSourceOptions = {
  /** Address of `/v1/availability/stream/events`. */
  url: string;
  /** A bearer key; without it the browser's cookie is relied on. */
  key?: string | undefined;
  fetch: typeof globalThis.fetch;
};

const READY = '{"type":"ready","serverId":""}';
const isReady = (data: string) => data.startsWith('{"type":"ready"');

/**
 * Server-sent events behind the face of a WebSocket, for one subscription: `subscribe` becomes the request, what is resumed its
 * `Last-Event-ID`, and each event's data a message. Read by `fetch`, since an EventSource can send no key.
 */
export function createEventSourceSocket(options: EventSourceOptions): WebSocketConstructor {
  return class implements WebSocketLike {
    /** Of the request that is followed now; a new subscription takes the place of the last. */
    #abort = new AbortController();
    readonly #messageListeners: Listener[] = [];
    readonly #closeListeners: (() => void)[] = [];

    constructor(_url: string) {
      // There is nothing to wait for before subscribing, but nobody listens yet.
      queueMicrotask(() => this.#message(READY, this.#abort.signal));
    }

    addEventListener(type: "message" | "open" | "close" | "error", listener: Listener | (() => void)): void {
      if (type === "message") this.#messageListeners.push(listener);
      if (type === "close") this.#closeListeners.push(() => listener({ data: null }));
    }

    send(text: string): void {
      const frame: ClientFrame = JSON.parse(text);
      if (frame.type === "unsubscribe" || frame.type === "subscribe") this.#abort.abort();
      if (frame.type !== "subscribe") return;
      this.#abort = new AbortController();
      void this.#follow(frame, this.#abort.signal);
    }

    close(): void {
      this.#abort.abort();
    }

    #message(data: string, signal: AbortSignal): void {
      if (signal.aborted) return;
      for (const listener of this.#messageListeners) listener({ data });
    }

    async #follow(frame: Subscribe, signal: AbortSignal): Promise<void> {
      try {
        const { body, refusal } = await this.#request(frame, signal);
        if (refusal !== null) this.#message(refusal, signal);
        // That the server is ready was said before there was a request.
        else for await (const data of eventData(body)) if (!isReady(data)) this.#message(data, signal);
      } catch {
        // Whatever broke it off: the caller learns that it is closed, and comes back.
      }
      if (!signal.aborted) for (const listener of this.#closeListeners) listener();
    }

    async #request(frame: Subscribe, signal: AbortSignal) {
      const headers: Record<string, string> = { accept: "text/event-stream" };
      if (options.key !== undefined) headers["authorization"] = `Bearer ${options.key}`;
      const { resumeFrom } = frame;
      if (resumeFrom !== undefined)
        headers["last-event-id"] = `${resumeFrom.serverId}.${resumeFrom.revision}`;
      const response = await options.fetch(`${options.url}?${queryOf(frame)}`, {
        headers,
        credentials: "same-origin",
        signal,
      });
      if (response.ok && response.body !== null) return { body: response.body, refusal: null };
      return { body: null, refusal: await refusalOf(response, frame.id) };
    }
  };
}

function queryOf(frame: Subscribe): URLSearchParams {
  const search = new URLSearchParams({ id: frame.id });
  for (const gtin of frame.gtins ?? []) search.append("gtin", gtin);
  for (const location of frame.locations ?? []) search.append("location", location);
  for (const threshold of frame.thresholds ?? []) search.append("threshold", String(threshold));
  if (frame.channel !== undefined) search.set("channel", frame.channel);
  if (frame.confidence !== undefined) search.set("confidence", String(frame.confidence));
  return search;
}

/** As the frame that a WebSocket would have got: with the subscription's id where asking again would not help. */
async function refusalOf(response: Response, id: string): Promise<string> {
  const problem: unknown = await response.json().catch(() => null);
  const text = (name: string, fallback: string): string => {
    const value: unknown = problem instanceof Object ? Reflect.get(problem, name) : undefined;
    return typeof value === "string" ? value : fallback;
  };
  const isFinal = response.status >= 400 && response.status < 500 && response.status !== 429;
  const code = text("code", `http_${response.status}`);
  const detail = text("detail", "The server gave no reason.");
  return JSON.stringify({ type: "error", code, detail, ...(isFinal ? { id } : {}) });
}

/** The data of each event as it comes; events without data are skipped. */
async function* eventData(body: ReadableStream<Uint8Array> | null): AsyncGenerator<string> {
  if (body === null) return;
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    text += decoder.decode(value, { stream: true });
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      const block = text.slice(0, end);
      text = text.slice(end + 2);
      for (const line of block.split("\n")) if (line.startsWith("data: ")) yield line.slice(6);
    }
  }
}
