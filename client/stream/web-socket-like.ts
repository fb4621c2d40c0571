/** The part of a WebSocket that the stream uses: a browser's own, Node 22's global, or the `ws` package's class. */
export type WebSocketLike = {
  addEventListener(type: "message", listener: (event: { data: unknown }) => void): void;
  addEventListener(type: "open" | "close" | "error", listener: () => void): void;
  send(data: string): void;
  close(): void;
};

export type WebSocketConstructor = new (url: string) => WebSocketLike;
