import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { webhookBodySchema } from "../../domain/webhooks/webhook.ts";

export type Received = {
  headers: IncomingHttpHeaders;
  text: string;
  type: string;
  data: Record<string, unknown>;
};

/** Takes webhooks as its documentation tells to write one. `answer` decides each status; null hangs up. */
export async function startWebhookReceiver(answer: (count: number) => number | null = () => 200) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const text = Buffer.concat(chunks).toString("utf8");
      const { type, data } = webhookBodySchema.parse(JSON.parse(text));
      received.push({ headers: request.headers, text, type, data });
      const status = answer(received.length);
      if (status === null) request.socket.destroy();
      else response.writeHead(status, status === 302 ? { location: "/elsewhere" } : {}).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    /** The events of a type, each once: by their id. */
    of(type: string): Record<string, unknown>[] {
      const byId = new Map<string, Record<string, unknown>>();
      for (const one of received)
        if (one.type === type) byId.set(String(one.headers["webhook-id"]), one.data);
      return [...byId.values()];
    },
    async stop(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Whether one of the signatures in the header was made with the secret. */
export function isSignedWith(secret: string, { headers, text }: Received): boolean {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const signed = `${String(headers["webhook-id"])}.${String(headers["webhook-timestamp"])}.${text}`;
  const expected = createHmac("sha256", key).update(signed).digest();
  return String(headers["webhook-signature"])
    .split(" ")
    .some((one) => {
      const [version, value = ""] = one.split(",");
      const given = Buffer.from(value, "base64");
      return version === "v1" && given.length === expected.length && timingSafeEqual(given, expected);
    });
}
