import { z } from "zod";
import {
  deadLetterDetailSchema,
  deadLetterFilterSchema,
  deadLetterGroupsSchema,
  deadLettersPageSchema,
} from "../../domain/api/dead-letters.ts";
import { pageQuerySchema } from "../../domain/api/paging.ts";
import { decodeCursor, toPage } from "../http/cursor.ts";
import { defineRoute, type Route } from "../http/route.ts";
import { HttpProblem } from "../problems.ts";
import type { DeadLetterStore } from "./dead-letter-store.ts";

export const DEAD_LETTER_TAG = "Dead letters";
export const deadLetterParamsSchema = z.object({ deadLetterId: z.string().regex(/^[0-9a-f]{32}$/) });

/** Looking at dead letters: the list, those alike, one with its bytes. */
export function createDeadLetterRoutes({ store }: { store: DeadLetterStore }): Route[] {
  return [
    defineRoute({
      method: "GET",
      path: "/v1/dead-letters",
      tag: DEAD_LETTER_TAG,
      summary:
        "Messages that could not be understood, newest first, with the reason and what was done about them",
      description:
        "Without `state` those that are open. The same bytes on the same topic are one letter, however often they came.",
      roles: ["merchandiser", "admin"],
      query: pageQuerySchema.omit({ query: true }).extend(deadLetterFilterSchema.shape),
      answer: { schema: deadLettersPageSchema, description: "A page" },
      problems: ["invalid_cursor"],
      async handle({ query }) {
        const cursor = decodeCursor(query.cursor, ["number", "string"]);
        const before = cursor === null ? null : { ms: Number(cursor[0]), id: String(cursor[1]) };
        const { letters, total } = await store.list(query, before, query.limit);
        const page = toPage(letters, query.limit, (row) => [Date.parse(row.receivedAt), row.deadLetterId]);
        return { body: { ...page, total } };
      },
    }),
    defineRoute({
      method: "GET",
      path: "/v1/dead-letters/groups",
      tag: DEAD_LETTER_TAG,
      summary: "Dead letters alike: how many have the same reason, kind and shape, and where they came from",
      roles: ["merchandiser", "admin"],
      query: deadLetterFilterSchema,
      answer: { schema: deadLetterGroupsSchema, description: "The largest 200 groups" },
      handle: async ({ query }) => ({ body: { items: await store.groups(query) } }),
    }),
    defineRoute({
      method: "GET",
      path: "/v1/dead-letters/:deadLetterId",
      tag: DEAD_LETTER_TAG,
      summary: "One dead letter with all its bytes and all that was done about it",
      roles: ["merchandiser", "admin"],
      params: deadLetterParamsSchema,
      answer: { schema: deadLetterDetailSchema, description: "The letter" },
      problems: ["dead_letter_not_found"],
      async handle({ params }) {
        const detail = await store.detail(params.deadLetterId);
        if (detail === null) throw deadLetterNotFound(params.deadLetterId);
        return { body: detail };
      },
    }),
  ];
}

export function deadLetterNotFound(deadLetterId: string): HttpProblem {
  return new HttpProblem("dead_letter_not_found", `There is no dead letter ${deadLetterId}.`);
}
