import { z } from "zod";
import { readerMappingsPageSchema } from "../../domain/api/master-data-answers.ts";
import { idSchema } from "../../domain/identifiers.ts";
import { storedReaderMappingSchema } from "../../domain/reader-mapping.ts";
import { defineRoute, type Route } from "../http/route.ts";
import type { NoteChange } from "../master-data/change.ts";
import { HttpProblem } from "../problems.ts";
import type { ReaderMappingStore } from "./reader-mapping-store.ts";

const TAG = "Readers";
const MAX_MAPPINGS = 1000;
const paramsSchema = z.object({ name: idSchema });

/** How reads are found in messages of a form of their own. Ingest uses a change within a second or two. */
export function createReaderMappingRoutes(deps: {
  store: ReaderMappingStore;
  noteChange: NoteChange;
}): Route[] {
  const { store, noteChange } = deps;
  return [
    defineRoute({
      method: "GET",
      path: "/v1/reader-mappings",
      tag: TAG,
      summary: "List the mappings for readers' own forms of message",
      roles: ["merchandiser", "admin"],
      answer: { schema: readerMappingsPageSchema, description: "All of them, ordered by name" },
      handle: async () => ({ body: { items: await store.load(), nextCursor: null } }),
    }),
    defineRoute({
      method: "PUT",
      path: "/v1/reader-mappings/:name",
      tag: TAG,
      summary: "Create or replace a mapping. Try it first with `onhand inspect --mapping FILE`",
      roles: ["admin"],
      params: paramsSchema,
      body: storedReaderMappingSchema.omit({ name: true }),
      answer: { schema: storedReaderMappingSchema, description: "The mapping as stored" },
      problems: ["too_many_mappings"],
      async handle({ params, body, caller }) {
        const stored = { ...body, name: params.name };
        const known = await store.load();
        if (known.length >= MAX_MAPPINGS && !known.some((each) => each.name === stored.name)) {
          throw new HttpProblem("too_many_mappings", `There are ${MAX_MAPPINGS} mappings.`);
        }
        await store.save(stored);
        await noteChange(caller, {
          area: "mappings",
          action: "reader_mapping.save",
          subject: stored.name,
          detail: stored,
        });
        return { body: stored };
      },
    }),
    defineRoute({
      method: "DELETE",
      path: "/v1/reader-mappings/:name",
      tag: TAG,
      summary: "Take a mapping back; its messages become dead letters from then on",
      roles: ["admin"],
      params: paramsSchema,
      answer: { status: 204, description: "It is gone" },
      problems: ["mapping_not_found"],
      async handle({ params, caller }) {
        const known = (await store.load()).find((each) => each.name === params.name);
        if (known === undefined) {
          throw new HttpProblem("mapping_not_found", `There is no mapping ${params.name}.`);
        }
        await store.remove(known);
        await noteChange(caller, {
          area: "mappings",
          action: "reader_mapping.delete",
          subject: known.name,
          detail: known,
        });
        return { status: 204 };
      },
    }),
  ];
}
