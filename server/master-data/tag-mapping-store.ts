import { z } from "zod";
import { codeWordsOf } from "../../domain/epc/code-words.ts";
import { gtinFromNumber } from "../../domain/gtin.ts";
import { instantSchema } from "../../domain/identifiers.ts";
import type { TagMapping } from "../../domain/tag-mapping.ts";
import type { Cell, Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";

export const TAG_MAPPING_COLUMNS = ["identity", "gtin", "note", "is_deleted", "code_words"] as const;

const rowSchema = z
  .object({ identity: z.string(), gtin: z.number(), note: z.string(), changed_at: instantSchema })
  .transform((row) => ({
    epc: row.identity,
    gtin: gtinFromNumber(row.gtin),
    note: row.note,
    changedAt: row.changed_at,
  }));

/** `epc` is the tag's key, `gtin` a parsed GTIN. */
export type NewTagMapping = Pick<TagMapping, "epc" | "gtin" | "note">;

export type TagMappingStore = ReturnType<typeof createTagMappingStore>;

/** The cells of `TAG_MAPPING_COLUMNS`. */
export function tagMappingCells({ epc, gtin, note }: NewTagMapping, isDeleted = false): Cell[] {
  return [epc, Number(gtin), note, isDeleted ? 1 : 0, codeWordsOf(epc)];
}

/** Foreign tags and their products in the table `tag_mappings`. */
export function createTagMappingStore(deps: { db: Database; nextVersion(): number }) {
  const insert = async (rows: readonly Cell[][]) =>
    await deps.db.insert({
      name: "tag-mappings/save",
      table: "tag_mappings",
      columns: [...TAG_MAPPING_COLUMNS, "version"],
      rows: rows.map((cells) => [...cells, deps.nextVersion()]),
    });
  return {
    /** Up to `limit` + 1 mappings after a key. */
    list: (page: { after: string; query: string; limit: number }): Promise<TagMapping[]> =>
      deps.db.query({
        name: "tag-mappings/list",
        sql: loadQuery("server/list-tag-mappings"),
        params: { after: page.after, query: page.query, page_rows: page.limit + 1 },
        row: rowSchema,
      }),

    async find(epc: string): Promise<TagMapping | null> {
      const [mapping] = await deps.db.query({
        name: "tag-mappings/one",
        sql: loadQuery("server/one-tag-mapping"),
        params: { identity: epc },
        row: rowSchema,
      });
      return mapping ?? null;
    },

    async save(mappings: readonly NewTagMapping[]): Promise<void> {
      await insert(mappings.map((mapping) => tagMappingCells(mapping)));
    },

    async remove(mapping: NewTagMapping): Promise<void> {
      await insert([tagMappingCells(mapping, true)]);
    },
  };
}
