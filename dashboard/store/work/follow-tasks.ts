import type { OnhandClient } from "../../../client/onhand-client.ts";
import { backOffDelayMs } from "../../../client/stream/back-off.ts";
import { type TaskClientFrame, taskServerFrameSchema } from "../../../domain/tasks/task-frames.ts";
import type { WorkBoard } from "./work-board.ts";

const PATH = "/v1/tasks/stream";

/**
 * Follows the tasks of the store as they change, by the server's WebSocket; comes back by itself when it is cut. What it tells is
 * asked for as well from time to time, so a page that gets no socket is slower and not wrong. The answer ends it.
 */
export function followTasks({ client, board }: { client: OnhandClient; board: WorkBoard }): () => void {
  let socket: WebSocket | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let attempts = 0;
  let isOver = false;
  let followed: string | null = null;

  async function connect(): Promise<void> {
    const location = board.work().facts.location?.locationId ?? null;
    followed = location;
    if (isOver || location === null || board.work().connection === "signed_out") return again();
    try {
      const ticket = await client.tickets.create();
      const url = new URL(PATH, globalThis.location.href);
      url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
      const opened = new WebSocket(url);
      socket = opened;
      const say = (frame: TaskClientFrame) => opened.send(JSON.stringify(frame));
      opened.addEventListener("open", () => {
        say({ type: "authenticate", ticket });
        say({ type: "subscribe", location });
      });
      opened.addEventListener("message", ({ data }) => hear(data, say));
      opened.addEventListener("close", again);
    } catch {
      again();
    }
  }

  function hear(data: unknown, say: (frame: TaskClientFrame) => void): void {
    const frame = parseFrame(data);
    if (frame === null) return;
    switch (frame.type) {
      case "ping":
        return say({ type: "pong" });
      case "tasks":
        attempts = 0;
        return board.refreshSoon();
      case "task":
        return void board.told(frame.task);
      case "ready":
      case "error":
        return;
      default:
        return frame satisfies never;
    }
  }

  function again(): void {
    socket = null;
    clearTimeout(timer);
    if (isOver) return;
    timer = setTimeout(() => void connect(), backOffDelayMs(attempts, Math.random()));
    attempts += 1;
  }

  /** Another store, or the network is back: at once. */
  const stopListening = board.subscribe(() => {
    const { facts, connection } = board.work();
    const isOther = (facts.location?.locationId ?? null) !== followed;
    if (isOther) {
      socket?.close();
      if (socket === null) reconnect();
    } else if (connection === "live" && socket === null && attempts > 1) reconnect();
  });

  function reconnect(): void {
    attempts = 0;
    followed = board.work().facts.location?.locationId ?? null;
    clearTimeout(timer);
    timer = setTimeout(() => void connect());
  }

  void connect();
  return () => {
    isOver = true;
    stopListening();
    clearTimeout(timer);
    socket?.close();
  };
}

function parseFrame(data: unknown) {
  try {
    return typeof data === "string" ? (taskServerFrameSchema.safeParse(JSON.parse(data)).data ?? null) : null;
  } catch {
    return null;
  }
}
