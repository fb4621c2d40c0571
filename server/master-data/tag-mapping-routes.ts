import { z } from "zod";
import { tagMappingsPageSchema } from "../../domain/api/master-data-answers.ts";
import { pageQuerySchema } from "../../domain/api/paging.ts";
import { parseGtin } from "../../domain/gtin.ts";
import {
  parseForeignTag,
  type TagMapping,
  tagMappingSchema,
  tagMappingsBodySchema,
  tagProductSchema,
} from "../../domain/tag-mapping.ts";
import { decodeCursor, toPage } from "../http/cursor.ts";
import { type Caller, defineRoute, type Route } from "../http/route.ts";
import { HttpProblem } from "../problems.ts";
import type { NoteChange } from "./change.ts";
import type { NewTagMapping, TagMappingStore } from "./tag-mapping-store.ts";

const TAG = "Tags";
const ROLES = ["merchandiser", "admin"] as const;
const paramsSchema = z.object({ epc: z.string().max(300) });
const savedSchema = z.object({ saved: z.number().int() });
/** A thousand tags with their notes. */
const BULK_BYTES = 1_000_000;

export function createTagMappingRoutes(deps: { store: TagMappingStore; noteChange: NoteChange }): Route[] {
  const { store } = deps;

  const find = async (text: string): Promise<TagMapping> => {
    const epc = tagOf(text);
    const mapping = await store.find(epc);
    if (mapping !== null) return mapping;
    throw new HttpProblem("tag_mapping_not_found", `The tag ${epc} is mapped to no product.`);
  };

  const note = async (caller: Caller, action: string, subject: string, detail: unknown) =>
    await deps.noteChange(caller, { area: "tags", action, subject, detail });

  return [
    defineRoute({
      method: "GET",
      path: "/v1/tag-mappings",
      tag: TAG,
      summary: "List foreign tags and the products they are on",
      roles: ROLES,
      query: pageQuerySchema,
      answer: { schema: tagMappingsPageSchema, description: "A page, ordered by EPC" },
      problems: ["invalid_cursor"],
      async handle({ query }) {
        const [after = ""] = decodeCursor(query.cursor, ["string"]) ?? [];
        const rows = await store.list({
          after: String(after),
          query: query.query ?? "",
          limit: query.limit,
        });
        return { body: toPage(rows, query.limit, (row) => [row.epc]) };
      },
    }),
    defineRoute({
      method: "PUT",
      path: "/v1/tag-mappings",
      tag: TAG,
      summary: "Map up to 1,000 foreign tags to products, all or none",
      description: "What was read of these tags in the last days and waited for a product is then counted.",
      roles: ROLES,
      body: tagMappingsBodySchema,
      maxBodyBytes: BULK_BYTES,
      answer: { schema: savedSchema, description: "How many were stored" },
      problems: ["invalid_epc", "invalid_gtin", "tag_names_product"],
      async handle({ body, caller }) {
        const items = body.items.map((item) => mappingOf(item.epc, item));
        await store.save(items);
        await note(caller, "tag_mapping.save_many", `${items.length} tags`, { items });
        return { body: { saved: items.length } };
      },
    }),
    defineRoute({
      method: "GET",
      path: "/v1/tag-mappings/:epc",
      tag: TAG,
      summary: "The product that a foreign tag is mapped to; the EPC as hex or URI",
      roles: ROLES,
      params: paramsSchema,
      answer: { schema: tagMappingSchema, description: "The mapping" },
      problems: ["tag_mapping_not_found", "invalid_epc", "tag_names_product"],
      handle: async ({ params }) => ({ body: await find(params.epc) }),
    }),
    defineRoute({
      method: "PUT",
      path: "/v1/tag-mappings/:epc",
      tag: TAG,
      summary: "Map a foreign tag to a product. Its reads that waited for one are then counted",
      roles: ROLES,
      params: paramsSchema,
      body: tagProductSchema,
      answer: { schema: tagMappingSchema, description: "The mapping as stored" },
      problems: ["invalid_epc", "invalid_gtin", "tag_names_product"],
      async handle({ params, body, caller }) {
        const mapping = mappingOf(params.epc, body);
        await store.save([mapping]);
        await note(caller, "tag_mapping.save", mapping.epc, mapping);
        return { body: await find(mapping.epc) };
      },
    }),
    defineRoute({
      method: "DELETE",
      path: "/v1/tag-mappings/:epc",
      tag: TAG,
      summary: "Take a mapping back: from then on the tag names no product",
      description:
        "Items that were made by the mapping keep their product: correct their stock by an adjustment.",
      roles: ROLES,
      params: paramsSchema,
      answer: { status: 204, description: "It is taken back" },
      problems: ["tag_mapping_not_found", "invalid_epc", "tag_names_product"],
      async handle({ params, caller }) {
        const mapping = await find(params.epc);
        await store.remove(mapping);
        await note(caller, "tag_mapping.remove", mapping.epc, mapping);
        return { status: 204 };
      },
    }),
  ];
}

function mappingOf(text: string, { gtin, note }: z.infer<typeof tagProductSchema>): NewTagMapping {
  const parsed = parseGtin(gtin);
  if (!parsed.ok) throw new HttpProblem("invalid_gtin", `${parsed.detail}.`, { gtins: [gtin] });
  return { epc: tagOf(text), gtin: parsed.value, note };
}

function tagOf(text: string): string {
  const tag = parseForeignTag(text);
  if (tag.ok) return tag.value;
  const code = tag.code === "tag_names_product" ? "tag_names_product" : "invalid_epc";
  throw new HttpProblem(code, `${tag.detail}.`, { epc: text });
}
