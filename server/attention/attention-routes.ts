import { z } from "zod";
import { type Attention, attentionSchema } from "../../domain/api/attention.ts";
import { idSchema } from "../../domain/identifiers.ts";
import { defineRoute, type Route } from "../http/route.ts";
import { ATTENTION_EXAMPLE } from "./attention-example.ts";

export function createAttentionRoutes(deps: {
  attention(wish: { location: string | null }): Promise<Attention>;
}): Route[] {
  return [
    defineRoute({
      method: "GET",
      path: "/v1/attention",
      tag: "Lists for people",
      summary: "What needs somebody now, with what is at stake: the most urgent first, then the most money",
      description:
        "Gathered of orders, holds, tasks, readers, lists, counts and the checks of the ledger; at most 200 things. Memory is looked at " +
        "every 5 seconds, ClickHouse every minute, however many ask. `sources` says what could not be read: it is missing then, not well.",
      roles: ["merchandiser", "admin"],
      query: z.object({ location: idSchema.optional() }),
      examples: { answer: ATTENTION_EXAMPLE },
      answer: { schema: attentionSchema, description: "What needs somebody" },
      handle: async ({ query }) => ({ body: await deps.attention({ location: query.location ?? null }) }),
    }),
  ];
}
