import { z } from "zod";
import type { IdentifierInput } from "../../../domain/customers/identifier.ts";
import { refuse, type Result } from "../../../domain/result.ts";
import { loadQuery } from "../../../sql/load-query.ts";
import { createImportedIdentities } from "../../customers/imported-identities.ts";
import { createKeyCounter } from "../key-counter.ts";
import type { ImportContext, KindImporter } from "../kind-importer.ts";
import type { SourceRow } from "../read-rows.ts";
import { readForeignId } from "../read-values.ts";
import { storeChanges } from "../store-changes.ts";

const FIELDS = {
  aliases: {
    customerId: ["id", "customer", "customernumber", "masterid"],
    country: ["countrycode"],
    loyaltyId: ["loyaltynumber", "loyaltycard", "membershipnumber"],
    accountId: ["account", "accountnumber", "userid"],
    email: ["emailaddress", "mail"],
  },
  required: [["customerId"]],
};
const COLUMNS = ["source", "customer_id", "country", "attributes"];
const NUMBERS = [
  ["loyalty", "loyaltyId"],
  ["account", "accountId"],
] as const;
const storedSchema = z.object({ customer_id: z.string(), country: z.string(), attributes: z.string() });

type Entry = { customerId: string; country: string; attributes: string; identifiers: IdentifierInput[] };

/**
 * Customers as their source names them. Each gets an identity, to which its loyalty and account numbers and the hash of its
 * e-mail address belong; all other columns beside the country become attributes.
 */
export function createCustomerImporter({ db, options, nowMs }: ImportContext): KindImporter<Entry> {
  const seen = createKeyCounter();
  const identities = createImportedIdentities({ db, source: options.source, nowMs });

  function parse({ fields, extra }: SourceRow): Result<Entry> {
    const customerId = readForeignId(fields["customerId"] ?? "");
    if (customerId === "") return refuse("missing_value", "the row has no customer id");
    if (customerId.length > 200) return refuse("too_long", "a customer's id has at most 200 characters");
    if (seen.next(customerId) > 1) {
      return refuse(
        "duplicate_in_file",
        "an earlier row of the file has this customer; the first one counts",
      );
    }
    const identifiers: IdentifierInput[] = [];
    for (const [kind, name] of NUMBERS) {
      const value = fields[name] ?? "";
      if (value.length > 200) return refuse("too_long", "a customer's identifier has at most 200 characters");
      if (value !== "") identifiers.push({ kind, source: "", value });
    }
    const email = fields["email"] ?? "";
    if (email.includes("@")) identifiers.push({ kind: "email", value: email });
    const sorted = Object.entries(extra).sort(([a], [b]) => (a < b ? -1 : 1));
    return {
      ok: true,
      value: {
        customerId,
        country: fields["country"] ?? "",
        attributes: JSON.stringify(Object.fromEntries(sorted)),
        identifiers,
      },
    };
  }

  return {
    fields: FIELDS,
    start: async () => {},
    parse,
    write: async (chunk) => {
      const known = await db.query({
        name: "import/customers-by-id",
        sql: loadQuery("import/customers-by-id"),
        params: { source: options.source, customer_ids: chunk.map(({ entry }) => entry.customerId) },
        row: storedSchema,
      });
      const stored = new Map(
        known.map((row) => [row.customer_id, [options.source, row.customer_id, row.country, row.attributes]]),
      );
      const rows = chunk.map(({ entry }) => [
        options.source,
        entry.customerId,
        entry.country,
        entry.attributes,
      ]);
      const target = {
        name: "import/customers",
        table: "customers",
        columns: COLUMNS,
        version: nowMs() * 1000,
      };
      const counts = await storeChanges(db, target, rows, ([, id]) => stored.get(String(id)));
      await identities.note(chunk.map(({ entry }) => entry));
      return { ...counts, refused: [] };
    },
  };
}
