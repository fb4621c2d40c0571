import { z } from "zod";
import { parseGtin } from "../../../domain/gtin.ts";
import { refuse, type Result } from "../../../domain/result.ts";
import { parseForeignTag } from "../../../domain/tag-mapping.ts";
import { loadQuery } from "../../../sql/load-query.ts";
import {
  type NewTagMapping,
  TAG_MAPPING_COLUMNS,
  tagMappingCells,
} from "../../master-data/tag-mapping-store.ts";
import { createKeyCounter } from "../key-counter.ts";
import type { ImportContext, KindImporter } from "../kind-importer.ts";
import type { SourceRow } from "../read-rows.ts";
import { storeChanges } from "../store-changes.ts";

const FIELDS = {
  aliases: {
    epc: ["tag", "tagid", "epchex", "epcuri", "identity"],
    gtin: ["gtin14", "ean", "upc", "barcode", "product"],
    note: ["comment", "remark"],
  },
  required: [["epc"], ["gtin"]],
};

const storedSchema = z.object({
  identity: z.string(),
  gtin: z.number(),
  note: z.string(),
  is_deleted: z.number(),
});

/** Foreign tags and the products they are on, as `PUT /v1/tag-mappings` takes them. */
export function createTagMappingImporter({ db, nowMs }: ImportContext): KindImporter<NewTagMapping> {
  const seen = createKeyCounter();

  function parse({ fields }: SourceRow): Result<NewTagMapping> {
    const tag = parseForeignTag((fields["epc"] ?? "").trim());
    if (!tag.ok) return tag;
    const gtin = parseGtin((fields["gtin"] ?? "").trim());
    if (!gtin.ok) return gtin;
    const note = fields["note"] ?? "";
    if (note.length > 500) return refuse("too_long", "a note has at most 500 characters");
    if (seen.next(tag.value) > 1) {
      return refuse("duplicate_in_file", "an earlier row of the file has this tag; the first one counts");
    }
    return { ok: true, value: { epc: tag.value, gtin: gtin.value, note } };
  }

  return {
    fields: FIELDS,
    start: async () => {},
    parse,
    write: async (chunk) => {
      const known = await db.query({
        name: "import/tag-mappings-by-identity",
        sql: loadQuery("import/tag-mappings-by-identity"),
        params: { identities: chunk.map(({ entry }) => entry.epc) },
        row: storedSchema,
      });
      const stored = new Map(known.map((row) => [row.identity, row]));
      const target = {
        name: "import/tag-mappings",
        table: "tag_mappings",
        columns: TAG_MAPPING_COLUMNS,
        version: nowMs() * 1000,
      };
      const rows = chunk.map(({ entry }) => tagMappingCells(entry));
      const counts = await storeChanges(db, target, rows, ([identity, , , , codeWords = null]) => {
        const row = stored.get(String(identity));
        // The code words follow from the key.
        return row && [row.identity, row.gtin, row.note, row.is_deleted, codeWords];
      });
      return { ...counts, refused: [] };
    },
  };
}
