import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";

export type InsertCutter = {
  url: string;
  /** Says which of the next INSERTs into `events` are cut: `before` ClickHouse gets it, or `after` it was executed. */
  cut(decide: (insert: number) => "before" | "after" | "pass"): void;
  readonly cuts: { before: number; after: number };
  stop(): Promise<void>;
};

/** Stands between ingest and ClickHouse and breaks connections, so that ingest cannot know what became of an INSERT. */
export async function startInsertCutter(target: () => string): Promise<InsertCutter> {
  let decide: (insert: number) => "before" | "after" | "pass" = () => "pass";
  let inserts = 0;
  const cuts = { before: 0, after: 0 };

  function forward(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const isInsert = /INSERT INTO events/.test(decodeURIComponent((incoming.url ?? "").replaceAll("+", " ")));
    const fate = isInsert ? decide(inserts++) : "pass";
    if (fate === "before") {
      cuts.before += 1;
      incoming.socket.destroy();
      return;
    }
    const { method, headers } = incoming;
    const onward = request(new URL(incoming.url ?? "/", target()), { method: method ?? "GET", headers });
    onward.on("error", () => incoming.socket.destroy());
    onward.on("response", (answer) => {
      if (fate === "pass") {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
        return;
      }
      cuts.after += 1;
      answer.resume().on("end", () => incoming.socket.destroy());
    });
    incoming.pipe(onward);
  }

  const server = createServer(forward).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    cut(next) {
      decide = next;
    },
    cuts,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
