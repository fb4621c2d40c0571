import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { z } from "zod";
import { answerRequests } from "../harness/answer-requests.ts";

/** The reference: Hono as it comes, with one route that answers an object of the same JSON as the subject. */
answerRequests({
  async listen(params) {
    const { body, path } = z.object({ body: z.string(), path: z.string() }).parse(params);
    const answer: unknown = JSON.parse(body);
    const app = new Hono();
    app.get(path, (context) => context.json(answer));
    return await new Promise<number>((resolve) => {
      serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) => resolve(port));
    });
  },
});
